import type { Levels } from '@cutwater/core/options/market/MarketDay.ts'
import type { Notes } from '@cutwater/core/options/market/Note.ts'
import * as Cell from '../tables/Cell.ts'
import type * as Csv from '../tables/Csv.ts'
import { repair } from './DailyRows.ts'
import { readDaily } from './readDaily.ts'

/** Reads a date and levels by name, points; an empty cell, or one of zero, is an absent level. */
export function readLevels<Name extends string>(
  file: string,
  names: readonly Name[],
  notes: Notes,
): readonly (Levels & { readonly values: Readonly<Partial<Record<Name, number>>> })[] {
  return readDaily<Name, Levels & { readonly values: Partial<Record<Name, number>> }>(
    file,
    { required: [], optional: names },
    notes,
    (row, date) => ({ date, values: levelsOf(row, date, names, notes) }),
  )
}

function levelsOf<Name extends string>(
  row: Csv.Row<Name>,
  date: number,
  names: readonly Name[],
  notes: Notes,
): Record<Name, number> {
  const values = {} as Record<Name, number>
  for (const name of names) {
    const level = Cell.someNumber(row, name, { min: 0 })
    if (level === 0) repair(notes, row, date, 'level-zero', `a level of zero was left out (${name})`)
    else if (level !== undefined) values[name] = level
  }
  return values
}
