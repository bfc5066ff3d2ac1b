import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Distribution from './Distribution.ts'
import * as Rng from './Rng.ts'

const count = 60_000

describe('normalQuantile', () => {
  // Wichura 1988, section 3.2 gives the values at 0.25, 0.001 and 1e-20 as the test of a transcription; the
  // others are scipy 1.10 norm.ppf, which is Cephes ndtri, another algorithm.
  test.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.262340089798409],
    [0.43, -0.17637416478086135],
    [0.93, 1.475791028179171],
    [1e-10, -6.361340902404056],
  ])('of %d is the published value', (p, x) => {
    expect(Math.abs(Distribution.normalQuantile(p) / x - 1)).toBeLessThan(1e-15)
  })

  test('is infinite at the ends and not a number outside', () => {
    expect([0, 1, -0.1, 1.1].map(Distribution.normalQuantile)).toEqual([
      -Infinity,
      Infinity,
      Number.NaN,
      Number.NaN,
    ])
  })

  test('law: it is odd about one half, and rises', () => {
    const probabilities = fc.double({ min: 2 ** -52, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(probabilities, probabilities, (p, other) => {
        fc.pre(1 - (1 - p) === p)
        expect(Distribution.normalQuantile(1 - p)).toBe(0 - Distribution.normalQuantile(p))
        if (other > p * (1 + 1e-14)) {
          expect(Distribution.normalQuantile(other)).toBeGreaterThan(Distribution.normalQuantile(p))
        }
      }),
    )
  })
})

describe('moments', () => {
  test('normal: mean 0, variance 1, skewness 0, kurtosis 3', () => {
    const values = draw(Distribution.normal)
    expect(Math.abs(mean(values))).toBeLessThan(4 / Math.sqrt(count))
    expect(Math.abs(power(values, 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count))
    expect(Math.abs(power(values, 3))).toBeLessThan(4 * Math.sqrt(15 / count))
    expect(Math.abs(power(values, 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count))
  })

  test('normal: the ten tenths are equally full', () => {
    const edges = Array.from({ length: 9 }, (_, i) => Distribution.normalQuantile((i + 1) / 10))
    const bins = new Array<number>(10).fill(0)
    for (const x of draw(Distribution.normal)) bins[edges.filter((edge) => x >= edge).length]!++
    const chiSquare = bins.reduce((sum, n) => sum + (n - count / 10) ** 2 / (count / 10), 0)
    // 27.9 is the 99.9th percentile of chi-square with nine degrees of freedom (NIST handbook 1.3.6.7.4)
    expect(chiSquare).toBeLessThan(27.9)
  })

  test('exponential: mean m, variance m squared', () => {
    const values = draw((rng) => Distribution.exponential(rng, 5))
    expect(Math.abs(mean(values) - 5)).toBeLessThan((4 * 5) / Math.sqrt(count))
    expect(Math.abs(power(values, 2) - 50)).toBeLessThan(4 * Math.sqrt((24 * 5 ** 4 - 50 ** 2) / count))
  })

  test.each([0.1, 3, 16, 40, 250])('poisson(%d): mean and variance are equal', (lambda) => {
    const values = draw((rng) => Distribution.poisson(rng, lambda))
    const middle = mean(values)
    const variance = mean(values.map((x) => (x - middle) ** 2))
    expect(values.every((x) => Number.isInteger(x) && x >= 0)).toBe(true)
    expect(Math.abs(middle - lambda)).toBeLessThan(4 * Math.sqrt(lambda / count))
    expect(Math.abs(variance - lambda)).toBeLessThan(4 * Math.sqrt((lambda + 2 * lambda ** 2) / count))
  })

  test('poisson of no mean is nothing', () => {
    expect([0, -1].map((lambda) => Distribution.poisson(Rng.create(1), lambda))).toEqual([0, 0])
  })

  test('lognormal: median and log-deviation as asked', () => {
    const logs = draw((rng) => Math.log(Distribution.lognormal(rng, 1_100, 3) / 1_100))
    expect(Math.abs(mean(logs))).toBeLessThan((4 * 3) / Math.sqrt(count))
    expect(Math.abs(power(logs, 2) - 9)).toBeLessThan(4 * 9 * Math.sqrt(2 / count))
  })

  test('pareto: never below its least value, and its logarithm is exponential', () => {
    const values = draw((rng) => Distribution.pareto(rng, 2, 1.5))
    expect(Math.min(...values)).toBeGreaterThanOrEqual(2)
    const logs = values.map((x) => Math.log(x / 2))
    expect(Math.abs(mean(logs) - 1 / 1.5)).toBeLessThan(4 / 1.5 / Math.sqrt(count))
  })
})

describe('a quantile table', () => {
  const table: Distribution.QuantileTable = [
    [0, 1],
    [0.25, 3],
    [0.5, 10],
    [0.9, 1_000],
    [1, 5_000],
  ]

  test('meets its points exactly', () => {
    for (const [p, value] of table) expect(Distribution.quantile(table, p)).toBeCloseTo(value, 9)
  })

  test('law: draws stay inside the table, and have its quantiles', () => {
    const values = draw((rng) => Distribution.fromQuantiles(rng, table))
    for (const [p, value] of table.slice(1, -1)) {
      const below = values.filter((x) => x < value).length / count
      expect(Math.abs(below - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / count))
    }
    expect(Math.min(...values)).toBeGreaterThanOrEqual(1)
    expect(Math.max(...values)).toBeLessThanOrEqual(5_000)
  })
})

test('law: normal, lognormal, exponential, pareto and table draws take two words each', () => {
  const draws = [
    Distribution.normal,
    (rng: Rng.Rng) => Distribution.lognormal(rng, 1, 1),
    (rng: Rng.Rng) => Distribution.exponential(rng, 1),
    (rng: Rng.Rng) => Distribution.pareto(rng, 1, 1),
    (rng: Rng.Rng) =>
      Distribution.fromQuantiles(rng, [
        [0, 1],
        [1, 2],
      ]),
  ]
  for (const drawOne of draws) {
    const rng = Rng.create(1)
    drawOne(rng)
    expect(Rng.position(rng)).toBe(2)
  }
})

function draw(one: (rng: Rng.Rng) => number): number[] {
  const rng = Rng.create(20240101)
  return Array.from({ length: count }, () => one(rng))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length
}

function power(values: readonly number[], exponent: number): number {
  return mean(values.map((x) => x ** exponent))
}
