import { CutwaterError } from '../../units/CutwaterError.ts'
import { percentile } from '../bootstrap.ts'

/** A lognormal law: the median in the unit of the values, sigma of the logarithm. */
export type Lognormal = { readonly median: number; readonly sigma: number }

/** A Pareto law: P(X > x) = (least / x)^shape. */
export type Pareto = { readonly least: number; readonly shape: number }

/** Two laws fitted to the same losses, and which of them the losses speak for. */
export type Comparison = {
  readonly count: number
  readonly lognormal: Lognormal
  readonly pareto: Pareto
  /** shape of the tail above its threshold, by Hill's estimator; below 1 the mean does not exist without a cut */
  readonly tail: { readonly shape: number; readonly count: number; readonly above: number }
  /** log-likelihood of the lognormal less that of the Pareto, both with two parameters */
  readonly logLikelihoodRatio: number
  /** Vuong's statistic: beyond ±1.96 the losses tell the two apart at 5% */
  readonly vuong: number
  readonly better: 'lognormal' | 'pareto' | 'undecided'
}

/**
 * Fits a lognormal and a Pareto law by likelihood and compares them.
 *
 * Vuong, "Likelihood ratio tests for model selection and non-nested hypotheses", Econometrica 57(2), 1989; tail
 * shape from Hill, "A simple general approach to inference about the tail", Annals of Statistics 3(5), 1975, over
 * the largest fifth. Throws SEVERITY_SAMPLE_INVALID for fewer than three losses or any that is not above zero.
 *
 * @example
 * Severity.compare([1, 10, 100]).lognormal // ≈ { median: 10, sigma: 1.880 }
 */
export function compare(losses: readonly number[]): Comparison {
  requireLosses(losses)
  const lognormal = fitLognormal(losses)
  const pareto = fitPareto(losses)
  const ratios = losses.map((loss) => logDensityLognormal(lognormal, loss) - logDensityPareto(pareto, loss))
  const sum = ratios.reduce((a, b) => a + b, 0)
  const spread = standardDeviation(ratios)
  const vuong = spread === 0 ? 0 : sum / (spread * Math.sqrt(losses.length))
  return {
    count: losses.length,
    lognormal,
    pareto,
    tail: hill(losses),
    logLikelihoodRatio: sum,
    vuong,
    better: vuong > 1.96 ? 'lognormal' : vuong < -1.96 ? 'pareto' : 'undecided',
  }
}

/** The lognormal law of greatest likelihood. */
export function fitLognormal(losses: readonly number[]): Lognormal {
  requireLosses(losses)
  const logs = losses.map((loss) => Math.log(loss))
  return { median: Math.exp(mean(logs)), sigma: standardDeviation(logs) }
}

/** The Pareto law of greatest likelihood: it begins at the least loss. */
export function fitPareto(losses: readonly number[]): Pareto {
  requireLosses(losses)
  const least = Math.min(...losses)
  const excess = mean(losses.map((loss) => Math.log(loss / least)))
  return { least, shape: excess === 0 ? steepest : Math.min(steepest, 1 / excess) }
}

/** Hill's shape of the largest fifth of the losses, at least two of them. */
export function hill(losses: readonly number[]): Comparison['tail'] {
  requireLosses(losses)
  const sorted = [...losses].sort((a, b) => a - b)
  const count = Math.max(2, Math.floor(sorted.length / 5))
  const above = sorted[sorted.length - count - 1]!
  const excess = mean(sorted.slice(-count).map((loss) => Math.log(loss / above)))
  return { shape: excess === 0 ? steepest : Math.min(steepest, 1 / excess), count, above }
}

/** The p25, p50, p75, p90 and p95 of some losses, and their mean. */
export function describe(losses: readonly number[]) {
  const sorted = [...losses].sort((a, b) => a - b)
  const at = (p: number) => percentile(sorted, p)
  return { p25: at(0.25), p50: at(0.5), p75: at(0.75), p90: at(0.9), p95: at(0.95), mean: mean(sorted) }
}

/** Losses that are all the same have a tail of no width; any shape this steep is one. */
const steepest = 1e6

function logDensityLognormal({ median, sigma }: Lognormal, x: number): number {
  const width = Math.max(sigma, 1 / steepest)
  const z = Math.log(x / median) / width
  return -Math.log(x * width * Math.sqrt(2 * Math.PI)) - (z * z) / 2
}

function logDensityPareto({ least, shape }: Pareto, x: number): number {
  return Math.log(shape) + shape * Math.log(least) - (shape + 1) * Math.log(x)
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length
}

function standardDeviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}

function requireLosses(losses: readonly number[]): void {
  if (losses.length >= 3 && losses.every((loss) => loss > 0 && loss < Number.POSITIVE_INFINITY)) return
  throw new CutwaterError('SEVERITY_SAMPLE_INVALID', `${losses.length} losses cannot be fitted`, {
    right: 'three or more finite losses above zero',
  })
}
