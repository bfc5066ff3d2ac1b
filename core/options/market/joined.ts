import type { MarketDay } from './MarketDay.ts'
import * as Note from './Note.ts'
import type { Dated, Tables } from './Tables.ts'

/** Levels of two sources that differ by more than this are said to disagree, relative. */
const agreement = 0.005

/**
 * Tables of two sources as one: where both have a row, the first is believed; a close that differs is noted.
 *
 * @example
 * const bar = (date, close) => ({ date, open: close, high: close, low: close, close, isMended: false })
 * const first = { ...Tables.none, spx: [bar(0, 100)] }
 * const second = { ...Tables.none, spx: [bar(0, 101), bar(86_400, 102)] }
 * joined(first, second).spx.map(({ close }) => close) // [100, 102]
 * joined(first, second).notes.map(({ code }) => code) // ['sources-disagree']
 */
export function joined(first: Tables, second: Tables): Tables {
  const notes: Note.Notes = new Map()
  return {
    spx: merged(first.spx, second.spx, 'spx', notes),
    vix: merged(first.vix, second.vix, 'vix', notes),
    indices: levels(first.indices, second.indices),
    futures: merged(first.futures, second.futures, 'futures', notes, ({ expiry }) => expiry),
    bills: merged(first.bills, second.bills, 'bills', notes),
    monthlyBills: merged(first.monthlyBills, second.monthlyBills, 'monthlyBills', notes),
    nyseBreadth: merged(first.nyseBreadth, second.nyseBreadth, 'nyseBreadth', notes),
    syntheticBreadth: merged(first.syntheticBreadth, second.syntheticBreadth, 'syntheticBreadth', notes),
    events: merged(first.events, second.events, 'events', notes, ({ kind }) => kind),
    strategies: levels(first.strategies, second.strategies),
    strategyDays: levels(first.strategyDays, second.strategyDays),
    etps: levels(first.etps, second.etps),
    economy: levels(first.economy, second.economy),
    notes: [...first.notes, ...second.notes, ...Note.all(notes)],
  }
}

/** Levels by date, names of all of them together; where two name the same, the first is believed. */
export function levels<
  Row extends Dated & { readonly values: MarketDay['indices'] | Readonly<Record<string, number>> },
>(...tables: readonly (readonly Row[])[]): readonly Row[] {
  const found = new Map<number, Row>()
  for (const row of tables.flat()) {
    const before = found.get(row.date)
    found.set(
      row.date,
      before === undefined ? row : { ...row, ...before, values: { ...row.values, ...before.values } },
    )
  }
  return sorted([...found.values()])
}

function merged<Row extends Dated>(
  first: readonly Row[],
  second: readonly Row[],
  table: string,
  notes: Note.Notes,
  keyOf: (row: Row) => string | number = () => '',
): readonly Row[] {
  if (second.length === 0) return first
  if (first.length === 0) return second
  const known = new Map(first.map((row) => [`${row.date} ${keyOf(row)}`, row]))
  const added = second.filter((row) => {
    const before = known.get(`${row.date} ${keyOf(row)}`)
    if (before !== undefined && disagree(before, row)) {
      const what = `two sources of ${table} differ by more than half a percent; the first was believed`
      Note.add(notes, { kind: 'trap', code: 'sources-disagree', what, where: table, at: row.date })
    }
    return before === undefined
  })
  return sorted([...first, ...added])
}

function disagree(first: object, second: object): boolean {
  const [a, b] = [levelOf(first), levelOf(second)]
  return a !== undefined && b !== undefined && Math.abs(a / b - 1) > agreement
}

function levelOf(row: object): number | undefined {
  const { close, settle } = row as { readonly close?: number; readonly settle?: number }
  return close ?? settle
}

function sorted<Row extends Dated>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => a.date - b.date)
}
