import fc from 'fast-check'
import { expect, test } from 'vitest'
import { intervalChart, intervalHeight, place } from './intervalChart.ts'
import { light } from './Theme.ts'

test('law: places keep the order of values, and are the same to both sides', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(value, value, (a, b) => {
      if (a < b) expect(place(a)).toBeLessThanOrEqual(place(b))
      expect(place(-a)).toBeCloseTo(-place(a), 12)
    }),
  )
})

test('tenfolds lie one apart, from a half on', () => {
  expect([1, 10, 100].map(place)).toEqual([0.5, 1.5, 2.5])
  expect(place(0)).toBe(0)
})

test('draws rows with one side missing, and none at all', () => {
  const one = { value: 2, low: -3, high: 40 }
  const view = { width: 350, palette: light }
  const rows = [
    { name: 'both', there: one, here: one },
    { name: 'here alone', there: null, here: one },
  ]
  expect(JSON.stringify(intervalChart(rows, view))).not.toMatch(/null,null|NaN/)
  expect(intervalHeight(rows)).toBeGreaterThan(intervalHeight([]))
  expect(() => intervalChart([], view)).not.toThrow()
})
