import type { Notes } from '@cutwater/core/options/market/Note.ts'
import type { FutureRow } from '@cutwater/core/options/market/Tables.ts'
import * as TradingCalendar from '@cutwater/core/options/settlement/TradingCalendar.ts'
import * as VixExpiry from '@cutwater/core/options/settlement/VixExpiry.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Cell from '../tables/Cell.ts'
import type * as Csv from '../tables/Csv.ts'
import { repair } from './DailyRows.ts'
import { readDaily, since } from './readDaily.ts'

/** Reads `date,expiry,settle` of VIX futures, points: the monthly contracts; weekly ones are left out. */
export function readFutures(file: string, notes: Notes): readonly FutureRow[] {
  const classOf = expiryClasses()
  const columns = { required: ['expiry', 'settle'] as const }
  return readDaily(
    file,
    columns,
    notes,
    (row, date) => {
      const expiry = Cell.date(row, 'expiry', since)
      const settle = Cell.someNumber(row, 'settle', { min: 0 })
      return checkedFuture(row, { date, expiry, settle }, classOf, notes)
    },
    (row) => Cell.text(row, 'expiry'),
  )
}

/** What an expiry is: of a monthly contract, of a weekly one, or of none. */
export type ExpiryClass = 'monthly' | 'weekly' | 'impossible'

/** Tells expiries apart; each is looked at once. */
export function expiryClasses(): (expiry: UnixTime.UnixTime) => ExpiryClass {
  const known = new Map<number, ExpiryClass>()
  return (expiry) => {
    const found = known.get(expiry) ?? classify(expiry)
    known.set(expiry, found)
    return found
  }
}

/** The row as a future, or `undefined` and a note where it has no settle or is of a weekly contract. */
export function checkedFuture(
  row: Csv.Row,
  { date, expiry, settle }: { date: number; expiry: number; settle: number | undefined },
  classOf: (expiry: UnixTime.UnixTime) => ExpiryClass,
  notes: Notes,
): FutureRow | undefined {
  if (expiry < date) throw expiredError(row, date, expiry)
  const kind = classOf(expiry)
  if (kind === 'impossible') throw impossibleError(row, expiry)
  if (kind === 'weekly') {
    repair(notes, row, date, 'future-weekly', 'a weekly contract was left out: the strip is of monthly ones')
    return undefined
  }
  if (settle === undefined || settle === 0) {
    repair(
      notes,
      row,
      date,
      'settle-missing',
      'a contract without a settle, or with one of zero, was left out',
    )
    return undefined
  }
  return { date, expiry, settle }
}

// An unforeseen closure moves an expiry by a day or two; the weekly ones are a week away, and before 2015 there were none.
const mostMoved = 3 * UnixTime.day

function classify(expiry: UnixTime.UnixTime): ExpiryClass {
  if (!TradingCalendar.isTradingDay(expiry)) return 'impossible'
  const { year, month } = UnixTime.toCivil(expiry)
  if (Math.abs(VixExpiry.ofMonth(year, month) - expiry) <= mostMoved) return 'monthly'
  return expiry < VixExpiry.firstWeekly.futures - mostMoved ? 'impossible' : 'weekly'
}

function expiredError(row: Csv.Row, date: number, expiry: number): CutwaterError {
  const what = `the contract of ${UnixTime.formatDate(expiry)} has a settle on ${UnixTime.formatDate(date)}, after it expired`
  return new CutwaterError('FUTURES_EXPIRED', what, {
    where: Cell.place(row),
    right: 'an expiry at or after the date',
  })
}

function impossibleError(row: Csv.Row, expiry: number): CutwaterError {
  const date = UnixTime.formatDate(expiry)
  const why =
    TradingCalendar.closure(expiry) ?? 'it is no monthly one, and weekly ones settle since August 2015'
  const what = `no contract expires on ${date}: ${why}`
  return new CutwaterError('FUTURES_EXPIRY_IMPOSSIBLE', what, {
    where: Cell.place(row),
    right: 'a trading day on which VX contracts settle',
  })
}
