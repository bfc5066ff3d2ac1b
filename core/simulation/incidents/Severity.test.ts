import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Distribution from '../Distribution.ts'
import * as Rng from '../Rng.ts'
import * as Severity from './Severity.ts'

const losses = fc.array(fc.double({ min: 1, max: 1e12, noNaN: true }), { minLength: 3, maxLength: 40 })

function draws(count: number, draw: (rng: Rng.Rng) => number): number[] {
  const rng = Rng.create(71)
  return Array.from({ length: count }, () => draw(rng))
}

describe('severity', () => {
  test('law: in another currency, medians move with the rate and shapes stay', () => {
    fc.assert(
      fc.property(losses, fc.double({ min: 0.01, max: 100, noNaN: true }), (sample, rate) => {
        fc.pre(new Set(sample).size > 2)
        const one = Severity.compare(sample)
        const other = Severity.compare(sample.map((loss) => loss * rate))
        expect(other.lognormal.median / (one.lognormal.median * rate)).toBeCloseTo(1, 6)
        expect(other.lognormal.sigma).toBeCloseTo(one.lognormal.sigma, 6)
        expect(other.logLikelihoodRatio).toBeCloseTo(one.logLikelihoodRatio, 4)
      }),
    )
  })

  test('finds the law that losses were drawn from, within three standard errors', () => {
    const lognormal = Severity.compare(draws(2_000, (rng) => Distribution.lognormal(rng, 5, 2)))
    expect(lognormal.better).toBe('lognormal')
    expect(Math.abs(lognormal.lognormal.sigma - 2)).toBeLessThan((3 * 2) / Math.sqrt(4_000))
    expect(Math.abs(Math.log(lognormal.lognormal.median / 5))).toBeLessThan((3 * 2) / Math.sqrt(2_000))

    const pareto = Severity.compare(draws(2_000, (rng) => Distribution.pareto(rng, 3, 1.2)))
    expect(pareto.better).toBe('pareto')
    expect(Math.abs(pareto.pareto.shape - 1.2)).toBeLessThan((3 * 1.2) / Math.sqrt(2_000))
    // Hill's estimator has standard error shape / sqrt(k)
    expect(Math.abs(pareto.tail.shape - 1.2)).toBeLessThan((3 * 1.2) / Math.sqrt(pareto.tail.count))
  })

  test('does not choose where three losses say nothing', () => {
    expect(Severity.compare([1, 10, 100]).better).toBe('undecided')
  })

  test('stays finite for losses that are all the same', () => {
    const same = Severity.compare([7, 7, 7, 7])
    expect(Object.values(same.tail).every(Number.isFinite) && Number.isFinite(same.logLikelihoodRatio)).toBe(
      true,
    )
  })

  test.each([[[1, 2]], [[1, 2, 0]], [[1, 2, Number.NaN]], [[1, 2, Number.POSITIVE_INFINITY]]])(
    'refuses %j',
    (sample) => expect(() => Severity.compare(sample)).toThrow('[SEVERITY_SAMPLE_INVALID]'),
  )
})
