import type { Notes } from '@cutwater/core/options/market/Note.ts'
import type { Bar } from '@cutwater/core/options/market/Tables.ts'
import * as Cell from '../tables/Cell.ts'
import type * as Csv from '../tables/Csv.ts'
import { repair } from './DailyRows.ts'
import { readDaily } from './readDaily.ts'

/** The columns of a bar. */
export const barColumns = ['open', 'high', 'low', 'close'] as const

/**
 * Reads `date,open,high,low,close`, points.
 *
 * A row without a close, or with one of zero, is left out; a part that is missing, or that contradicts the others, is
 * mended: high and low are widened to hold opening and close.
 */
export function readBars(file: string, notes: Notes): readonly Bar[] {
  return readDaily(file, { required: barColumns }, notes, (row, date) => barOf(row, date, notes))
}

/** The bar of a row; `undefined`, and a note, where it has no close. */
export function barOf(
  row: Csv.Row<(typeof barColumns)[number]>,
  date: number,
  notes: Notes,
): Bar | undefined {
  const [open, high, low] = barColumns.map((column) => Cell.someNumber(row, column, { min: 0 }) || undefined)
  const close = closeOf(row, 'close', date, notes)
  if (close === undefined) return undefined
  const known = [open ?? close, close]
  const bar = { high: Math.max(high ?? close, ...known), low: Math.min(low ?? close, ...known) }
  const isMended = open === undefined || bar.high !== high || bar.low !== low
  const what = 'high and low were widened to hold opening and close, or set where missing'
  if (isMended) repair(notes, row, date, 'bar-mended', what)
  return { date, open, ...bar, close, isMended }
}

/** A level above zero; `undefined`, and a note, where there is none. */
export function closeOf<Column extends string>(
  row: Csv.Row<Column>,
  column: Column,
  date: number,
  notes: Notes,
): number | undefined {
  const close = Cell.someNumber(row, column, { min: 0 })
  if (close) return close
  repair(notes, row, date, 'close-missing', 'a day without a close, or with one of zero, was left out')
  return undefined
}
