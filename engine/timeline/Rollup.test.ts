import { sum } from '@cutwater/core/units/sum.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Rollup from './Rollup.ts'

const cents = fc.integer({ min: 0, max: 1_000_000 })
const seen = fc.record({ wait: fc.integer({ min: 0, max: 500 }), value: cents })
const life = fc.array(seen, { minLength: 1, maxLength: 120 })

describe('rows of equal time', () => {
  test('law: flows add up to all that came, however often rows were joined', () => {
    forAll((rollup, given) => {
      const total = given.reduce((sum, { value }) => sum + value, 0)
      for (const name of Rollup.flows) expect(sum(rollup.columns[name])).toBe(total)
    })
  })

  test('law: the last row says how things stand', () => {
    forAll((rollup, given) => {
      for (const name of Rollup.levels) expect(rollup.columns[name].at(-1)).toBe(given.at(-1)!.value)
    })
  })

  test('law: there are never more rows than there may be, in order, each at a multiple of the step', () => {
    forAll(({ at, most, stepSeconds, columns }) => {
      expect(at.length).toBeLessThanOrEqual(most)
      expect([...at].sort((a, b) => a - b)).toEqual(at)
      expect(new Set(at).size).toBe(at.length)
      for (const begins of at) expect(begins % stepSeconds).toBe(0)
      for (const name of Rollup.names) expect(columns[name].length).toBe(at.length)
    })
  })

  test('law: a part with as many points as there are rows is the whole, and fewer lose no flow', () => {
    forAll((rollup, given) => {
      const to = rollup.at.at(-1)!
      expect(Rollup.slice(rollup, 0, to, rollup.most)).toEqual(rollup)
      const few = Rollup.slice(rollup, 0, to, 3)
      expect(few.at.length).toBeLessThanOrEqual(3)
      expect(sum(few.columns.legs)).toBe(given.reduce((total, { value }) => total + value, 0))
    })
  })

  test('a clock that goes back counts in the newest row', () => {
    const rollup = Rollup.create({ stepSeconds: 10, most: 8 })
    for (const at of [5, 25, 12]) Rollup.add(rollup, at, rowOf(1))
    expect(rollup.at).toEqual([0, 20])
    expect(rollup.columns.legs).toEqual([1, 2])
  })

  test('a part leaves out what ended before it and what began after it', () => {
    const rollup = Rollup.create({ stepSeconds: 10, most: 8 })
    for (const at of [0, 10, 20, 30]) Rollup.add(rollup, at, rowOf(at))
    expect(Rollup.slice(rollup, 10, 29, 8).at).toEqual([10, 20])
    expect(Rollup.slice(rollup, 40, 90, 8).at).toEqual([])
  })

  test.each([
    [0, 8],
    [1.5, 8],
    [12, 1],
    [12, Number.NaN],
  ])('a step of %s s and %s rows are refused', (stepSeconds, most) => {
    expect(() => Rollup.create({ stepSeconds, most })).toThrow('[ROLLUP_SETTINGS_INVALID]')
  })
})

function forAll(law: (rollup: Rollup.Rollup, given: readonly { readonly value: number }[]) => void): void {
  fc.assert(
    fc.property(life, fc.integer({ min: 2, max: 9 }), (given, most) => {
      const rollup = Rollup.create({ stepSeconds: 7, most })
      let at = 0
      for (const { wait, value } of given) {
        at += wait
        Rollup.add(rollup, at, rowOf(value))
      }
      law(rollup, given)
    }),
  )
}

function rowOf(value: number): Rollup.Row {
  return Object.fromEntries(Rollup.names.map((name) => [name, value])) as Rollup.Row
}
