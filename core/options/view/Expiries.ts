import { day, type UnixTime } from '../../units/UnixTime.ts'
import * as SpxExpiry from '../settlement/SpxExpiry.ts'
import * as VixExpiry from '../settlement/VixExpiry.ts'
import type { View } from './View.ts'

/** When SPX options expire, as the exchange's calendar has it, looked up once for a whole history. */
export type Expiries = {
  /** third Fridays, settled at the opening */
  readonly monthly: readonly UnixTime[]
  /** settled at the close */
  readonly weekly: readonly UnixTime[]
}

/** All that expires between two dates, nearest first. */
export function between(from: UnixTime, to: UnixTime): Expiries {
  const series = SpxExpiry.between(from, to)
  const settling = (at: 'open' | 'close') =>
    series.filter(({ settles }) => settles === at).map(({ expiry }) => expiry)
  return { monthly: settling('open'), weekly: settling('close') }
}

/** Monthly expiries from `least` to `most` days ahead, nearest first. */
export function monthlySpx({ expiries, date }: View, least: number, most: number): readonly UnixTime[] {
  return within(expiries.monthly, date + least * day, date + most * day)
}

/**
 * Expiries at the close from `least` to `most` trading days ahead, nearest first; only those that were listed.
 *
 * Trading days are counted on the calendar that lists them, so a Friday is one day before a Monday.
 */
export function dailySpx(
  { expiries, date, tradingDays }: View,
  least: number,
  most: number,
): readonly UnixTime[] {
  const ahead = tradingDays.slice(least - 1, most)
  const listed = within(expiries.weekly, date + day, ahead.at(-1) ?? date)
  return listed.filter((expiry) => ahead.includes(expiry))
}

/**
 * The listed VIX expiry nearest to a tenor: of the monthly futures of the day, and of the weekly options where they are
 * wanted. Undefined when no future is listed.
 *
 * @param after only expiries later than this
 */
export function nearestVix(
  { day: { futures }, date }: View,
  tenorDays: number,
  after: UnixTime = date,
  weeklies = false,
): UnixTime | undefined {
  const ideal = date + tenorDays * day
  let best: UnixTime | undefined
  const consider = (expiry: UnixTime) => {
    if (expiry <= date || expiry <= after) return
    if (best === undefined || Math.abs(expiry - ideal) < Math.abs(best - ideal)) best = expiry
  }
  for (const { expiry } of futures) consider(expiry)
  if (weeklies && futures.length > 0) VixExpiry.weeklies(date).forEach(consider)
  return best
}

function within(sorted: readonly UnixTime[], from: UnixTime, to: UnixTime): readonly UnixTime[] {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < sorted.length && sorted[end]! <= to) end++
  return sorted.slice(low, end)
}
