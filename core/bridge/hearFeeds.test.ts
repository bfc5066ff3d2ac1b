import { describe, expect, it } from 'vitest'
import { day, hour } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import type { Observation } from './Observation.ts'
import { measure } from './signals/signals.fixture.ts'
import { advance, step } from './step.ts'
import { begin, gold, price, sampleBook, sampleBridge, silver } from './testing/sampleBridge.ts'
import { inOrder, steady } from './testing/traffic.ts'

const hours = 80
const traffic = inOrder(steady(sampleBridge(), hours * 30))

/** A book that has seen eighty hours of traffic, and what is fed at the end of each hour. */
function bookFed(feedOf: (hour: number) => readonly Observation[] = () => []): BridgeBook {
  const book = sampleBook('adaptive')
  for (const each of [price(gold, 1), price(silver, 20)]) step(book, each)
  let next = 0
  for (let i = 0; i < hours; i++) {
    const end = begin + (i + 1) * hour
    while (next < traffic.length && traffic[next]!.at < end - 1) step(book, traffic[next++]!)
    for (const each of feedOf(i)) step(book, { ...each, at: end - 1, asOf: end - 1 } as Observation)
  }
  advance(book, begin + hours * hour)
  return book
}

const calm = bookFed()
const pegged = (broken: number) =>
  bookFed((i) => [measure('wrappedPrice', 'GOLD', i < broken ? 1 - (i % 3) / 10_000 : 0.93)])

describe('a book that hears feeds', () => {
  it('decides as if there were none while it hears nothing', () => {
    expect(calm.board).toBeNull()
    expect(calm.readings).toHaveLength(6)
  })

  it('does not let feeds press that have no past yet', () => {
    const young = bookFed((i) => (i > 60 ? [measure('wrappedPrice', 'GOLD', 0.93)] : []))
    expect(young.weights).toEqual(calm.weights)
  })

  it('moves towards guard and bond when a token leaves par, and names the signals', () => {
    const broken = pegged(79)
    expect(broken.stress.near).toBeGreaterThan(pegged(hours).stress.near)
    expect(broken.stress.mid).toBeGreaterThan(pegged(hours).stress.mid)
    const ranks = Object.fromEntries(broken.readings.map(({ name, rank }) => [name, rank]))
    for (const name of ['impliedLoss', 'reer', 'parityGap']) expect(ranks[name], name).toBe(1)
  })

  it('moves towards govern when protection has worn away and an upgrade is near, at once', () => {
    const audit = { ...measure('audit', 'v1', 1), at: begin, asOf: begin - 900 * day }
    const upgrade = measure('event', 'upgrade', begin + (hours + 1) * hour)
    const worn = bookFed((i) => (i === 78 ? [upgrade] : []))
    expect(worn.weights.far).toBeGreaterThan(calm.weights.far)
    const book = sampleBook('adaptive')
    step(book, audit)
    advance(book, begin + 2 * hour)
    expect(book.readings.find(({ name }) => name === 'protection')!.rank).toBeGreaterThan(0.8)
  })

  it('is neutral about what it cannot believe, and the decision says so', () => {
    const doubted = bookFed(() => [
      measure('wrappedPrice', 'GOLD', 0),
      measure('wrappedApy', 'GOLD', -1),
      measure('limit', 'GOLD', 0),
    ])
    expect(doubted.weights).toEqual(calm.weights)
    expect(doubted.board!.readings.every(({ value }) => value === null)).toBe(true)
    const order = step(doubted, {
      kind: 'change',
      at: doubted.now,
      chain: 1,
      tx: '0x1',
      index: 0,
      block: 1,
      name: 'ConfigChanged',
      what: 'a new owner',
      announced: false,
    })
    const decision = order.flatMap((output) => (output.type === 'decision' ? [output.decision] : []))[0]!
    expect(decision.doubts).toContain('limit of GOLD by test is 0; above 0 would be right')
    expect(decision.sentence).toContain(
      '; not believed: wrappedPrice of GOLD by test is 0; 0.000001 or more would be right',
    )
  })
})
