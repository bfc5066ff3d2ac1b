import { describe, expect, it } from 'vitest'
import * as Book from './BridgeBook.ts'
import * as Policy from './BridgePolicy.ts'
import { step } from './step.ts'
import {
  alpha,
  beta,
  gold,
  lead,
  legs,
  outLeg,
  price,
  sampleBook,
  silver,
  whole,
} from './testing/sampleBridge.ts'
import { steal } from './testing/steal.ts'
import { warmBook } from './testing/warmBook.ts'

const begin = price(gold, 1).at

describe('the value locked', () => {
  it('is what is locked at home, at the price of the moment, of tokens that have one', () => {
    const book = sampleBook()
    step(book, price(gold, 1))
    step(
      book,
      outLeg({ token: gold, from: alpha, to: beta, amount: whole(gold, 100), message: '0', at: begin }),
    )
    step(
      book,
      outLeg({ token: silver, from: beta, to: alpha, amount: whole(silver, 2), message: '0', at: begin }),
    )
    step(
      book,
      outLeg({ token: lead, from: alpha, to: beta, amount: whole(lead, 1e9), message: '1', at: begin }),
    )
    expect(Book.lockedUsd(book)).toBe(100_00)
    step(book, price(silver, 20))
    expect(Book.lockedUsd(book)).toBe(140_00)
    step(book, price(gold, 0.5))
    expect(Book.lockedUsd(book)).toBe(90_00)
  })

  it('is never less than nothing, whatever a history forgot to lock', () => {
    const book = sampleBook('none')
    step(book, price(gold, 1))
    steal(book, { token: gold, from: beta, to: alpha, dollars: 500, at: begin })
    expect(Book.lockedUsd(book)).toBe(0)
  })
})

describe('another policy from here on', () => {
  it('has the same past, other weights, and the limits that were learned', () => {
    const { book } = warmBook({ level: 2 })
    const other = Book.withPolicy(book, Policy.of('static', { level: 3 }))
    expect(other.weights).toEqual(Policy.of('static').base)
    expect([other.guard.settings.level, book.guard.settings.level]).toEqual([3, 2])
    expect(other.guard.lanes).toBe(book.guard.lanes)
    expect(other.counts).toBe(book.counts)
  })

  it('is tilted at once to the stress of the moment, and the same policy changes nothing', () => {
    const { book } = warmBook({ level: 3 })
    book.stress = { near: 1, mid: 0.2, far: 0 }
    const adaptive = Policy.of('adaptive', { level: 3 })
    expect(Book.withPolicy(book, adaptive).weights).toEqual(Policy.weightsUnder(adaptive, book.stress))
    const same = { ...book, weights: Policy.weightsUnder(book.policy, book.stress) }
    expect(Book.withPolicy(same, book.policy)).toEqual(same)
  })
})

describe('totals', () => {
  it('begin at nothing for every rule', () => {
    const { findings, legs: all, ...kinds } = Book.noCounts()
    expect(all).toBe(0)
    expect(Object.values(findings).every((count) => count === 0)).toBe(true)
    for (const kind of Object.values(kinds)) expect(Object.values(kind)).toEqual([0, 0])
  })

  it('count deposits and withdrawals that were matched', () => {
    const book = sampleBook()
    const deposit = { token: gold, from: alpha, to: beta, amount: 9n, message: '0', at: begin }
    const withdrawal = { token: gold, from: beta, to: alpha, amount: 4n, message: '0', at: begin + 7_200 }
    for (const leg of [...legs(deposit), ...legs(withdrawal)]) step(book, leg)
    expect(book.counts.matched).toEqual({ deposits: 1, withdrawals: 1 })
    expect(book.counts.legs).toBe(4)
  })
})
