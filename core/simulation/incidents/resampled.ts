import * as UnixTime from '../../units/UnixTime.ts'
import * as Rng from '../Rng.ts'
import type { Incident } from './Incident.ts'

/**
 * The record as it might have been: its months drawn with replacement, each with all that happened in it, so that both
 * how many incidents there are and which ones vary.
 */
export function resampled(
  incidents: readonly Incident[],
  { from, to }: { readonly from: UnixTime.UnixTime; readonly to: UnixTime.UnixTime },
  rng: Rng.Rng,
): readonly Incident[] {
  const month = UnixTime.year / 12
  const months: Incident[][] = Array.from({ length: Math.max(1, Math.ceil((to - from) / month)) }, () => [])
  for (const incident of incidents) {
    const at = Math.floor((incident.date - from) / month)
    if (at >= 0 && at < months.length) months[at]!.push(incident)
  }
  return months.flatMap(() => Rng.pick(rng, months))
}
