import * as UnixTime from '../../units/UnixTime.ts'
import * as TradingCalendar from './TradingCalendar.ts'

// When VIX futures and options settle. Monthly ones: thirty days before the third Friday of the next month, when the SPX options
// expire that the VIX is then made of. Where that Friday is a holiday, thirty days before the trading day ahead of it;
// where the day itself is one, the trading day ahead of that (Cboe Futures Exchange, Rule 1202(b), VX contract
// specifications). The contracts of 2004, the first year, settled on the Wednesday before the third Friday of their own
// month, which differs in July and October.
//
// Weekly ones: thirty days before every other Friday, by the same rule (the same, "VX weekly contracts"). Futures since July 23,
// 2015, options since October 8, 2015, new ones on Thursdays, up to six weeks ahead (Cboe, "VIX Weeklys Futures and Options").
// The first to settle were of August 5 (Cboe options-hub, 2015-07-24) and of October 28 (the same, 2015-10-09).

const [thursday, friday] = [4, 5]
const ahead = 30 * UnixTime.day
const week = 7 * UnixTime.day

/** First weekly settlement day, by what settles. */
export const firstWeekly = {
  futures: UnixTime.parse('2015-08-05')!,
  options: UnixTime.parse('2015-10-28')!,
} as const

/**
 * The day on which the VIX contracts of a month settle, at its opening.
 *
 * Throws CALENDAR_DATE_INVALID before 1990.
 *
 * @example
 * UnixTime.formatDate(VixExpiry.ofMonth(2020, 3)) // '2020-03-18'
 * UnixTime.formatDate(VixExpiry.ofMonth(2014, 3)) // '2014-03-18'
 */
export function ofMonth(year: number, month: number): UnixTime.UnixTime {
  if (year < 2005)
    return TradingCalendar.atOrBefore(TradingCalendar.nthWeekday(year, month, friday, 3) - 2 * UnixTime.day)
  // Month 13 runs on into January.
  return settlingFor(TradingCalendar.nthWeekday(year, month + 1, friday, 3))
}

// What settles for the SPX options of a Friday.
function settlingFor(day: UnixTime.UnixTime): UnixTime.UnixTime {
  return TradingCalendar.atOrBefore(TradingCalendar.atOrBefore(day) - ahead)
}

/**
 * Whether weekly contracts settle on `date`: those of the weeks in which no monthly ones do.
 *
 * @example
 * VixExpiry.isWeekly(UnixTime.parse('2020-03-25')) // true
 * VixExpiry.isWeekly(UnixTime.parse('2020-03-18')) // false
 * VixExpiry.isWeekly(UnixTime.parse('2015-09-30'), 'options') // false
 */
export function isWeekly(date: UnixTime.UnixTime, of: keyof typeof firstWeekly = 'futures'): boolean {
  if (date < firstWeekly[of]) return false
  const itsFriday = date + ahead + ((friday - UnixTime.weekday(date + ahead) + 7) % 7) * UnixTime.day
  return settlingFor(itsFriday) === date && atOrAfter(date) !== date
}

/**
 * The weekly settlement days for which options can be traded on `date`, nearest first: those of the next six weeks, a new one
 * every Thursday.
 *
 * @example
 * VixExpiry.weeklies(UnixTime.parse('2015-10-09')).map(UnixTime.formatDate) // ['2015-10-28', '2015-11-04', '2015-11-11']
 */
export function weeklies(date: UnixTime.UnixTime): readonly UnixTime.UnixTime[] {
  if (date < firstOptions) return []
  const lastThursday = date - ((UnixTime.weekday(date) - thursday + 7) % 7) * UnixTime.day
  const found: UnixTime.UnixTime[] = []
  for (let day = date + UnixTime.day; day < lastThursday + 6 * week; day += UnixTime.day)
    if (isWeekly(day, 'options')) found.push(day)
  return found
}

const firstOptions = UnixTime.parse('2015-10-08')!

/**
 * The first settlement day at or after `date`.
 *
 * @example
 * UnixTime.formatDate(VixExpiry.atOrAfter(UnixTime.parse('2020-03-19'))) // '2020-04-15'
 */
export function atOrAfter(date: UnixTime.UnixTime): UnixTime.UnixTime {
  const { year, month } = UnixTime.toCivil(date)
  const own = ofMonth(year, month)
  return own >= date ? own : ofMonth(year, month + 1)
}

/**
 * All settlement days after `from`, up to and with `to`, nearest first.
 *
 * @example
 * VixExpiry.between(UnixTime.parse('2020-01-01'), UnixTime.parse('2020-03-18')).map(UnixTime.formatDate)
 * // ['2020-01-22', '2020-02-19', '2020-03-18']
 */
export function between(from: UnixTime.UnixTime, to: UnixTime.UnixTime): readonly UnixTime.UnixTime[] {
  const found: UnixTime.UnixTime[] = []
  for (let at = atOrAfter(from + UnixTime.day); at <= to; at = atOrAfter(at + UnixTime.day)) found.push(at)
  return found
}
