import { CutwaterError } from '../../units/CutwaterError.ts'
import * as UnixTime from '../../units/UnixTime.ts'
import { closing, opening } from './closing.ts'
import * as TradingCalendar from './TradingCalendar.ts'

/** The opening or the close of a trading date. */
export type Instant = { readonly date: UnixTime.UnixTime; readonly at: 'open' | 'close' }

/** Minutes of a year of 365 days, as the VIX counts them. */
const minutesPerYear = 525_600
const tradingDaysPerYear = 252

/**
 * Years between two instants, by minutes of the calendar in years of 365 days (Cboe, "VIX white paper", 2019: minutes to
 * the opening for options settled in the morning, to the close for others). Half days close when they do; an hour lost or
 * won to summer time is not counted.
 *
 * Throws YEARS_NEGATIVE when `to` comes first.
 *
 * @example
 * const today = { date: UnixTime.parse('2020-03-16'), at: 'close' }
 * years.calendar(today, { date: UnixTime.parse('2020-04-15'), at: 'open' }) // ≈ 0.081450
 * const thanksgivingEve = { date: UnixTime.parse('2022-11-23'), at: 'close' }
 * years.calendar(thanksgivingEve, { date: UnixTime.parse('2022-11-25'), at: 'close' }) * 365 // ≈ 1.875
 */
export function calendar(from: Instant, to: Instant): number {
  const minutes = (to.date - from.date) / UnixTime.minute + minuteOf(to) - minuteOf(from)
  return notNegative(minutes / minutesPerYear, from, to)
}

/**
 * Years between two dates, by trading days after the first, in years of 252 of them.
 *
 * Throws YEARS_NEGATIVE when `to` comes first.
 *
 * @example
 * years.trading(UnixTime.parse('2020-03-16'), UnixTime.parse('2020-04-15')) // ≈ 0.083333
 */
export function trading(from: UnixTime.UnixTime, to: UnixTime.UnixTime): number {
  const days = TradingCalendar.tradingDaysBetween(from, to)
  return notNegative(days / tradingDaysPerYear, { date: from, at: 'close' }, { date: to, at: 'close' })
}

/** The close of `from` to that of `to`, in years, as `calendar` counts them. */
export function betweenCloses(from: UnixTime.UnixTime, to: UnixTime.UnixTime): number {
  return calendar({ date: from, at: 'close' }, { date: to, at: 'close' })
}

function minuteOf({ date, at }: Instant): number {
  return at === 'open' ? opening : closing(date)
}

function notNegative(value: number, from: Instant, to: Instant): number {
  if (value >= 0) return value
  const what = `the time from ${name(from)} to ${name(to)} is negative`
  throw new CutwaterError('YEARS_NEGATIVE', what, { right: 'an expiry at or after the day it is priced on' })
}

function name({ date, at }: Instant): string {
  return Number.isFinite(date) ? `the ${at} of ${UnixTime.formatDate(date)}` : `${date}`
}
