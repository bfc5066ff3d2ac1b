import { CutwaterError } from '../../units/CutwaterError.ts'
import * as UnixTime from '../../units/UnixTime.ts'

// The days on which NYSE and Cboe trade, from 1990 on. Days are 00:00 UTC of the date in New York.
//
// Holidays: NYSE Rule 7.2, and "Holidays & trading hours", nyse.com/markets/hours-calendars. Closures out of rule: NYSE,
// "Special closings" (1885-date), and the exchange's announcements of the day.

type Fixed = {
  readonly name: string
  readonly month: number
  readonly dayOfMonth: number
  readonly since: number
}

type Floating = {
  readonly name: string
  readonly month: number
  readonly weekday: number
  /** which of them in the month, from 1; -1 is the last */
  readonly nth: number
  readonly since: number
}

const firstDay = UnixTime.fromCivil({ year: 1990, month: 1, dayOfMonth: 1 })
const [sunday, monday, thursday, friday, saturday] = [0, 1, 4, 5, 6]

const newYear: Fixed = { name: "New Year's Day", month: 1, dayOfMonth: 1, since: 1990 }

const fixed: readonly Fixed[] = [
  newYear,
  { name: 'Juneteenth', month: 6, dayOfMonth: 19, since: 2022 },
  { name: 'Independence Day', month: 7, dayOfMonth: 4, since: 1990 },
  { name: 'Christmas Day', month: 12, dayOfMonth: 25, since: 1990 },
]

const floating: readonly Floating[] = [
  { name: 'Martin Luther King Jr. Day', month: 1, weekday: monday, nth: 3, since: 1998 },
  { name: "Washington's Birthday", month: 2, weekday: monday, nth: 3, since: 1990 },
  { name: 'Memorial Day', month: 5, weekday: monday, nth: -1, since: 1990 },
  { name: 'Labor Day', month: 9, weekday: monday, nth: 1, since: 1990 },
  { name: 'Thanksgiving Day', month: 11, weekday: thursday, nth: 4, since: 1990 },
]

/** Days on which there was no trade although the rules say so, with the reason. */
export const specialClosures: readonly (readonly [date: string, reason: string])[] = [
  ['1994-04-27', 'funeral of President Nixon'],
  ['2001-09-11', 'attacks of September 11'],
  ['2001-09-12', 'attacks of September 11'],
  ['2001-09-13', 'attacks of September 11'],
  ['2001-09-14', 'attacks of September 11'],
  ['2004-06-11', 'funeral of President Reagan'],
  ['2007-01-02', 'mourning for President Ford'],
  ['2012-10-29', 'hurricane Sandy'],
  ['2012-10-30', 'hurricane Sandy'],
  ['2018-12-05', 'mourning for President G. H. W. Bush'],
  ['2025-01-09', 'mourning for President Carter'],
]

const specialByDay: ReadonlyMap<UnixTime.UnixTime, string> = new Map(
  specialClosures.map(([date, reason]) => [UnixTime.parse(date)!, reason]),
)

/**
 * Whether NYSE and Cboe trade on `date`.
 *
 * Throws CALENDAR_DATE_INVALID, as all of these do, for anything but 00:00 UTC of a date from 1990 on.
 *
 * @example
 * TradingCalendar.isTradingDay(UnixTime.parse('2020-03-16')) // true
 * TradingCalendar.isTradingDay(UnixTime.parse('2020-04-10')) // false
 */
export function isTradingDay(date: UnixTime.UnixTime): boolean {
  return closure(date) === undefined
}

/**
 * Why there is no trade on `date`; `undefined` on a trading day.
 *
 * @example
 * TradingCalendar.closure(UnixTime.parse('2020-04-10')) // 'Good Friday'
 * TradingCalendar.closure(UnixTime.parse('2012-10-29')) // 'hurricane Sandy'
 * TradingCalendar.closure(UnixTime.parse('2020-03-16')) // undefined
 */
export function closure(date: UnixTime.UnixTime): string | undefined {
  const weekday = UnixTime.weekday(checked(date))
  if (weekday === saturday || weekday === sunday) return 'weekend'
  return holidayOn(date, weekday) ?? specialByDay.get(date)
}

/**
 * The first trading day after `date`.
 *
 * @example
 * UnixTime.formatDate(TradingCalendar.next(UnixTime.parse('2001-09-10'))) // '2001-09-17'
 */
export function next(date: UnixTime.UnixTime): UnixTime.UnixTime {
  let day = date + UnixTime.day
  while (!isTradingDay(day)) day += UnixTime.day
  return day
}

/**
 * The last trading day before `date`.
 *
 * @example
 * UnixTime.formatDate(TradingCalendar.previous(UnixTime.parse('2020-04-13'))) // '2020-04-09'
 */
export function previous(date: UnixTime.UnixTime): UnixTime.UnixTime {
  return atOrBefore(date - UnixTime.day)
}

/**
 * `date` itself where it is a trading day, else the last one before it.
 *
 * @example
 * UnixTime.formatDate(TradingCalendar.atOrBefore(UnixTime.parse('2020-04-10'))) // '2020-04-09'
 */
export function atOrBefore(date: UnixTime.UnixTime): UnixTime.UnixTime {
  let day = date
  while (!isTradingDay(day)) day -= UnixTime.day
  return day
}

/**
 * How many trading days come after `from`, up to and with `to`; negative when `to` comes first.
 *
 * @example
 * TradingCalendar.tradingDaysBetween(UnixTime.parse('2020-04-09'), UnixTime.parse('2020-04-14')) // 2
 */
export function tradingDaysBetween(from: UnixTime.UnixTime, to: UnixTime.UnixTime): number {
  if (checked(to) < checked(from)) return -tradingDaysBetween(to, from)
  let count = 0
  for (let day = from + UnixTime.day; day <= to; day += UnixTime.day) if (isTradingDay(day)) count++
  return count
}

/**
 * The `nth` of a weekday (0 is a Sunday) in a month, whether or not it is a trading day.
 *
 * @example
 * UnixTime.formatDate(TradingCalendar.nthWeekday(2020, 3, 5, 3)) // '2020-03-20'
 */
export function nthWeekday(year: number, month: number, weekday: number, nth: number): UnixTime.UnixTime {
  const first = UnixTime.fromCivil({ year, month, dayOfMonth: 1 })
  const days = ((weekday - UnixTime.weekday(first) + 7) % 7) + 7 * (nth - 1)
  return checked(first + days * UnixTime.day)
}

function holidayOn(date: UnixTime.UnixTime, weekday: number): string | undefined {
  const civil = UnixTime.toCivil(date)
  const found = fixed.find((holiday) => isFixed(holiday, civil)) ?? observedOn(date, weekday)
  if (found) return found.name
  if (weekday === friday && isGoodFriday(civil)) return 'Good Friday'
  return floating.find((holiday) => isFloating(holiday, civil, weekday))?.name
}

// What falls on a Sunday is kept on Monday, what falls on a Saturday on Friday; but no exchange closes on the last day of
// a year for the first of the next (NYSE Rule 7.2).
function observedOn(date: UnixTime.UnixTime, weekday: number): Fixed | undefined {
  if (weekday !== monday && weekday !== friday) return undefined
  const proper = UnixTime.toCivil(weekday === monday ? date - UnixTime.day : date + UnixTime.day)
  const found = fixed.find((holiday) => isFixed(holiday, proper))
  return weekday === friday && found === newYear ? undefined : found
}

function isFixed({ month, dayOfMonth, since }: Fixed, civil: UnixTime.Civil): boolean {
  return civil.month === month && civil.dayOfMonth === dayOfMonth && civil.year >= since
}

function isFloating(
  holiday: Floating,
  { year, month, dayOfMonth }: UnixTime.Civil,
  weekday: number,
): boolean {
  if (holiday.month !== month || holiday.weekday !== weekday || year < holiday.since) return false
  return holiday.nth === -1 ? dayOfMonth > 24 : Math.ceil(dayOfMonth / 7) === holiday.nth
}

// Two days before Easter Sunday, by the algorithm of J. Meeus, "Astronomical algorithms" (1991), chapter 8.
function isGoodFriday({ year, month, dayOfMonth }: UnixTime.Civil): boolean {
  if (month !== 3 && month !== 4) return false
  const a = year % 19
  const [b, c] = [Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.floor(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  // Counted from March 22, the earliest Easter.
  const easter = h + l - 7 * m
  return (month - 3) * 31 + dayOfMonth === easter + 20
}

function checked(date: UnixTime.UnixTime): UnixTime.UnixTime {
  if (date >= firstDay && date % UnixTime.day === 0) return date
  throw new CutwaterError('CALENDAR_DATE_INVALID', `the date is ${date}`, {
    right: 'whole days in seconds, 00:00 UTC of a date from 1990-01-01 on, such as 1584316800',
  })
}
