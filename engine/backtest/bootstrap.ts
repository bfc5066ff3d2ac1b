import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Interval } from './BacktestResult.ts'

export type Settings = {
  readonly seed: number
  readonly draws: number
  /** mean length of a block, values: long enough that a spike and what follows stay together */
  readonly block: number
}

export const standard: Settings = { seed: 1, draws: 500, block: 21 }

/**
 * 95% intervals of statistics of a series, by the stationary bootstrap: blocks of geometric length around the circle
 * (Politis and Romano, Journal of the American Statistical Association 89, 1994).
 *
 * @param measure takes the indices of one draw, as many as there are values, and gives the statistics
 *
 * @example
 * bootstrap(100, (indices) => [indices.length]) // [[100, 100]]
 */
export function bootstrap(
  length: number,
  measure: (indices: Int32Array) => readonly number[],
  { seed, draws, block }: Settings = standard,
): readonly Interval[] {
  const samples: number[][] = []
  for (const indices of resamples(length, { seed, draws, block })) {
    for (const [which, value] of measure(indices).entries()) {
      samples[which] ??= []
      samples[which].push(value)
    }
  }
  return samples.map(interval)
}

/** The draws themselves: indices of a series of a length, the same array filled anew for each. */
export function* resamples(
  length: number,
  { seed, draws, block }: Settings = standard,
): Generator<Int32Array, void> {
  const indices = new Int32Array(length)
  for (let draw = 0; draw < draws; draw++) {
    resample(indices, Rng.create(seed, draw), 1 / block)
    yield indices
  }
}

/**
 * The interval that a share of successes leaves for their chance, 95% (Wilson, Journal of the American Statistical
 * Association 22, 1927).
 *
 * @example
 * wilson(9, 10) // ≈ [0.5958, 0.9821]
 */
export function wilson(successes: number, trials: number): Interval {
  if (trials === 0) return [0, 1]
  const share = successes / trials
  const scale = 1 + (z * z) / trials
  const middle = (share + (z * z) / (2 * trials)) / scale
  const half = (z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))) / scale
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}

function resample(indices: Int32Array, rng: Rng.Rng, restart: number): void {
  const { length } = indices
  let at = 0
  for (let i = 0; i < length; i++) {
    if (i === 0 || Rng.chance(rng, restart)) at = Rng.integer(rng, length)
    else at = at + 1 === length ? 0 : at + 1
    indices[i] = at
  }
}

function interval(sample: readonly number[]): Interval {
  const sorted = Float64Array.from(sample).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  return [at(0.025), at(0.975)]
}

const z = 1.959963984540054
