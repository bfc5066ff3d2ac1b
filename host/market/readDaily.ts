import type { Notes } from '@cutwater/core/options/market/Note.ts'
import type { Dated } from '@cutwater/core/options/market/Tables.ts'
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
  notes: Notes,
  read: Read<Column, Value>,
  keyOf?: (row: Csv.Row<Column | 'date'>) => string,
): readonly Value[] {
  const rows = DailyRows.create<Value>(file, notes)
  const wanted = { ...columns, required: ['date' as const, ...columns.required] }
  Csv.forEachOfSomeRows<Column | 'date', Column>(file, wanted, (row) => {
    const value = read(row, Cell.date(row, 'date', since))
    if (value !== undefined) DailyRows.take(rows, row, value, keyOf?.(row))
  })
  return DailyRows.finish(rows)
}
