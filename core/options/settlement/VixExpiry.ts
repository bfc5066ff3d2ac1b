import * as UnixTime from '../../units/UnixTime.ts'
import * as TradingCalendar from './TradingCalendar.ts'

// When monthly VIX futures and options settle: thirty days before the third Friday of the next month, when the SPX options
// expire that the VIX is then made of. Where that Friday is a holiday, thirty days before the trading day ahead of it;
// where the day itself is one, the trading day ahead of that (Cboe Futures Exchange, Rule 1202(b), VX contract
// specifications). The contracts of 2004, the first year, settled on the Wednesday before the third Friday of their own
// month, which differs in July and October. Weekly VIX futures and options are left out.

const friday = 5
const ahead = 30 * UnixTime.day

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
  const third = TradingCalendar.atOrBefore(TradingCalendar.nthWeekday(year, month + 1, friday, 3))
  return TradingCalendar.atOrBefore(third - ahead)
}

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
