import type { UnixTime } from '../../units/UnixTime.ts'
import type { Option } from '../account/Instrument.ts'
import type { CondorPolicy } from '../book/OptionsPolicy.ts'
import * as ExpirySlice from '../view/ExpirySlice.ts'
import type { View } from '../view/View.ts'
import type { Condor } from './Condor.ts'

/**
 * A condor with its short strikes at a delta, and wings at a smaller delta or so many points away, on listed strikes.
 *
 * The higher the rank of time value, the further the wings, by `widen`. Undefined for an expiry that has passed.
 */
export function deltaCondor(
  view: View,
  expiry: UnixTime,
  settles: Option['settles'],
  { shortDelta, wing, widen, strikeStep }: CondorPolicy,
): Condor | undefined {
  const slice = ExpirySlice.of(view, { on: 'spx', expiry, settles })
  if (slice === undefined) return undefined
  const stretch = 1 + widen * view.facts.timeValueRank
  const at = (kind: Option['kind'], delta: number) =>
    onGrid(ExpirySlice.strikeAt(slice, kind, delta), strikeStep)
  const putShort = at('put', shortDelta)
  const callShort = at('call', shortDelta)
  const isByDelta = wing.by === 'delta'
  const putWing = isByDelta
    ? at('put', wing.value / stretch)
    : onGrid(putShort - wing.value * stretch, strikeStep)
  const callWing = isByDelta
    ? at('call', wing.value / stretch)
    : onGrid(callShort + wing.value * stretch, strikeStep)
  return {
    putWing: Math.max(strikeStep, Math.min(putWing, putShort - strikeStep)),
    putShort,
    callShort: Math.max(callShort, putShort + strikeStep),
    callWing: Math.max(callWing, callShort + strikeStep),
    expiry,
    settles,
  }
}

/**
 * The listed strike nearest to a level.
 *
 * @example
 * onGrid(2713.2, 5) // 2715
 */
export function onGrid(level: number, step: number): number {
  return Math.round(level / step) * step
}
