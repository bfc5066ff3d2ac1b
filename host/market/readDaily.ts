import * as Note from '@cutwater/core/options/market/Note.ts'
import type { Dated } from '@cutwater/core/options/market/Tables.ts'
import { nearest } from '@cutwater/core/units/nearest.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Cell from '../tables/Cell.ts'
import * as Csv from '../tables/Csv.ts'
import * as DailyRows from './DailyRows.ts'

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
 * Fails as `Csv.forEachRow` and `DailyRows` do.
 */
export function readDaily<Column extends string, Value extends Dated>(
  file: string,
  columns: Csv.Columns<Column, Column>,
  notes: Note.Notes,
  read: Read<Column, Value>,
  keyOf?: (row: Csv.Row<Column | 'date'>) => string,
): readonly Value[] {
  const rows = DailyRows.create<Value>(file, notes)
  let count = 0
  const wanted = { ...columns, required: ['date' as const, ...columns.required] }
  Csv.forEachOfSomeRows<Column | 'date', Column>(file, wanted, (row) => {
    const date = Cell.date(row, 'date', since)
    if (++count === 1) noteMisspelt(row, wanted, date, notes)
    const value = read(row, date)
    if (value !== undefined) DailyRows.take(rows, row, value, keyOf?.(row))
  })
  return DailyRows.finish(rows)
}

// A column that may be missing, and is, beside one of nearly its name: without a word nobody would see what is lost.
function noteMisspelt(
  row: Csv.Row,
  columns: Csv.Columns<string, string>,
  at: number,
  notes: Note.Notes,
): void {
  const header = row.header ?? []
  const known = [...columns.required, ...(columns.optional ?? [])]
  const unread = header.filter((name) => !known.includes(name))
  for (const column of columns.optional ?? []) {
    const similar = header.includes(column) ? undefined : nearest(column, unread)
    if (similar === undefined) continue
    const what = `there is no column ${column}, but one named ${JSON.stringify(similar)}`
    Note.add(notes, { kind: 'trap', code: 'column-misspelt', what, where: `${row.file}:1`, at })
  }
}
