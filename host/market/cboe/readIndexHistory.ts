import type { Notes } from '@cutwater/core/options/market/Note.ts'
import type { Bar } from '@cutwater/core/options/market/Tables.ts'
import * as Cell from '../../tables/Cell.ts'
import type * as Csv from '../../tables/Csv.ts'
import * as DailyRows from '../DailyRows.ts'
import { barColumns, barOf, closeOf } from '../readBars.ts'
import type { CboeFile } from './CboeFile.ts'
import { cboeDate } from './cboeDate.ts'
import { forEachCboeRow } from './forEachCboeRow.ts'

/**
 * Reads the history of an index, points: of a file with closes only, bars of a close each, without an opening. FRED's full
 * stop, or nothing, for a day without a value leaves the day out.
 */
export function readIndexHistory(cboe: CboeFile, notes: Notes, bounds: Bounds = { min: 0 }): readonly Bar[] {
  const [date, close] = cboe.header.map((cell) => cell.toLowerCase()).filter((name) => name !== '') as [
    string,
    string,
  ]
  const rows = DailyRows.create<Bar>(cboe.file, notes)
  const take = (row: Csv.Row, read: (at: number) => Bar | undefined) => {
    const bar = read(cboeDate(Cell.text(row, date), Cell.place(row)))
    if (bar !== undefined) DailyRows.take(rows, row, bar)
  }
  if (close === 'open')
    forEachCboeRow(cboe, [date, ...barColumns], (row) => take(row, (at) => barOf(row, at, notes)))
  else
    forEachCboeRow(cboe, [date, close], (row) => take(row, (at) => closeBar(row, close, at, notes, bounds)))
  return DailyRows.finish(rows)
}

/** What a close may be; those of indices are above zero. */
export type Bounds = { readonly min: number; readonly max?: number }

function closeBar(row: Csv.Row, column: string, date: number, notes: Notes, bounds: Bounds): Bar | undefined {
  if (/^\.?$/.test(Cell.text(row, column))) return undefined
  const close = bounds.min < 0 ? Cell.someNumber(row, column, bounds) : closeOf(row, column, date, notes)
  if (close === undefined) return undefined
  return { date, open: undefined, high: close, low: close, close, isMended: false }
}
