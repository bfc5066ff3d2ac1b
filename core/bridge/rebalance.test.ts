import { describe, expect, it } from 'vitest'
import { hour } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import { decide } from './decide.ts'
import { friction } from './rebalance.ts'
import * as Measures from './signals/Measures.ts'
import { measure } from './signals/signals.fixture.ts'
import { alpha, begin, sampleBook, sampleBridge } from './testing/sampleBridge.ts'

/** A book whose treasury stands at these shares, with so much cover in force and wanted, dollars. */
function bookWith(
  held: readonly number[],
  cover: { inForce: number; wanted: number } | null = null,
): BridgeBook {
  const book = sampleBook('static', {}, { ...sampleBridge(), treasury: alpha.id })
  ;(['near', 'mid', 'far'] as const).forEach((layer, nth) => {
    Measures.take(book.measures, { ...measure('layerWeight', layer, held[nth]!), unit: 'share' })
  })
  if (cover === null) return book
  Measures.take(book.measures, measure('cover', 'vault', cover.inForce))
  book.protection.coverUsd = 100 * cover.wanted
  return book
}

function movesOf(book: BridgeBook, at = begin + hour) {
  book.out = []
  decide(book, at)
  return book.out.flatMap((output) => (output.type === 'rebalance' ? [output.move] : []))
}

const pressed = (gap: number) => ({
  name: 'breakEven',
  value: gap,
  unit: 'per year',
  rank: 0.5,
  weight: { near: 0, mid: 1, far: 0 },
})

describe('what is moved on chain', () => {
  it('is the treasury, once it is two hundredths off the ladder, and not again within the hour', () => {
    expect(movesOf(bookWith([0.41, 0.39, 0.2]))).toEqual([])
    const book = bookWith([0.43, 0.38, 0.19])
    expect(movesOf(book)).toEqual([{ kind: 'tilt', weights: { near: 0.4, mid: 0.4, far: 0.2 } }])
    expect(book.out.find(({ type }) => type === 'decision')).toMatchObject({
      decision: { actions: [{ because: 'the treasury is 3.0% off the ladder in its near layer' }] },
    })
    expect(movesOf(book, begin + hour + 1)).toEqual([])
    expect(movesOf(book, begin + 2 * hour)).toHaveLength(1)
  })

  it('is nothing where the bridge has no treasury, or its shares are not known', () => {
    expect(movesOf({ ...bookWith([0.5, 0.3, 0.2]), catalog: sampleBook().catalog })).toEqual([])
    expect(movesOf(sampleBook('static', {}, { ...sampleBridge(), treasury: alpha.id }))).toEqual([])
    // Seven hours later nothing is known any more.
    expect(movesOf(bookWith([0.5, 0.3, 0.2]), begin + 8 * hour)).toEqual([])
  })

  it('is the cover that is missing, in whole thousands, once break-even crosses WACC − yield', () => {
    const book = bookWith([0.4, 0.4, 0.2], { inForce: 1_000_000, wanted: 1_500_900 })
    book.readings = [pressed(-0.01)]
    expect(movesOf(book)).toEqual([])
    book.readings = [pressed(0.01)]
    expect(movesOf(book)).toEqual([{ kind: 'raiseCover', dollars: 500_000 }])
    expect(movesOf(book, begin + 2 * hour)).toEqual([])
    book.measures.clear()
    Measures.take(book.measures, { ...measure('cover', 'vault', 1_500_000), asOf: begin + hour })
    expect(movesOf(book, begin + hour + friction.raiseSeconds)).toEqual([])
  })

  it('is no cover that is nearly there, or in doubt', () => {
    for (const inForce of [1_400_000, Number.NaN]) {
      const book = bookWith([0.4, 0.4, 0.2], { inForce, wanted: 1_500_000 })
      book.readings = [pressed(0.01)]
      expect(movesOf(book), String(inForce)).toEqual([])
    }
  })

  it('is missing cover as well where stress has tilted the ladder to bond', () => {
    const book = bookWith([0.4, 0.4, 0.2], { inForce: 0, wanted: 100_000 })
    const adaptive = sampleBook('adaptive').policy
    const moved = { ...book, policy: adaptive, readings: [{ ...pressed(-1), rank: 1 }] }
    expect(movesOf(moved)).toContainEqual({ kind: 'raiseCover', dollars: 100_000 })
  })
})
