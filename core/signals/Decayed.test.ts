import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Decayed from './Decayed.ts'

const anyAddition = fc.record({
  value: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  at: fc.integer({ min: 1_600_000_000, max: 1_600_100_000 }),
})
const anyAdditions = fc.array(anyAddition, { minLength: 1, maxLength: 30 })
const anyHalfLife = fc.integer({ min: 60, max: 1_000_000 })

describe('Decayed', () => {
  test('read(at) = Σ value × 2^(−(at − its time) / half-life)', () => {
    fc.assert(
      fc.property(anyAdditions, anyHalfLife, fc.nat(100_000), (additions, halfLifeSeconds, later) => {
        const state = filled(additions, halfLifeSeconds)
        const at = state.at + later
        const decay = (added: number) => 2 ** (-(at - added) / halfLifeSeconds)
        const expected = additions.reduce((sum, { value, at }) => sum + value * decay(at), 0)
        const size = additions.reduce((sum, { value, at }) => sum + Math.abs(value) * decay(at), 1)
        expect(Math.abs(Decayed.read(state, at) - expected) / size).toBeLessThan(1e-12)
      }),
    )
  })

  test('the order of arrival does not matter', () => {
    fc.assert(
      fc.property(anyAdditions, anyHalfLife, (additions, halfLifeSeconds) => {
        const inOrder = filled(additions, halfLifeSeconds)
        const reversed = filled([...additions].reverse(), halfLifeSeconds)
        const size = additions.reduce((sum, { value }) => sum + Math.abs(value), 1)
        expect(reversed.at).toBe(inOrder.at)
        expect(Math.abs(reversed.sum - inOrder.sum) / size).toBeLessThan(1e-12)
      }),
    )
  })

  test('reading changes nothing and goes down with time', () => {
    fc.assert(
      fc.property(anyHalfLife, fc.nat(1e6), fc.nat(1e6), (halfLifeSeconds, sooner, later) => {
        const state = filled([{ value: 100, at: 1_600_000_000 }], halfLifeSeconds)
        const first = Decayed.read(state, state.at + Math.min(sooner, later))
        const second = Decayed.read(state, state.at + Math.max(sooner, later))
        expect(second).toBeLessThanOrEqual(first)
        expect(state).toEqual(filled([{ value: 100, at: 1_600_000_000 }], halfLifeSeconds))
      }),
    )
  })

  test('halves in a half-life', () => {
    const state = Decayed.create({ halfLifeSeconds: 3600 })
    expect(Decayed.add(state, 64, 1_659_312_000)).toBe(64)
    expect(Decayed.read(state, 1_659_312_000 + 3600)).toBe(32)
    expect(Decayed.read(state, 1_659_312_000 + 6 * 3600)).toBe(1)
    expect(Decayed.add(state, 1, 1_659_312_000 + 2 * 3600)).toBe(17)
  })

  test('refuses to be read before its latest value', () => {
    const state = filled([{ value: 1, at: 2000 }], 60)
    expect(() => Decayed.read(state, 1999)).toThrow('at is 1999; expected 2000 or later')
    expect(() => Decayed.read(state, Number.NaN)).toThrow('DECAYED_READ_OF_THE_PAST')
  })

  test('refuses what is not finite and keeps the sum as it was', () => {
    const state = filled([{ value: 1, at: 2000 }], 60)
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => Decayed.add(state, bad, 3000)).toThrow('value is')
      expect(() => Decayed.add(state, 1, bad)).toThrow('at is')
      expect(() => Decayed.create({ halfLifeSeconds: bad })).toThrow('HALF_LIFE_MALFORMED')
    }
    expect(state).toEqual({ halfLifeSeconds: 60, sum: 1, at: 2000 })
    expect(() => Decayed.create({ halfLifeSeconds: 0 })).toThrow('expected a number of seconds above 0')
  })
})

type Addition = { readonly value: number; readonly at: number }

function filled(additions: readonly Addition[], halfLifeSeconds: number): Decayed.State {
  const state = Decayed.create({ halfLifeSeconds })
  for (const { value, at } of additions) Decayed.add(state, value, at)
  return state
}
