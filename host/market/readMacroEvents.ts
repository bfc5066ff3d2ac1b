import type { MacroEvent } from '@cutwater/core/options/market/MarketDay.ts'
import type { Notes } from '@cutwater/core/options/market/Note.ts'
import * as Cell from '../tables/Cell.ts'
import type * as Csv from '../tables/Csv.ts'
import { repair } from './DailyRows.ts'
import { readDaily } from './readDaily.ts'

const events: ReadonlyMap<string, Pick<MacroEvent, 'kind' | 'scheduled'>> = new Map([
  ['fomc_scheduled', { kind: 'fomc', scheduled: true }],
  ['fomc_unscheduled', { kind: 'fomc', scheduled: false }],
  ['cpi', { kind: 'cpi', scheduled: true }],
  ['ppi', { kind: 'ppi', scheduled: true }],
  ['nfp', { kind: 'nfp', scheduled: true }],
])

/** Reads `date,event,time_et`; an event of another name is left out. */
export function readMacroEvents(file: string, notes: Notes): readonly MacroEvent[] {
  return readDaily(
    file,
    { required: ['event'] as const, optional: ['time_et'] as const },
    notes,
    (row, date) => {
      const name = Cell.someText(row, 'event')
      const event = events.get(name)
      if (event !== undefined) return { date, ...event, ...timeOf(row) }
      repair(notes, row, date, 'event-unknown', `events named ${JSON.stringify(name)} were left out`)
      return undefined
    },
    (row) => Cell.text(row, 'event'),
  )
}

function timeOf(row: Csv.Row<'time_et'>): { time?: string } {
  const time = Cell.text(row, 'time_et')
  if (time === '') return {}
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return { time }
  throw Cell.malformed(row, 'time_et', 'CSV_TIME_MALFORMED', 'a time in New York, such as 08:30')
}
