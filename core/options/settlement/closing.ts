import * as UnixTime from '../../units/UnixTime.ts'
import * as TradingCalendar from './TradingCalendar.ts'

// Days on which NYSE and Cboe close early, as announced long before: "Holidays & trading hours", nyse.com/markets/hours-calendars,
// and NYSE, "Special closings" (1885-date). What stopped trade unannounced, such as snow, nobody could reckon with; it is left out.

/** Minutes after midnight in New York at which trade begins, and at which it ends on a whole day. */
export const opening = 570
export const wholeDay = 960

const [monday, tuesday, wednesday, thursday, friday] = [1, 2, 3, 4, 5]

/**
 * When trade in stocks ends on `date`, minutes after midnight in New York: at 16:00, on half days at 13:00, until 1992 at
 * 14:00. Options that settle on the close settle then.
 *
 * Throws CALENDAR_DATE_INVALID as the calendar does.
 *
 * @example
 * closing(UnixTime.parse('2022-11-23')) // 960
 * closing(UnixTime.parse('2022-11-25')) // 780
 */
export function closing(date: UnixTime.UnixTime): number {
  const civil = UnixTime.toCivil(date)
  if (civil.month !== 7 && civil.month < 11) return wholeDay
  if (!isHalfDay(date, civil) || !TradingCalendar.isTradingDay(date)) return wholeDay
  return civil.year < 1993 ? 840 : 780
}

function isHalfDay(date: UnixTime.UnixTime, { year, month, dayOfMonth }: UnixTime.Civil): boolean {
  const weekday = UnixTime.weekday(date)
  if (month === 11) return year >= 1992 && isAfterThanksgiving(date, year)
  if (month === 12)
    return dayOfMonth === 24 ? weekday !== friday : dayOfMonth === 26 && bridged.includes(year)
  // The day before Independence Day, and until 2012, where that is a Thursday, the Friday after it instead.
  if (dayOfMonth === 5) return weekday === friday && year >= 1996 && year < 2013
  if (dayOfMonth !== 3 || year < 1995) return false
  return weekday === wednesday ? year >= 2013 : [monday, tuesday, thursday].includes(weekday)
}

/** Years in which the Friday after Christmas was a half day. */
const bridged: readonly number[] = [1997, 2003]

function isAfterThanksgiving(date: UnixTime.UnixTime, year: number): boolean {
  return date === TradingCalendar.nthWeekday(year, 11, thursday, 4) + UnixTime.day
}
