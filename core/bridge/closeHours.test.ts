import { describe, expect, it } from 'vitest'
import { day, hour, minute } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import * as Book from './BridgeBook.ts'
import * as Lane from './guard/Lane.ts'
import type { Output } from './Output.ts'
import { advance, step } from './step.ts'
import { alpha, begin, beta, gold, legs, outLeg, price, sampleBook, whole } from './testing/sampleBridge.ts'
import { steal } from './testing/steal.ts'
import { warmBook } from './testing/warmBook.ts'

const release = { token: gold, from: beta, to: alpha }
const claims = 3 * day

describe('an hour', () => {
  it('is closed before what happens after it, and every hour that has gone by is', () => {
    const book = sampleBook()
    step(book, price(gold, 1))
    expect([book.readings, book.nextClose]).toEqual([[], begin + hour])
    advance(book, begin + hour - 1)
    expect(book.readings).toEqual([])
    advance(book, begin + hour)
    expect([book.readings.length, book.nextClose]).toEqual([6, begin + 2 * hour])
    advance(book, begin + 30 * hour + minute)
    expect(book.nextClose).toBe(begin + 31 * hour)
    expect(book.pressure.ranks.exposure.past.size).toBe(30)
  })

  it('counts what was locked when it ended, not what came in the second after', () => {
    const book = sampleBook()
    step(book, price(gold, 1))
    const deposit = { token: gold, from: alpha, to: beta, amount: whole(gold, 100), message: '0' }
    step(book, outLeg({ ...deposit, at: begin + hour }))
    expect(exposureOf(book)).toBe(0)
    advance(book, begin + 2 * hour)
    expect(exposureOf(book)).toBe(100)
  })

  it('spends its part of the budget by the weights', () => {
    const { book } = warmBook({ policy: 'static', economy: { budgetPerYear: 0.02 } })
    const locked = Book.lockedUsd(book)
    const { coverUsd, reserveUsd, carryUsd } = { ...book.protection }
    advance(book, book.nextClose)
    // 0.4 of 2% a year, four fifths of it not lost with the bridge, at a price of 10% a year.
    expect(coverUsd / locked).toBeCloseTo(0.064, 3)
    const hourly = (0.02 * locked) / (365.25 * 24)
    expect(book.protection.carryUsd - carryUsd).toBeCloseTo(hourly, 0)
    expect(book.protection.reserveUsd - reserveUsd).toBeCloseTo(0.2 * 0.5 * hourly, 0)
  })
})

describe('a leg that waits', () => {
  it('is let go at the first moment it could, not at the hour at which somebody looked', () => {
    // Found by a leg that was ready at ten past: its limit was fitted again at the hour, and only then was it
    // asked how long it would still take.
    const { book } = warmBook({ level: 2 })
    const at = book.nextClose - 40 * minute
    advance(book, at)
    const lane = book.guard.lanes.find((each) => each?.token === 0)!
    const perSecond = lane.total.capacity / lane.total.windowSeconds
    lane.total.level = 0
    lane.total.at = at
    const amount = BigInt(Math.floor(600 * perSecond))
    const route = Math.floor(book.guard.lanes.indexOf(lane) / 2)
    const [from, to] = route === 1 ? [alpha, beta] : [beta, alpha]
    const transfer = { token: gold, from, to, amount, message: 'x', at: at - from.finalitySeconds }
    const [out, into] = legs(transfer)
    step(book, out)
    expect(step(book, into).map(({ type }) => type)).toContain('held')
    const released = [...advance(book, book.nextClose)].flatMap((output) =>
      output.type === 'released' && output.held.event === into ? [output.at] : [],
    )
    expect(released).toEqual([at + 10 * minute])
  })
})

describe('a pause because of a loss', () => {
  it('is kept up by the hour until the loss is paid, three days later, and then ends by itself', () => {
    const book = robbed({ budgetPerYear: 1 })
    const since = book.now
    const outputs = follow(book, since + claims)
    expect(outputs.filter(({ type }) => type === 'renewed').length).toBeGreaterThan(10)
    expect(isPaused(book)).toBe(true)
    expect(book.alarms.gapSince).toBe(since)
    follow(book, since + claims + hour)
    expect(book.alarms.gapSince).toBe(Number.POSITIVE_INFINITY)
    follow(book, since + claims + 8 * hour)
    expect(isPaused(book)).toBe(false)
  })

  it('stays for ever where cover and reserve cannot pay', () => {
    const book = robbed({ budgetPerYear: 0 })
    follow(book, book.now + 60 * day)
    expect(isPaused(book)).toBe(true)
  })

  it('does not end because deposits or prices make the loss look small', () => {
    // A threshold that is crossed back is no payment: ten times as much is locked, and the price falls to a tenth.
    const book = robbed({ budgetPerYear: 0 })
    const deposit = { token: gold, from: alpha, to: beta, message: 'whale', at: book.now + minute }
    step(book, outLeg({ ...deposit, amount: whole(gold, 1e9) }))
    step(book, price(gold, 0.1, book.now))
    follow(book, book.now + 30 * day)
    expect(isPaused(book)).toBe(true)
  })

  it('draws on the reserve only for what the cover does not pay', () => {
    const book = robbed({ budgetPerYear: 0.02, frictionPerYear: 0 })
    const { protection } = book
    protection.reserveUsd = 1e7
    follow(book, book.now + claims + hour)
    expect(book.alarms.gapSince).toBe(Number.POSITIVE_INFINITY)
    expect(protection.reserveUsd).toBeGreaterThanOrEqual(1e7)
    const poor = robbed({ budgetPerYear: 0.02, coverCostPerYear: 1e9 })
    poor.protection.reserveUsd = 6e6
    follow(poor, poor.now + claims + hour)
    expect(poor.alarms.gapSince).toBe(Number.POSITIVE_INFINITY)
    expect(poor.protection.reserveUsd).toBeLessThan(1.5e6)
  })

  it('the next loss waits for its own claims: nobody is paid at once because somebody was before', () => {
    const book = robbed({ budgetPerYear: 1 })
    follow(book, book.now + 10 * day)
    steal(book, { ...release, dollars: 50_000, at: book.now + 1, message: 'again' })
    const since = book.now
    expect(book.alarms.gapSince).toBe(since)
    follow(book, since + claims - 2 * hour)
    expect(book.alarms.gapSince).toBe(since)
    expect(isPaused(book)).toBe(true)
  })

  it('because of tries alone ends by itself once it has been quiet', () => {
    const { book } = warmBook({ level: 2, economy: { budgetPerYear: 0 } })
    const { pauses } = steal(book, { ...release, dollars: 1e7, at: book.now + 1 })
    expect(pauses).toEqual(['route:Beta→Alpha'])
    follow(book, book.now + 5 * hour)
    expect(isPaused(book)).toBe(true)
    follow(book, book.now + 8 * hour)
    expect(isPaused(book)).toBe(false)
  })
})

/** A warm book of which $50,000 of $20M were just stolen. */
function robbed(economy: object): BridgeBook {
  const { book } = warmBook({ level: 2, economy })
  steal(book, { ...release, dollars: 50_000, at: book.now + 1 })
  return book
}

function follow(book: BridgeBook, until: number): Output[] {
  const outputs: Output[] = []
  for (let at = book.now; at < until; at += hour) outputs.push(...advance(book, at))
  return [...outputs, ...advance(book, until)]
}

function isPaused(book: BridgeBook): boolean {
  return book.guard.lanes.some((lane) => lane !== null && Lane.isPaused(lane, book.now))
}

function exposureOf({ readings }: BridgeBook): number {
  return readings.find(({ name }) => name === 'exposure')!.value
}
