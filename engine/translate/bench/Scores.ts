import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import { intervalOf } from './ofWorlds.ts'

/**
 * What a case is worth on one yardstick, basis points a year: first as recorded, then in each resample of the record.
 * Two cases of one bench have the same resamples in the same order, so their differences are paired.
 */
export type Scores = Float64Array

/**
 * How much better a case is than another, with the 95% interval of the paired differences over the resamples; of
 * several others, than the best of them in each resample. Widened to hold what was measured.
 *
 * @example
 * Scores.difference(Float64Array.of(5, 5, 5), [Float64Array.of(3, 3, 3), Float64Array.of(4, 4, 4)]) // { value: 1, low: 1, high: 1 }
 */
export function difference(on: Scores, others: readonly Scores[]): Estimate {
  const differences = on.map((score, index) => score - Math.max(...others.map((other) => other[index]!)))
  const [value, ...resampled] = differences
  return intervalOf(value!, [...resampled])
}
