import * as UnixTime from '../../../units/UnixTime.ts'
import * as TradingCalendar from '../../settlement/TradingCalendar.ts'
import {
  type IndexName,
  indexNames,
  type MacroEvent,
  type MarketDay,
  type MarketHistory,
} from '../MarketDay.ts'
import type { Note } from '../Note.ts'
import { notesOf, type Run, runs } from './runs.ts'

/** What is not there, and could be: trading days, indices once published, months of strips, breadth. */
export function gaps({ days, events }: MarketHistory): readonly Note[] {
  return [
    ...missingDays(days),
    ...indexNames.flatMap((name) => missingIndex(days, name)),
    ...missingStrips(days),
    ...missingMonths(days),
    ...missingBreadth(days),
    ...endedEvents(days, events),
  ]
}

function missingDays(days: readonly MarketDay[]): readonly Note[] {
  const known = new Set(days.map(({ date }) => date))
  const all: number[] = []
  for (let date = days[0]!.date; date <= days.at(-1)!.date; date = TradingCalendar.next(date)) all.push(date)
  const found = runs(all, (date) => !known.has(date))
  return notesOf(found, gap('day-missing', 'a trading day is not there', 'days'))
}

function missingIndex(days: readonly MarketDay[], name: IndexName): readonly Note[] {
  const first = days.findIndex(({ indices }) => indices[name] !== undefined)
  if (first < 0) return []
  const since = days.slice(first)
  const what = `${name} is absent although published since ${UnixTime.formatDate(since[0]!.date)}`
  const found = daysWhere(since, ({ indices }) => indices[name] === undefined)
  return notesOf(found, gap('index-absent', what, 'indices'))
}

function missingStrips(days: readonly MarketDay[]): readonly Note[] {
  const first = days.findIndex(({ futures }) => futures.length > 0)
  if (first < 0) return []
  const found = daysWhere(days.slice(first), ({ futures }) => futures.length === 0)
  return notesOf(found, gap('strip-missing', 'there is no VIX future at all', 'futures'))
}

// Strips are looked at from the first contract to the last: a month between two that is not listed is missing.
function missingMonths(days: readonly MarketDay[]): readonly Note[] {
  const months = new Map<number, number>()
  const monthOf = (expiry: number): number => {
    const known = months.get(expiry)
    if (known !== undefined) return known
    const { year, month } = UnixTime.toCivil(expiry)
    months.set(expiry, year * 12 + month)
    return year * 12 + month
  }
  const found = daysWhere(days, ({ futures }) =>
    futures.some(({ expiry }, i) => i > 0 && monthOf(expiry) - monthOf(futures[i - 1]!.expiry) > 1),
  )
  const what = 'a month between the first and the last future is not listed; its level has to be interpolated'
  return notesOf(found, gap('strip-month-missing', what, 'futures'))
}

function missingBreadth(days: readonly MarketDay[]): readonly Note[] {
  const first = days.findIndex(({ breadth }) => breadth !== undefined)
  if (first < 0) return []
  const none = daysWhere(days.slice(first), ({ breadth }) => breadth === undefined)
  const synthetic = daysWhere(days, ({ breadth }) => breadth?.source === 'synthetic')
  const what =
    'breadth is the synthetic one: it counts other stocks, so its level must not be joined to that of NYSE'
  return [
    ...notesOf(none, gap('breadth-absent', 'there is no breadth', 'breadth')),
    ...notesOf(synthetic, gap('breadth-synthetic', what, 'breadth')),
  ]
}

// Releases are announced long before, so a calendar that ends before the days do has not been kept up.
function endedEvents(days: readonly MarketDay[], events: readonly MacroEvent[]): readonly Note[] {
  const last = new Map<MacroEvent['kind'], number>()
  for (const { kind, date } of events) last.set(kind, Math.max(date, last.get(kind) ?? 0))
  return [...last].flatMap(([kind, end]) => {
    const what = `the calendar of ${kind} ends on ${UnixTime.formatDate(end)}: rules that look at dates see none after it`
    return notesOf(
      runs(
        days.map(({ date }) => date),
        (date) => date > end,
      ),
      gap('events-ended', what, 'events'),
    )
  })
}

function daysWhere(days: readonly MarketDay[], holds: (day: MarketDay) => boolean): readonly Run[] {
  const found = new Set(days.filter(holds).map(({ date }) => date))
  const dates = days.map(({ date }) => date)
  return runs(dates, (date) => found.has(date))
}

function gap(code: string, what: string, where: string) {
  return { kind: 'gap', code, what, where } as const
}
