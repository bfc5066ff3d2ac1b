import * as Input from '../../finance/Input.ts'
import * as UnixTime from '../../units/UnixTime.ts'
import * as TradingCalendar from '../settlement/TradingCalendar.ts'

// Variance comes with trading: a weekend brings little of it, half of a day's comes before its opening. Options priced by the calendar
// alone would be far too dear over a weekend: on Friday 2023-02-03 those of Monday stood at 12%, those of Tuesday at 16%.

/**
 * What a day without trade counts, in trading days. French and Roll, "Stock return variances", Journal of Financial
 * Economics 17 (1986): the variance of a weekend is a tenth more than that of a day. `node scripts/fitSurface.ts` prints
 * what the chains say.
 */
export const closedDay = 0.08

/** The share of a trading day's variance that comes before its opening, printed by `node scripts/fitSurface.ts`. */
export const beforeOpening = 0.48

/**
 * How much variance time passes from the close of `date` on, in trading days. Years are those of `years.calendar`, of
 * 365 days: a whole number of days ends at a close, and one that lacks six and a half hours at an opening.
 *
 * @example
 * const friday = UnixTime.parse('2023-02-03')
 * VarianceClock.elapsed(friday, 3 / 365) // ≈ 1.16
 * VarianceClock.elapsed(friday, 4 / 365) // ≈ 2.16
 * VarianceClock.elapsed(friday, (4 - 6.5 / 24) / 365) // ≈ 1.64
 */
export function elapsed(date: UnixTime.UnixTime, years: number): number {
  const days = Input.atLeast(0, years, 'years') * 365
  const whole = Math.ceil(days - rounding)
  if (whole <= 0) return 0
  const first = Math.round((date - origin) / UnixTime.day)
  const before = atClose(first + whole - 1) - atClose(first)
  const last = atClose(first + whole) - atClose(first) - before
  return before + last * shareOfDay(Math.min(1, days - whole + 1), last === 1)
}

const origin = UnixTime.parse('1990-01-01')!
const rounding = 1e-9
/** 16:00 to 09:30 as a share of 24 hours */
const overnight = 17.5 / 24

// Trading days from the origin to the close of each day after it. The calendar is the same whenever it is asked.
const closes: number[] = [0]

function atClose(index: number): number {
  while (closes.length <= index) {
    const isOpen = TradingCalendar.isTradingDay(origin + closes.length * UnixTime.day)
    closes.push(closes.at(-1)! + (isOpen ? 1 : closedDay))
  }
  return closes[index]!
}

function shareOfDay(passed: number, isTraded: boolean): number {
  if (!isTraded) return passed
  if (passed <= overnight) return (beforeOpening * passed) / overnight
  return beforeOpening + ((1 - beforeOpening) * (passed - overnight)) / (1 - overnight)
}
