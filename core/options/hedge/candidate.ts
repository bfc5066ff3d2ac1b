import type { Layer } from '../../ladder/Layer.ts'
import { day, type UnixTime } from '../../units/UnixTime.ts'
import { type Instrument, share, vixFuture } from '../account/Instrument.ts'
import type { HedgePolicy } from '../book/OptionsPolicy.ts'
import * as Expiries from '../view/Expiries.ts'
import type { View } from '../view/View.ts'
import type { Lot } from './Lot.ts'
import { layerCall } from './strikes.ts'

/**
 * What a layer would buy on a day: the call, or the future, of the listed expiry nearest to its tenor; or the fund that
 * holds futures of about that tenor. Undefined where there is none.
 *
 * @param after only later expiries: a roll goes forward
 */
export function candidate(
  view: View,
  layer: Layer,
  policy: HedgePolicy,
  after?: UnixTime,
): Instrument | undefined {
  if (policy.instrument === 'etps') return share(funds[layer])
  const weeklies = policy.weeklies && policy.instrument === 'calls'
  const expiry = Expiries.nearestVix(view, policy.tenorDays[layer], after, weeklies)
  if (expiry === undefined) return undefined
  return policy.instrument === 'futures' ? vixFuture(expiry) : layerCall(view, layer, expiry, policy.strike)
}

/** Whether a lot has come to the day on which it is rolled. */
export function isDue({ expiry, openedAt }: Lot, date: UnixTime, { roll }: HedgePolicy): boolean {
  if (expiry === undefined) return false
  const left = expiry - date
  return roll.by === 'days' ? left <= roll.value * day : left <= roll.value * (expiry - openedAt)
}

// Futures of one and two months, and of four to seven.
const funds: Readonly<Record<Layer, string>> = { near: 'vxx', mid: 'vxz', far: 'vxz' }
