import type * as UnixTime from '../../units/UnixTime.ts'
import type { Option } from '../account/Instrument.ts'
import { strikeOfDelta } from '../pricing/strikeOfDelta.ts'
import * as years from '../settlement/years.ts'
import * as Smile from '../surface/Smile.ts'
import * as SpxSurface from '../surface/SpxSurface.ts'
import * as VixForward from '../surface/VixForward.ts'
import * as VixVolatility from '../surface/VixVolatility.ts'
import type { View } from './View.ts'

/** All that options of one underlying and expiry have in common on a day. */
export type ExpirySlice = {
  /** from the close of the day, by minutes of the calendar; 0 on the day itself */
  readonly years: number
  /** points */
  readonly forward: number
  readonly discount: number
  /** absent at expiry, where there is no volatility left */
  readonly smile: Smile.Smile | undefined
}

/** What is common to, among others, an option. */
export type Key = Pick<Option, 'on' | 'expiry' | 'settles'>

/** The slices of a day that were asked for: SPX settled at the opening and at the close, and VIX. */
export type Kept = Readonly<Record<'open' | 'close' | 'vix', Map<UnixTime.UnixTime, ExpirySlice>>>

/** Nothing asked for yet. */
export function none(): Kept {
  return { open: new Map(), close: new Map(), vix: new Map() }
}

/**
 * The slice of an expiry on a day, made when it is first asked for: it follows from the day alone, so any number of strikes
 * and policies share it. Undefined once the expiry has passed, and for VIX before VVIX was published.
 */
export function of(view: View, key: Key): ExpirySlice | undefined {
  const kept = view.slices[key.on === 'spx' ? key.settles : 'vix']
  const found = kept.get(key.expiry)
  if (found !== undefined) return found
  const made = key.on === 'spx' ? spx(view, key) : vix(view, key)
  if (made !== undefined) kept.set(key.expiry, made)
  return made
}

/** The volatility of a strike, per year; 0 at expiry. */
export function volatility({ years, forward, smile }: ExpirySlice, strike: number): number {
  return smile === undefined ? 0 : Smile.volatility(smile, Math.log(strike / forward), years)
}

/** The strike, points, at which an option of the slice has a forward delta; throws STRIKE_NOT_FOUND where none has. */
export function strikeAt(slice: ExpirySlice, kind: Option['kind'], delta: number): number {
  const { years, forward } = slice
  return strikeOfDelta({ kind, delta, forward, years }, (strike) => volatility(slice, strike))
}

function spx({ date, day, surface }: View, { expiry, settles }: Key): ExpirySlice | undefined {
  const time = yearsTo(date, expiry, settles)
  if (time === undefined) return undefined
  const discount = Math.exp(-day.billYield * time)
  if (time === 0) return { years: 0, forward: day.spx.close, discount, smile: undefined }
  return {
    years: time,
    forward: SpxSurface.forward(surface, time),
    discount,
    smile: SpxSurface.smile(surface, time),
  }
}

function vix({ date, day }: View, { expiry }: Key): ExpirySlice | undefined {
  const time = yearsTo(date, expiry, 'open')
  const smile = time === undefined ? undefined : VixVolatility.smile(day, time)
  if (time === undefined || smile === undefined) return undefined
  return {
    years: time,
    forward: VixForward.at(day, expiry).level,
    discount: Math.exp(-day.billYield * time),
    smile,
  }
}

function yearsTo(
  date: UnixTime.UnixTime,
  expiry: UnixTime.UnixTime,
  at: Option['settles'],
): number | undefined {
  if (expiry < date || (expiry === date && at === 'open')) return undefined
  return years.calendar({ date, at: 'close' }, { date: expiry, at })
}
