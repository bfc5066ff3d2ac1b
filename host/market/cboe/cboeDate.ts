import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { since } from '../readDaily.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The number of a month, from 1, by its English name or the first three letters of it; `undefined` for another word. */
export function monthOf(name: string): number | undefined {
  const at = months.indexOf(name.slice(0, 3).toLowerCase())
  return at < 0 ? undefined : at + 1
}

/**
 * A date in one of the ways the exchange writes it: `2024-01-17`, `01/17/2024`, `Wed Jan 17 2024`, `January 17, 2024`.
 * Fails with CSV_DATE_MALFORMED, or CSV_TIME_OUT_OF_RANGE before 1950 and after 2099.
 */
export function cboeDate(text: string, where: string): UnixTime.UnixTime {
  const at = isoOf(text.trim())
  const date = at === undefined ? undefined : UnixTime.parse(at)
  if (date === undefined) throw malformed(text, where)
  if (date >= since && date < latest) return date
  throw new CutwaterError('CSV_TIME_OUT_OF_RANGE', `the date is ${text}`, {
    where,
    right: 'a date from 1950 to 2099',
  })
}

const latest = UnixTime.parse('2100-01-01')!

function isoOf(text: string): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
  if (slashed) return iso(slashed[3]!, Number(slashed[1]), slashed[2]!)
  const named = /^(?:[A-Za-z]{3},? )?([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/.exec(text)
  return named ? iso(named[3]!, monthOf(named[1]!), named[2]!) : undefined
}

function iso(year: string, month: number | undefined, dayOfMonth: string): string | undefined {
  return month === undefined
    ? undefined
    : `${year}-${String(month).padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`
}

function malformed(text: string, where: string): CutwaterError {
  return new CutwaterError('CSV_DATE_MALFORMED', `the date is ${JSON.stringify(text)}`, {
    where,
    right: 'a date, such as 2024-01-17 or 01/17/2024',
  })
}
