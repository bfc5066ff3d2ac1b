import * as UnixTime from '../../units/UnixTime.ts'
import * as TradingCalendar from './TradingCalendar.ts'

// On which days SPX options expire. Monthly ones (root SPX) settle on the opening of the third Friday, the others (root
// SPXW) on the close of their day. Where the day is a holiday they expire on the trading day before; Monday's on the one
// after (Cboe, "SPX Weeklys" product page; listing of SPXW for Tuesday 2016-09-06, after Labor Day, options-hub of
// 2016-08-17).

/** A series of options by the day it expires on. */
export type Series = {
  readonly root: 'SPX' | 'SPXW'
  readonly expiry: UnixTime.UnixTime
  /** at the opening (SOQ) of that day, or at its close */
  readonly settles: 'open' | 'close'
}

const [sunday, monday, friday, saturday] = [0, 1, 5, 6]

/**
 * First expiry that could be traded, by weekday from Monday.
 *
 * Friday: weekly options settle on the close since December 2010. Wednesday: Cboe options-hub, 2016-02-22. Monday: the same,
 * 2016-08-17. Tuesday and Thursday: Cboe press release of April 2022, listed from April 18 and May 11.
 */
const firstWeekly: readonly UnixTime.UnixTime[] = [
  '2016-08-22',
  '2022-04-19',
  '2016-03-02',
  '2022-05-12',
  '2010-12-10',
].map((date) => UnixTime.parse(date)!)

/** PM-settled options on the third Friday: traded on C2 since October 2011, as SPXPM on Cboe since 2013, as SPXW since 2017. */
const firstThirdFriday = UnixTime.parse('2011-10-21')!
/** Quarter ends since 2006, as SPX Quarterlys; every month end since July 2014. */
const firstQuarterEnd = UnixTime.parse('2006-09-29')!
const firstMonthEnd = UnixTime.parse('2014-07-31')!

/**
 * The day on which the options of a month expire that settle on the opening: the third Friday, or the trading day before.
 *
 * Throws CALENDAR_DATE_INVALID, as all of these do, before 1990.
 *
 * @example
 * UnixTime.formatDate(SpxExpiry.ofMonth(2022, 4)) // '2022-04-14'
 */
export function ofMonth(year: number, month: number): UnixTime.UnixTime {
  return TradingCalendar.atOrBefore(TradingCalendar.nthWeekday(year, month, friday, 3))
}

/**
 * What expires on `date`: nothing, the monthly options, others, or both.
 *
 * @example
 * SpxExpiry.on(UnixTime.parse('2020-03-20')).map(({ root, settles }) => `${root} ${settles}`)
 * // ['SPX open', 'SPXW close']
 * SpxExpiry.on(UnixTime.parse('2020-03-19')) // []
 */
export function on(date: UnixTime.UnixTime): readonly Series[] {
  if (!TradingCalendar.isTradingDay(date)) return []
  const { year, month } = UnixTime.toCivil(date)
  const found: Series[] = []
  const isMonthly = date === ofMonth(year, month)
  if (isMonthly) found.push({ root: 'SPX', expiry: date, settles: 'open' })
  if (hasWeekly(date, isMonthly) || endsPeriod(date, month))
    found.push({ root: 'SPXW', expiry: date, settles: 'close' })
  return found
}

/**
 * All that expires after `from`, up to and with `to`, nearest first.
 *
 * @example
 * SpxExpiry.between(UnixTime.parse('2023-04-05'), UnixTime.parse('2023-04-11')).map(({ expiry }) => UnixTime.formatDate(expiry))
 * // ['2023-04-06', '2023-04-10', '2023-04-11']
 */
export function between(from: UnixTime.UnixTime, to: UnixTime.UnixTime): readonly Series[] {
  const found: Series[] = []
  for (let day = from + UnixTime.day; day <= to; day += UnixTime.day) found.push(...on(day))
  return found
}

function hasWeekly(date: UnixTime.UnixTime, isMonthly: boolean): boolean {
  return nominalDays(date).some((day) => {
    const first = isMonthly && UnixTime.weekday(day) === friday ? firstThirdFriday : undefined
    return day >= (first ?? firstWeekly[UnixTime.weekday(day) - monday]!)
  })
}

// The weekdays whose options expire on a trading day: its own, those of holidays right after it, and a Monday right before.
function nominalDays(date: UnixTime.UnixTime): readonly UnixTime.UnixTime[] {
  const days = [date]
  for (let day = date + UnixTime.day; isHoliday(day) && UnixTime.weekday(day) !== monday; day += UnixTime.day)
    days.push(day)
  const before = date - UnixTime.day
  if (UnixTime.weekday(before) === monday && isHoliday(before)) days.push(before)
  return days
}

function isHoliday(day: UnixTime.UnixTime): boolean {
  const weekday = UnixTime.weekday(day)
  return weekday !== saturday && weekday !== sunday && !TradingCalendar.isTradingDay(day)
}

function endsPeriod(date: UnixTime.UnixTime, month: number): boolean {
  if (UnixTime.toCivil(TradingCalendar.next(date)).month === month) return false
  return date >= (month % 3 === 0 ? firstQuarterEnd : firstMonthEnd)
}
