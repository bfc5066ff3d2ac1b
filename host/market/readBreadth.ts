import type { Notes } from '@cutwater/core/options/market/Note.ts'
import type { BreadthRow } from '@cutwater/core/options/market/Tables.ts'
import * as Cell from '../tables/Cell.ts'
import { repair } from './DailyRows.ts'
import { readDaily } from './readDaily.ts'

/** Reads `date,advancing,declining`, numbers of stocks. */
export function readBreadth(file: string, notes: Notes): readonly BreadthRow[] {
  const required = ['advancing', 'declining'] as const
  return readDaily(file, { required }, notes, (row, date) => {
    const [advancing, declining] = required.map((column) => Cell.someNumber(row, column, { min: 0 }))
    if (advancing !== undefined && declining !== undefined && advancing + declining > 0)
      return { date, advancing, declining }
    repair(notes, row, date, 'breadth-missing', 'a day on which no stock rose or fell was left out')
    return undefined
  })
}
