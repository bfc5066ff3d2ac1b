import * as Note from '@cutwater/core/options/market/Note.ts'
import type { Dated } from '@cutwater/core/options/market/Tables.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Cell from '../tables/Cell.ts'
import * as Csv from '../tables/Csv.ts'

/** The first day that any table of a market may have. */
export const since = UnixTime.parse('1950-01-01')!

/** Reads a row that stands for `date`; `undefined` when it says nothing that can be used. */
export type Read<Column extends string, Value extends Dated> = (
  row: Csv.Row<Column | 'date'>,
  date: UnixTime.UnixTime,
) => Value | undefined

/**
 * Reads a table with a `date` column, in order of time, each date once (each date and `keyOf`, where it is given).
 *
 * Rows out of order are put into order and rows that say the same again are left out, both named in the
 * notes; two rows that contradict each other fail with MARKET_ROW_DUPLICATE.
 */
export function readDaily<Column extends string, Value extends Dated>(
  file: string,
  columns: Csv.Columns<Column, Column>,
  notes: Note.Notes,
  read: Read<Column, Value>,
  keyOf: (row: Csv.Row<Column | 'date'>) => string = () => '',
): readonly Value[] {
  const values: Value[] = []
  const seen = new Map<string, { readonly line: number; readonly value: Value }>()
  let isOrdered = true
  const wanted = { ...columns, required: ['date' as const, ...columns.required] }
  Csv.forEachOfSomeRows<Column | 'date', Column>(file, wanted, (row) => {
    const date = Cell.date(row, 'date', since)
    const value = read(row, date)
    if (value === undefined) return
    const key = `${Cell.text(row, 'date')} ${keyOf(row)}`
    const before = seen.get(key)
    if (before !== undefined) return noteRepeated(row, value, before, notes)
    seen.set(key, { line: row.line, value })
    if (values.length > 0 && date < values.at(-1)!.date) isOrdered = false
    values.push(value)
  })
  if (isOrdered) return values
  const what = 'rows that were not in order of time were put into it'
  Note.add(notes, { kind: 'repair', code: 'rows-sorted', what, where: file, at: values[0]!.date })
  return values.sort((a, b) => a.date - b.date)
}

/** Notes that a value of a row was mended or left out. */
export function repair(notes: Note.Notes, row: Csv.Row, at: UnixTime.UnixTime, code: string, what: string) {
  Note.add(notes, { kind: 'repair', code, what, where: Cell.place(row), at })
}

function noteRepeated(
  row: Csv.Row,
  value: Dated,
  before: { readonly line: number; readonly value: Dated },
  notes: Note.Notes,
): void {
  if (JSON.stringify(value) !== JSON.stringify(before.value))
    throw duplicateError(row, value.date, before.line)
  repair(notes, row, value.date, 'row-repeated', 'a row that says the same again was left out')
}

function duplicateError(row: Csv.Row, date: UnixTime.UnixTime, before: number): CutwaterError {
  const what = `another row of ${UnixTime.formatDate(date)} stands in line ${before}, and says something else`
  return new CutwaterError('MARKET_ROW_DUPLICATE', what, { where: Cell.place(row), right: 'one of them' })
}
