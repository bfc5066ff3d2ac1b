import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bootstrap, percentile } from './bootstrap.ts'
import * as Distribution from './Distribution.ts'
import * as Rng from './Rng.ts'

const mean = (sample: readonly number[]) => sample.reduce((a, b) => a + b, 0) / sample.length
const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })

test('law: the interval of a mean lies within the sample', () => {
  fc.assert(
    fc.property(samples, fc.nat(1_000), (sample, seed) => {
      const { low, high } = bootstrap(sample, mean, Rng.create(seed), 50)
      expect(low).toBeGreaterThanOrEqual(Math.min(...sample) - 1e-6)
      expect(high).toBeLessThanOrEqual(Math.max(...sample) + 1e-6)
      expect(low).toBeLessThanOrEqual(high)
    }),
    { numRuns: 30 },
  )
})

test('law: the same seed gives the same interval, and a shift of the sample shifts it', () => {
  fc.assert(
    fc.property(samples, fc.nat(1_000), (sample, seed) => {
      const one = bootstrap(sample, mean, Rng.create(seed), 50)
      const moved = bootstrap(
        sample.map((value) => value + 1_000),
        mean,
        Rng.create(seed),
        50,
      )
      expect(bootstrap(sample, mean, Rng.create(seed), 50)).toEqual(one)
      expect(moved.low).toBeCloseTo(one.low + 1_000, 6)
    }),
    { numRuns: 30 },
  )
})

test('the interval of a normal mean holds the truth about as often as it says', () => {
  const rng = Rng.create(12)
  let held = 0
  for (let trial = 0; trial < 200; trial++) {
    const sample = Array.from({ length: 60 }, () => Distribution.normal(rng))
    const { low, high } = bootstrap(sample, mean, rng, 200)
    if (low <= 0 && high >= 0) held++
  }
  // 95% of 200 is 190, with a standard deviation of 3.1; percentile intervals run a little narrow.
  expect(held).toBeGreaterThan(176)
  expect(held).toBeLessThan(200)
})

test('a percentile is linear between neighbours', () => {
  expect(percentile([1, 2, 3, 4, 5], 0.25)).toBe(2)
  expect(percentile([10], 0.975)).toBe(10)
  expect(() => percentile([], 0.5)).toThrow('[SAMPLE_EMPTY]')
  expect(() => bootstrap([], mean, Rng.create(1))).toThrow('[SAMPLE_EMPTY]')
})
