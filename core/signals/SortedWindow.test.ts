import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as SortedWindow from './SortedWindow.ts'
import { anyValues } from './signal.contract.ts'

const anyCapacity = fc.integer({ min: 1, max: 40 })

describe('SortedWindow', () => {
  test('sorted = the last `capacity` values, sorted', () => {
    fc.assert(
      fc.property(anyValues, anyCapacity, (values, capacity) => {
        const window = SortedWindow.create(capacity)
        values.forEach((value, i) => {
          SortedWindow.push(window, value)
          const naive = values.slice(Math.max(0, i + 1 - capacity), i + 1).sort()
          expect(window.size).toBe(naive.length)
          expect([...window.sorted.slice(0, window.size)]).toEqual([...naive])
        })
      }),
    )
  })

  test('quantile(q) = sorted[min(n − 1, floor(q n))]', () => {
    fc.assert(
      fc.property(anyFilled, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const sorted = values.slice().sort()
        const expected = sorted[Math.min(values.length - 1, Math.floor(q * values.length))]
        expect(SortedWindow.quantile(windowOf(values), q)).toBe(expected)
      }),
    )
  })

  test('rank(value) = (values below + half of the ties) / n, within 0..1', () => {
    fc.assert(
      fc.property(anyFilled, fc.integer({ min: -4, max: 4 }), (values, value) => {
        const below = values.filter((other) => other < value).length
        const ties = values.filter((other) => other === value).length
        const rank = SortedWindow.rank(windowOf(values), value)
        expect(rank).toBeCloseTo((below + ties / 2) / values.length, 12)
        expect(rank >= 0 && rank <= 1).toBe(true)
      }),
    )
  })

  test('a ≤ b ⇒ rank(a) ≤ rank(b)', () => {
    fc.assert(
      fc.property(
        anyFilled,
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.double({ min: 0, max: 9, noNaN: true }),
        (values, a, gap) => {
          const window = windowOf(values)
          expect(SortedWindow.rank(window, a)).toBeLessThanOrEqual(SortedWindow.rank(window, a + gap))
        },
      ),
    )
  })

  test('is right at every place of a long run through a window of 1024', () => {
    const window = SortedWindow.create(1024)
    const values = Float64Array.from({ length: 5000 }, (_, i) => (i * 7919) % 2003)
    values.forEach((value) => {
      SortedWindow.push(window, value)
    })
    expect([...window.sorted]).toEqual([...values.slice(-1024).sort()])
  })

  test('says nothing about an empty window', () => {
    const window = SortedWindow.create(3)
    expect(SortedWindow.quantile(window, 0.5)).toBeNaN()
    expect(SortedWindow.rank(window, 0)).toBeNaN()
  })

  test('refuses what is not finite and keeps the window as it was', () => {
    const window = windowOf(Float64Array.of(3, 1, 2))
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => SortedWindow.push(window, value)).toThrow('SIGNAL_VALUE_NOT_FINITE')
      expect(() => SortedWindow.rank(window, value)).toThrow('SIGNAL_VALUE_NOT_FINITE')
    }
    expect(window).toEqual(windowOf(Float64Array.of(3, 1, 2)))
  })

  test('refuses a capacity or a quantile that makes no sense', () => {
    expect(() => SortedWindow.create(0)).toThrow('capacity is 0; expected a whole number')
    const window = windowOf(Float64Array.of(1))
    for (const q of [-0.1, 1.1, Number.NaN]) {
      expect(() => SortedWindow.quantile(window, q)).toThrow('expected a share from 0 to 1')
    }
  })
})

const anyFilled = anyValues.filter((values) => values.length > 0)

function windowOf(values: Float64Array): SortedWindow.State {
  const window = SortedWindow.create(values.length)
  for (const value of values) SortedWindow.push(window, value)
  return window
}
