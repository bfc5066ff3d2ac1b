import { type Estimate, percentile } from '@cutwater/core/simulation/bootstrap.ts'
import type { BridgeBench, World } from '../bench/BridgeBench.ts'

/** A figure of the record with its 95% interval over the record's resamples. */
export function ofWorlds(
  { worlds }: BridgeBench,
  figureOf: (world: World) => number,
  most = worlds.length,
): Estimate {
  const [value, ...resampled] = worlds.slice(0, most).map(figureOf)
  return intervalOf(value!, resampled)
}

/**
 * What was measured, with the middle 95% of the same over resamples, widened to hold it.
 *
 * @example
 * intervalOf(3, [1, 1, 1]) // { value: 3, low: 1, high: 3 }
 */
export function intervalOf(value: number, resampled: readonly number[]): Estimate {
  const sorted = [...resampled].sort((a, b) => a - b)
  return {
    value,
    low: Math.min(value, percentile(sorted, 0.025)),
    high: Math.max(value, percentile(sorted, 0.975)),
  }
}
