import type { QuantileTable } from '../Distribution.ts'

// Every constant of the synthetic history that is not a name. "Nomad" stands for the public log of the Nomad
// bridge between Ethereum and Moonbeam, January to August 2022 (github.com/AndreAugusto11/XChainWatcher,
// arXiv 2410.02029); "measured" means counted in it. Where nothing was measured, the line says "chosen".

/**
 * Dollars per transfer. Measured on 4,471 honest releases: p5 16, p25 213, p50 1.1 thousand, p75 10 thousand,
 * p90 86 thousand, p99 1.0 million, p99.9 4.2 million, largest 9.5 million.
 *
 * A single lognormal cannot meet these (its sigma would be 3.4 by the p90 and 2.9 by the p99), so the points
 * themselves are joined, linearly in the logarithm.
 */
export const sizeUsd: QuantileTable = [
  [0, 0.01],
  [0.05, 16],
  [0.25, 213],
  [0.5, 1_147],
  [0.75, 10_133],
  [0.9, 85_767],
  [0.95, 200_017],
  [0.99, 1_000_177],
  [0.999, 4_231_791],
  [1, 9_486_602],
]

/** Seconds from lock to mint. Measured on 11,404 matched deposits; the top is the p99. */
export const depositLatencySeconds: QuantileTable = [
  [0, 1_875],
  [0.05, 1_996],
  [0.25, 2_281],
  [0.5, 2_606],
  [0.75, 11_494],
  [0.9, 21_598],
  [0.95, 29_011],
  [1, 37_271],
]

/**
 * Seconds from burn to release, which people collect themselves. Measured on 4,482 matched withdrawals: median
 * 78 minutes, p90 23 hours; the top is the p99, 60 days.
 */
export const withdrawalLatencySeconds: QuantileTable = [
  [0, 1_860],
  [0.05, 2_232],
  [0.25, 2_813],
  [0.5, 4_678],
  [0.75, 20_651],
  [0.9, 82_283],
  [0.95, 328_399],
  [1, 5_192_278],
]

/** Nomad's optimistic window on both chains; no latency above is shorter. */
export const finalitySeconds = 1_800

/** Traffic of each UTC hour over its mean. Measured on 7,950 out legs, 20 January to 26 July 2022. */
export const hourWeights: readonly number[] = [
  0.72, 0.66, 0.65, 0.8, 0.99, 1.02, 1.41, 1.31, 1.49, 1.68, 1.58, 1.46, 1.38, 1.25, 1.0, 0.88, 0.76, 0.76,
  0.78, 0.77, 0.77, 0.66, 0.62, 0.59,
]

/** Traffic of each day of the week over its mean, Thursday first as the epoch was; measured as above. */
export const weekdayWeights: readonly number[] = [1.0, 0.93, 1.1, 1.2, 0.95, 0.89, 0.93]

/**
 * Day-to-day swing of the logarithm of traffic: deviation and correlation with the day before. Measured about
 * a 30-day mean: 0.54 and 0.48.
 */
export const daySwing = { deviation: 0.54, correlation: 0.48 }

/** Out legs that nobody collects. Measured: 9 to 20 % of a month's burns, with a median of 2 to 14 dollars. */
export const neverClaimed = { smallUsd: 50, small: 0.5, large: 0.03 }

/** Senders not seen before, over transfers. Measured: 9,184 senders of 16,700 out legs. */
export const newcomers = 0.55

/** Releases collected by the receiver and not by a relayer. Measured: 0.89. */
export const selfCollected = 0.89

/** Transfers a day on the plateau. Chosen, so that 240 days have about as many legs as Nomad had, 34 thousand. */
export const transfersPerDay = 88

/**
 * Growth, chosen: a logistic ramp from a trickle to a plateau; deposits are two thirds of the transfers before
 * it (measured: 10,450 to 4,858 over Nomad's life) and a little over half on it, so that value locked levels off.
 */
export const growth = { middle: 0.15, width: 0.04, least: 0.03, depositsEarly: 0.68, depositsLate: 0.51 }

/** No single withdrawal takes more than this share of what is minted of its token. Chosen. */
export const largestShareOfSupply = 0.2

/** Seconds between two blocks. Chosen: Ethereum's 12, and half of it. */
export const blockSeconds = { north: 12, south: 6 }

/** Seconds from the last attack release to the halt of the bridge: 3.7 hours, the median of 17 timed cases. */
export const haltAfterSeconds = 13_320
