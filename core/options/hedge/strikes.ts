import type { Layer } from '../../ladder/Layer.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import type { Option } from '../account/Instrument.ts'
import { vixOption } from '../account/Instrument.ts'
import type { HedgePolicy } from '../book/OptionsPolicy.ts'
import * as ExpirySlice from '../view/ExpirySlice.ts'
import { futureOf } from '../view/quote.ts'
import type { View } from '../view/View.ts'

/** The VIX call a layer buys on a day; undefined without a future of its expiry, or before VVIX was published. */
export function layerCall(
  view: View,
  layer: Layer,
  expiry: UnixTime,
  strike: HedgePolicy['strike'],
): Option | undefined {
  const forward = futureOf(view, expiry)
  if (forward === undefined) return undefined
  if (strike.by === 'points') return vixOption('call', onVixGrid(forward + strike.value[layer]), expiry)
  const level = vixStrike(view, expiry, strike.value)
  return level === undefined ? undefined : vixOption('call', onVixGrid(level), expiry)
}

/** The strike of a VIX call of a delta, points, on no grid; undefined before VVIX was published. */
export function vixStrike(view: View, expiry: UnixTime, delta: number): number | undefined {
  const slice = ExpirySlice.of(view, { on: 'vix', expiry, settles: 'open' })
  return slice && ExpirySlice.strikeAt(slice, 'call', delta)
}

/**
 * The listed VIX strike nearest to a level: every half point below 20, every point from there.
 *
 * @example
 * onVixGrid(17.3) // 17.5
 * onVixGrid(23.4) // 23
 */
export function onVixGrid(level: number): number {
  return level < 20 ? Math.max(0.5, Math.round(level * 2) / 2) : Math.round(level)
}
