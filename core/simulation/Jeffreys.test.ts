import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Jeffreys from './Jeffreys.ts'
import * as Rng from './Rng.ts'

const drawn = (draw: (rng: Rng.Rng) => number, times = 20_000) =>
  Array.from({ length: times }, (_, stream) => draw(Rng.create(7, stream))).sort((a, b) => a - b)
const at = (sorted: readonly number[], share: number) => sorted[Math.floor(share * sorted.length)]!
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length

test('a chance of one in one: the interval of Beta(1.5, 0.5)', () => {
  const values = drawn((rng) => Jeffreys.chance(rng, 1, 1))
  expect(mean(values)).toBeCloseTo(Jeffreys.meanChance(1, 1), 2)
  // scipy.stats.beta.ppf([0.025, 0.5, 0.975], 1.5, 0.5) = 0.14675, 0.83677, 0.99960
  for (const [share, exact] of [
    [0.025, 0.14675],
    [0.5, 0.83677],
    [0.975, 0.9996],
  ] as const)
    expect(Math.abs(at(values, share) - exact)).toBeLessThan(0.01)
})

test('a rate of twelve in a half year: the mean and the variance of Gamma(12.5)', () => {
  const values = drawn((rng) => Jeffreys.rate(rng, 12, 0.5))
  const middle = mean(values)
  expect(middle / Jeffreys.meanRate(12, 0.5)).toBeCloseTo(1, 1)
  const variance = mean(values.map((value) => (value - middle) ** 2))
  expect(variance / (12.5 / 0.25)).toBeGreaterThan(0.95)
  expect(variance / (12.5 / 0.25)).toBeLessThan(1.05)
})

test('law: a chance is one, whatever was counted', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), fc.integer({ min: 0, max: 1e6 }), (successes, failures, seed) => {
      const chance = Jeffreys.chance(Rng.create(seed), successes, successes + failures)
      expect(chance >= 0 && chance <= 1).toBe(true)
    }),
  )
})
