import { CutwaterError } from '../../units/CutwaterError.ts'
import * as UnixTime from '../../units/UnixTime.ts'
import * as TradingCalendar from './TradingCalendar.ts'

/** The opening or the close of a trading date. */
export type Instant = { readonly date: UnixTime.UnixTime; readonly at: 'open' | 'close' }

/** Minutes of a year of 365 days, as the VIX counts them. */
const minutesPerYear = 525_600
const tradingDaysPerYear = 252

/** New York: 09:30 and 16:00. An hour lost or won to summer time is not counted, nor an early close. */
const minutesAt: Readonly<Record<Instant['at'], number>> = { open: 570, close: 960 }

/**
 * Years between two instants, by minutes of the calendar in years of 365 days (Cboe, "VIX white paper", 2019: minutes to
 * the opening for options settled in the morning, to the close for others).
 *
 * Throws YEARS_NEGATIVE when `to` comes first.
 *
 * @example
 * const today = { date: UnixTime.parse('2020-03-16'), at: 'close' }
 * years.calendar(today, { date: UnixTime.parse('2020-04-15'), at: 'open' }) // ≈ 0.081450
 */
export function calendar(from: Instant, to: Instant): number {
  const minutes = (to.date - from.date) / UnixTime.minute + minutesAt[to.at] - minutesAt[from.at]
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

function notNegative(value: number, from: Instant, to: Instant): number {
  if (value >= 0) return value
  const what = `the time from ${name(from)} to ${name(to)} is negative`
  throw new CutwaterError('YEARS_NEGATIVE', what, { right: 'an expiry at or after the day it is priced on' })
}

function name({ date, at }: Instant): string {
  return Number.isFinite(date) ? `the ${at} of ${UnixTime.formatDate(date)}` : `${date}`
}
