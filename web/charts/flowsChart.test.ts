import fc from 'fast-check'
import { expect, it } from 'vitest'
import { flowCeiling } from './flowsChart.ts'

it('one day of attack does not flatten a year of traffic', () => {
  const year = Array.from({ length: 330 }, (_, i) => 1e6 + 1e3 * i)
  expect(flowCeiling(year)).toBe(2e6)
  expect(flowCeiling([...year, 160e6])).toBe(2e6)
})

it('the axis reaches the largest of values that are not far apart', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1, max: 4, noNaN: true }), { minLength: 1 }), (values) => {
      expect(flowCeiling(values)).toBeGreaterThanOrEqual(Math.max(...values))
    }),
  )
})

it('the axis is above zero whatever there is', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e12, noNaN: true })), (values) => {
      expect(flowCeiling(values)).toBeGreaterThan(0)
    }),
  )
})
