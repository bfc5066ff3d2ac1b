import * as Input from '../../finance/Input.ts'
import * as UnixTime from '../../units/UnixTime.ts'
import { closing, opening, wholeDay } from '../settlement/closing.ts'
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
 * How much variance time passes from the close of `date` on, in trading days. Years are those of `years.calendar`, of 365
 * days of 1,440 minutes. A half day counts as much less as its session is shorter: 0.76.
 *
 * @example
 * const friday = UnixTime.parse('2023-02-03')
 * VarianceClock.elapsed(friday, 3 / 365) // ≈ 1.16
 * VarianceClock.elapsed(friday, 4 / 365) // ≈ 2.16
 * VarianceClock.elapsed(friday, (4 - 6.5 / 24) / 365) // ≈ 1.64
 * const thanksgivingEve = UnixTime.parse('2022-11-23')
 * VarianceClock.elapsed(thanksgivingEve, 1.875 / 365) // ≈ 0.84
 */
export function elapsed(date: UnixTime.UnixTime, years: number): number {
  const first = Math.round((date - origin) / UnixTime.day)
  const from = closeOf(first)
  const until = from + Input.atLeast(0, years, 'years') * 365 * minutesPerDay
  let day = first + Math.floor((until - from) / minutesPerDay)
  while (closeOf(day) < until - rounding) day++
  if (day === first) return 0
  const before = passedAt(day - 1) - passedAt(first)
  const last = passedAt(day) - passedAt(day - 1)
  const start = closeOf(day - 1)
  return before + last * shareOf(day, (until - start) / (closeOf(day) - start), start)
}

const origin = UnixTime.parse('1990-01-01')!
const minutesPerDay = 1440
const rounding = 1e-6

// By days from the origin: minutes from the origin to the close of the day, and trading days passed until then. The calendar
// is the same whenever it is asked.
const closes: number[] = [wholeDay]
const passed: number[] = [0]

function closeOf(day: number): number {
  fill(day)
  return closes[day]!
}

function passedAt(day: number): number {
  fill(day)
  return passed[day]!
}

function fill(until: number): void {
  for (let day = closes.length; day <= until; day++) {
    const date = origin + day * UnixTime.day
    const close = closing(date)
    closes.push(day * minutesPerDay + close)
    passed.push(passed[day - 1]! + (TradingCalendar.isTradingDay(date) ? weightOf(close) : closedDay))
  }
}

function weightOf(close: number): number {
  return beforeOpening + ((1 - beforeOpening) * (close - opening)) / (wholeDay - opening)
}

// The part of a day's variance that has come when a share of the time from close to close has passed.
function shareOf(day: number, share: number, start: number): number {
  const weight = passedAt(day) - passedAt(day - 1)
  if (weight === closedDay) return Math.min(1, share)
  const overnight = (day * minutesPerDay + opening - start) / (closeOf(day) - start)
  const early = beforeOpening / weight
  if (share <= overnight) return (early * share) / overnight
  return early + ((1 - early) * (Math.min(1, share) - overnight)) / (1 - overnight)
}
