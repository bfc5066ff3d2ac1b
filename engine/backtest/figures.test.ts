import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as figures from './figures.ts'

const day = 86_400
const path = (...values: number[]): figures.Path => ({ dates: values.map((_, i) => i * 100 * day), values })
const positive = fc.array(fc.double({ min: 50, max: 200, noNaN: true }), { minLength: 2, maxLength: 60 })

describe('figures', () => {
  it('law: no later value is further below an earlier one than the drawdown says', () => {
    fc.assert(
      fc.property(positive, (values) => {
        const { depth, from, to } = figures.drawdown(values)
        for (let i = 0; i < values.length; i++)
          for (let j = i; j < values.length; j++)
            expect(1 - values[j]! / values[i]!).toBeLessThanOrEqual(depth + 1e-12)
        expect(from).toBeLessThanOrEqual(to)
        if (depth > 0) expect(1 - values[to]! / values[from]!).toBe(depth)
      }),
    )
  })

  it('law: growth at the rate of a path for its years leads from its first value to its last', () => {
    fc.assert(
      fc.property(positive, (values) => {
        const years = ((values.length - 1) * 100 * day) / 31_557_600
        const rate = figures.cagr(path(...values))
        expect((1 + rate) ** years / (values.at(-1)! / values[0]!)).toBeCloseTo(1, 6)
      }),
    )
  })

  it('law: correlation is between -1 and 1, 1 with itself, and blind to scale', () => {
    fc.assert(
      fc.property(positive, fc.double({ min: 0.1, max: 10, noNaN: true }), (values, scale) => {
        // What hardly varies has no digits left to correlate.
        fc.pre(figures.deviation(values) > 1e-3)
        const other = values.map((value, i) => Math.sin(i) * 100 + value)
        const found = figures.correlation(values, other)
        expect(Math.abs(found)).toBeLessThanOrEqual(1 + 1e-9)
        expect(
          figures.correlation(
            values.map((value) => value * scale),
            other,
          ),
        ).toBeCloseTo(found, 6)
      }),
    )
  })

  it('a path that ends at nothing has lost all', () => {
    expect(figures.cagr(path(100, 0))).toBe(-1)
    expect(figures.drawdown([100, 0]).depth).toBe(1)
    expect([...figures.returnsOf([100, 0, 50])]).toEqual([-1, 0])
  })

  it('months end at their last day', () => {
    const dates = [0, 30 * day, 31 * day, 58 * day]
    expect(figures.monthly({ dates, values: [1, 2, 3, 4] })).toEqual({
      months: ['', '1970-01', '1970-02'],
      values: [1, 2, 4],
    })
  })

  it('the tail is the mean of the lowest hundredth', () => {
    const values = Array.from({ length: 200 }, (_, i) => i)
    expect(figures.tailMean(values, 0.01)).toBe(0.5)
    expect(figures.tailMean([3], 0.01)).toBe(3)
  })
})
