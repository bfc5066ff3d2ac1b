import type { Outcome } from './settlePath.ts'

/**
 * What many paths came to under one plan, in dollars: sums, and a histogram of the shortfall for its tail. Its size
 * does not depend on the number of paths. Tallies merged in one order give the same bytes, whoever made them.
 */
export type Tally = {
  paths: number
  /** by `fields` */
  readonly sums: Float64Array
  /** paths, shortfall and its square by size of the shortfall */
  readonly counts: Float64Array
  readonly tails: Float64Array
  readonly squares: Float64Array
}

export const fields = [
  'cost',
  'costSquared',
  'shortfall',
  'shortfallSquared',
  'baseline',
  'baselineSquared',
  'prevented',
  'covered',
  'backstopped',
  'friction',
  'carry',
  'attacks',
  'ruined',
  /** cost with the price of the tail, for comparisons of plans; against the first plan on the same paths */
  'objective',
  'difference',
  'differenceSquared',
] as const

export type Field = (typeof fields)[number]

export function create(): Tally {
  return {
    paths: 0,
    sums: new Float64Array(fields.length),
    counts: new Float64Array(binCount),
    tails: new Float64Array(binCount),
    squares: new Float64Array(binCount),
  }
}

/**
 * Adds a path, or as many as came to the same.
 *
 * @param objective what comparisons are about, dollars
 * @param against the same of the plan that it is compared with, on the same path
 */
export function add(tally: Tally, outcome: Outcome, objective: number, against: number, times = 1): void {
  const { sums } = tally
  const cost = outcome.costUsd / 100
  const shortfall = outcome.shortfallUsd / 100
  const baseline = outcome.baselineUsd / 100
  const difference = objective - against
  tally.paths += times
  sums[0]! += times * cost
  sums[1]! += times * cost * cost
  sums[2]! += times * shortfall
  sums[3]! += times * shortfall * shortfall
  sums[4]! += times * baseline
  sums[5]! += times * baseline * baseline
  sums[6]! += (times * outcome.preventedUsd) / 100
  sums[7]! += (times * outcome.coveredUsd) / 100
  sums[8]! += (times * outcome.backstoppedUsd) / 100
  sums[9]! += (times * outcome.frictionUsd) / 100
  sums[10]! += (times * outcome.carryUsd) / 100
  sums[11]! += times * outcome.attacks
  sums[12]! += outcome.ruined ? times : 0
  sums[13]! += times * objective
  sums[14]! += times * difference
  sums[15]! += times * difference * difference
  const bin = binOf(shortfall)
  tally.counts[bin]! += times
  tally.tails[bin]! += times * shortfall
  tally.squares[bin]! += times * shortfall * shortfall
}

/** Adds all of `other`. */
export function merge(tally: Tally, other: Tally): void {
  tally.paths += other.paths
  for (const column of ['sums', 'counts', 'tails', 'squares'] as const) {
    for (let index = 0; index < tally[column].length; index++) tally[column][index]! += other[column][index]!
  }
}

/** The mean of a field over all paths. */
export function mean(tally: Tally, field: Field): number {
  return tally.paths === 0 ? 0 : tally.sums[fields.indexOf(field)]! / tally.paths
}

/** The standard error of the mean of a field whose squares are kept. */
export function standardError(tally: Tally, field: 'cost' | 'shortfall' | 'baseline' | 'difference'): number {
  return Math.sqrt(variance(tally, field) / Math.max(1, tally.paths))
}

export function variance(tally: Tally, field: 'cost' | 'shortfall' | 'baseline' | 'difference'): number {
  const middle = mean(tally, field)
  return Math.max(0, mean(tally, `${field}Squared`) - middle * middle)
}

export type Tail = {
  /** the shortfall that one path in a hundred exceeds */
  readonly quantile: number
  /** the mean of the worst hundredth */
  readonly mean: number
  readonly standardError: number
}

/**
 * Value at risk and conditional value at risk of the shortfall at a level.
 *
 * Standard error by the asymptotic variance `(Var(X | X > q) + α(CVaR − q)²) ÷ (n(1 − α))` (Trindade, Uryasev, Shapiro
 * and Zrazhevsky, "Financial prediction with constrained tail risk", Journal of Banking and Finance 31, 2007). Exact
 * up to the one bin that the quantile falls into, which is 2% wide.
 */
export function tail(tally: Tally, level = 0.99): Tail {
  const wanted = tally.paths * (1 - level)
  if (!(wanted > 0)) return { quantile: 0, mean: 0, standardError: 0 }
  let count = 0
  let sum = 0
  let squares = 0
  let quantile = 0
  for (let bin = binCount - 1; bin >= 0 && count < wanted; bin--) {
    const inBin = tally.counts[bin]!
    if (inBin === 0) continue
    const taken = Math.min(inBin, wanted - count) / inBin
    count += inBin * taken
    sum += tally.tails[bin]! * taken
    squares += tally.squares[bin]! * taken
    quantile = tally.tails[bin]! / inBin
  }
  const middle = sum / count
  const spread = Math.max(0, squares / count - middle * middle)
  return {
    quantile,
    mean: middle,
    standardError: Math.sqrt((spread + level * (middle - quantile) ** 2) / wanted),
  }
}

// Bin 0 is no shortfall. From a thousand dollars on, 32 bins for each doubling, up to a quadrillion.
const binsPerDoubling = 32
const leastBinned = 1_000
const binCount = 2 + Math.ceil(Math.log2(1e15 / leastBinned)) * binsPerDoubling

function binOf(dollars: number): number {
  if (dollars <= 0) return 0
  if (dollars < leastBinned) return 1
  return Math.min(binCount - 1, 2 + Math.floor(Math.log2(dollars / leastBinned) * binsPerDoubling))
}
