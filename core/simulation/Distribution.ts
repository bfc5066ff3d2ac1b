import { inverseCdf } from '../options/pricing/normal.ts'
import * as Rng from './Rng.ts'

/**
 * A standard normal value, by the quantile function of one open uniform: two words drawn, always.
 *
 * One uniform to one value keeps common random numbers and antithetic paths meaningful.
 */
export function normal(rng: Rng.Rng): number {
  return normalQuantile(Rng.uniformOpen(rng))
}

/**
 * A value whose logarithm is normal; `median` in the unit of the result, `sigma` of the logarithm. Two words.
 *
 * @example
 * Distribution.lognormal(Rng.create(1), 100, 0) // 100
 */
export function lognormal(rng: Rng.Rng, median: number, sigma: number): number {
  return median * Math.exp(sigma * normal(rng))
}

/** A waiting time with the given mean, in the mean's unit, > 0. Two words drawn. */
export function exponential(rng: Rng.Rng, mean: number): number {
  return -mean * Math.log(Rng.uniformOpen(rng))
}

/** A value of at least `least` that exceeds x with probability (least / x)^shape. Two words drawn. */
export function pareto(rng: Rng.Rng, least: number, shape: number): number {
  return least * Rng.uniformOpen(rng) ** (-1 / shape)
}

/**
 * A count with the given mean, by inversion; a large mean is drawn as a sum of small ones, which is exact
 * and takes time in proportion to the mean.
 */
export function poisson(rng: Rng.Rng, mean: number): number {
  let count = 0
  let left = mean
  for (; left > poissonPart; left -= poissonPart) count += poissonByInversion(rng, poissonPart)
  return left > 0 ? count + poissonByInversion(rng, left) : count
}

/**
 * Points [probability, value] of a quantile function, both rising, from 0 to 1, values > 0; between points
 * the logarithm of the value is linear in the probability.
 */
export type QuantileTable = readonly (readonly [probability: number, value: number])[]

/** A value with the quantiles of `table`, in the table's unit. Two words drawn. */
export function fromQuantiles(rng: Rng.Rng, table: QuantileTable): number {
  return quantile(table, Rng.uniform(rng))
}

/**
 * The value of a quantile table at probability `p`.
 *
 * @example
 * Distribution.quantile([[0, 1], [1, 100]], 0.5) // 10
 */
export function quantile(table: QuantileTable, p: number): number {
  let upper = 1
  while (upper < table.length - 1 && table[upper]![0] < p) upper++
  const [p0, value0] = table[upper - 1]!
  const [p1, value1] = table[upper]!
  return value0 * (value1 / value0) ** ((p - p0) / (p1 - p0))
}

/**
 * The x below which a standard normal value lies with probability `p`; -Infinity at 0, Infinity at 1, NaN
 * outside. Relative error below 1e-15 (Wichura, "Algorithm AS 241", Applied Statistics 37(3), 1988, PPND16).
 *
 * @example
 * Distribution.normalQuantile(0.5) // 0
 * Distribution.normalQuantile(0.975) // 1.9599639845400536
 */
export function normalQuantile(p: number): number {
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  return p > 0 && p < 1 ? inverseCdf(p) : Number.NaN
}

function poissonByInversion(rng: Rng.Rng, mean: number): number {
  const u = Rng.uniform(rng)
  let count = 0
  let probability = Math.exp(-mean)
  let cumulative = probability
  // beyond 200 the cumulative sum of a mean <= 16 has stopped growing: only rounding keeps u above it
  while (u >= cumulative && count < 200) {
    count++
    probability *= mean / count
    cumulative += probability
  }
  return count
}

const poissonPart = 16
