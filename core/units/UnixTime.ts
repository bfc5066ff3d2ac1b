/** Time as whole seconds since 1970-01-01T00:00:00Z, always UTC. */
export type UnixTime = number

export const minute = 60
export const hour = 3_600
export const day = 86_400
/** A year of 365.25 days, the year behind every per-year rate here. */
export const year = 31_557_600

/**
 * The start of the UTC day that holds `at`, seconds.
 *
 * @example
 * UnixTime.startOfDay(1659389551) // 1659312000
 */
export function startOfDay(at: UnixTime): UnixTime {
  return at - modulo(at, day)
}

/**
 * ISO 8601 text in UTC, to the second; `parse` reads it back from year 0 to year 9999.
 *
 * @example
 * UnixTime.format(1659389551) // '2022-08-01T21:32:31Z'
 */
export function format(at: UnixTime): string {
  const seconds = Math.floor(modulo(at, day))
  const clock = [Math.floor(seconds / hour), Math.floor(seconds / minute) % 60, seconds % 60]
  return `${formatDate(at)}T${clock.map(twoDigits).join(':')}Z`
}

/**
 * A span of time in the one unit that suits it, to so many decimals.
 *
 * @example
 * UnixTime.spanText(5400) // '90 minutes'
 * UnixTime.spanText(9000, 1) // '2.5 hours'
 * UnixTime.spanText(172800) // '2 days'
 */
export function spanText(seconds: number, digits = 0): string {
  const [unit, name] =
    seconds >= 2 * day ? [day, 'days'] : seconds >= 2 * hour ? [hour, 'hours'] : [minute, 'minutes']
  const scale = 10 ** digits
  return `${Math.round((scale * seconds) / unit) / scale} ${name}`
}

/**
 * The UTC date of `at`, year first.
 *
 * @example
 * UnixTime.formatDate(1659389551) // '2022-08-01'
 */
export function formatDate(at: UnixTime): string {
  const { year, month, dayOfMonth } = civilFromDays(Math.floor(at / day))
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`
}

/**
 * Reads whole unix seconds, a date, or a date with a clock in UTC; `undefined` for anything else: a fraction
 * of a second, milliseconds, another time zone, a day that no calendar has.
 *
 * @example
 * UnixTime.parse('2022-08-01T21:32:31Z') // 1659389551
 * UnixTime.parse('2022-08-01') // 1659312000
 * UnixTime.parse('1659389551') // 1659389551
 * UnixTime.parse('2022-08-01T21:32:31.000Z') // 1659389551
 * UnixTime.parse('2022-02-30') // undefined
 */
export function parse(text: string): UnixTime | undefined {
  if (/^\d{1,12}$/.test(text)) return Number(text)
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.0+)?)?(?:Z|\+00:00)?)?$/.exec(text)
  if (!match) return undefined
  const [years, months, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  if (hours! > 23 || minutes! > 59 || seconds! > 59) return undefined
  const at = daysFromCivil(years!, months!, days!) * day
  if (formatDate(at) !== text.slice(0, 10)) return undefined
  return at + hours! * hour + minutes! * minute + seconds!
}

/** A date of the calendar; months and days count from 1. */
export type Civil = { readonly year: number; readonly month: number; readonly dayOfMonth: number }

/**
 * The UTC date of `at` in its parts.
 *
 * @example
 * UnixTime.toCivil(1659389551) // { year: 2022, month: 8, dayOfMonth: 1 }
 */
export function toCivil(at: UnixTime): Civil {
  return civilFromDays(Math.floor(at / day))
}

/**
 * The first second of a date; days past the end of a month run on into the next.
 *
 * @example
 * UnixTime.fromCivil({ year: 2022, month: 8, dayOfMonth: 1 }) // 1659312000
 */
export function fromCivil({ year, month, dayOfMonth }: Civil): UnixTime {
  return daysFromCivil(year, month, dayOfMonth) * day
}

/**
 * The day of the week in UTC, from 0, a Sunday, to 6, a Saturday.
 *
 * @example
 * UnixTime.weekday(1659389551) // 1
 */
export function weekday(at: UnixTime): number {
  // 1970-01-01 was a Thursday.
  return modulo(Math.floor(at / day) + 4, 7)
}

// The two conversions between days and dates follow Howard Hinnant, "chrono-compatible low-level date
// algorithms" (https://howardhinnant.github.io/date_algorithms.html): eras of 400 years, March first.

function civilFromDays(days: number) {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth }
}

function daysFromCivil(years: number, month: number, dayOfMonth: number): number {
  const shiftedYear = month <= 2 ? years - 1 : years
  const era = Math.floor(shiftedYear / 400)
  const yearOfEra = shiftedYear - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
