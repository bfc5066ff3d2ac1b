import { type Estimate, percentile } from '@cutwater/core/simulation/bootstrap.ts'
import type { BridgeBench, World } from '../bench/BridgeBench.ts'

/** A figure of the record with its 95% interval over the record's resamples, widened to hold it. */
export function ofWorlds(
  { worlds }: BridgeBench,
  figureOf: (world: World) => number,
  most = worlds.length,
): Estimate {
  const [value, ...resampled] = worlds.slice(0, most).map(figureOf)
  const sorted = resampled.sort((a, b) => a - b)
  return {
    value: value!,
    low: Math.min(value!, percentile(sorted, 0.025)),
    high: Math.max(value!, percentile(sorted, 0.975)),
  }
}
