import type { Notes } from '@cutwater/core/options/market/Note.ts'
import type { Bar } from '@cutwater/core/options/market/Tables.ts'
import * as Cell from '../tables/Cell.ts'
import { readDaily, repair } from './readDaily.ts'

/**
 * Reads `date,open,high,low,close`, points.
 *
 * A row without a close, or with one of zero, is left out; a part that is missing, or that contradicts the others, is
 * mended: high and low are widened to hold opening and close.
 */
export function readBars(file: string, notes: Notes): readonly Bar[] {
  const required = ['open', 'high', 'low', 'close'] as const
  return readDaily(file, { required }, notes, (row, date) => {
    const [open, high, low, close] = required.map(
      (column) => Cell.someNumber(row, column, { min: 0 }) || undefined,
    )
    if (close === undefined) {
      repair(notes, row, date, 'close-missing', 'a bar without a close, or with one of zero, was left out')
      return undefined
    }
    const known = [open ?? close, close]
    const bar = { high: Math.max(high ?? close, ...known), low: Math.min(low ?? close, ...known) }
    const isMended = open === undefined || bar.high !== high || bar.low !== low
    if (isMended)
      repair(
        notes,
        row,
        date,
        'bar-mended',
        'high and low were widened to hold opening and close, or set where missing',
      )
    return { date, open, ...bar, close, isMended }
  })
}
