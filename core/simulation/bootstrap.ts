import { CutwaterError } from '../units/CutwaterError.ts'
import * as Rng from './Rng.ts'

/** An estimate with the interval that holds it in 95 of 100 resamples. */
export type Estimate = { readonly value: number; readonly low: number; readonly high: number }

/**
 * A statistic of a sample with its 95% interval: the percentiles of the same statistic over resamples drawn with
 * replacement (Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1), 1979).
 *
 * Resamples for which the statistic is not finite are left out. Throws SAMPLE_EMPTY.
 *
 * @example
 * bootstrap([1, 2, 3, 4, 5], (sample) => sample.reduce((a, b) => a + b) / sample.length, Rng.create(1)).value // 3
 */
export function bootstrap<T>(
  sample: readonly T[],
  statistic: (resample: readonly T[]) => number,
  rng: Rng.Rng,
  rounds = 1_000,
): Estimate {
  if (sample.length === 0)
    throw new CutwaterError('SAMPLE_EMPTY', 'nothing to resample', { right: 'one value or more' })
  const values: number[] = []
  for (let round = 0; round < rounds; round++) {
    const value = statistic(sample.map(() => Rng.pick(rng, sample)))
    if (Number.isFinite(value)) values.push(value)
  }
  values.sort((a, b) => a - b)
  return { value: statistic(sample), low: percentile(values, 0.025), high: percentile(values, 0.975) }
}

/**
 * The value below which a share `p` of sorted values lies, linear between neighbours.
 *
 * @example
 * percentile([1, 2, 3], 0.25) // 1.5
 */
export function percentile(sorted: readonly number[], p: number): number {
  if (sorted.length === 0)
    throw new CutwaterError('SAMPLE_EMPTY', 'no values to rank', { right: 'one value or more' })
  const at = p * (sorted.length - 1)
  const below = sorted[Math.floor(at)]!
  const above = sorted[Math.ceil(at)]!
  return below + (above - below) * (at - Math.floor(at))
}
