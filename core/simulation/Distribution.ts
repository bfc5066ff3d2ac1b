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
  const fromMiddle = p - 0.5
  if (Math.abs(fromMiddle) <= 0.425) return fromMiddle * ratio(middle, 0.180625 - fromMiddle * fromMiddle)
  const tail = fromMiddle < 0 ? p : 1 - p
  if (tail === 0) return fromMiddle < 0 ? -Infinity : Infinity
  const depth = Math.sqrt(-Math.log(tail))
  const x = depth <= 5 ? ratio(shoulder, depth - 1.6) : ratio(farTail, depth - 5)
  return fromMiddle < 0 ? -x : x
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

// The three rational functions of PPND16, lowest power first, as the doubles nearest to the printed decimals.

const middle: Rational = {
  over: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  under: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
}

const shoulder: Rational = {
  over: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  under: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
}

const farTail: Rational = {
  over: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  under: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
}

type Rational = { readonly over: readonly number[]; readonly under: readonly number[] }

function ratio(rational: Rational, x: number): number {
  return polynomial(rational.over, x) / polynomial(rational.under, x)
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = coefficients[7]!
  for (let power = 6; power >= 0; power--) value = value * x + coefficients[power]!
  return value
}
