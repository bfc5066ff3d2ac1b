import { CutwaterError } from '../../units/CutwaterError.ts'
import * as UnixTime from '../../units/UnixTime.ts'
import * as TradingCalendar from '../settlement/TradingCalendar.ts'
import type { Bar, Breadth, Flag, Future, MarketDay, MarketHistory } from './MarketDay.ts'
import * as Note from './Note.ts'
import type { Dated, Bar as TableBar, Tables } from './Tables.ts'

/**
 * Puts tables together, a `MarketDay` for every trading day with a level of the SPX.
 *
 * Nothing is taken from a later day: what is missing is absent, or that of an earlier day and flagged. Throws
 * MARKET_EMPTY when no day comes out.
 *
 * @example
 * const bar = { date: UnixTime.parse('2020-03-16'), open: 2508, high: 2563, low: 2380, close: 2386, isMended: false }
 * const bills = [{ date: bar.date, billYield: 0.002 }]
 * const { days } = assemble({ ...Tables.none, spx: [bar], vix: [{ ...bar, open: 58, high: 83, low: 57, close: 82 }], bills })
 * days[0].vix.close // 82
 */
export function assemble(tables: Tables): MarketHistory {
  const notes: Note.Notes = new Map()
  const shelf = shelve(tables)
  const days: MarketDay[] = []
  for (const row of tables.spx) {
    if (!isTraded(row, notes)) continue
    const day = dayOf(row, days.at(-1), shelf, notes)
    if (day !== undefined) days.push(day)
  }
  if (days.length === 0) throw emptyError(tables)
  const { events, strategies, strategyDays, etps, economy } = tables
  noteLeftOver(tables, days, notes)
  const all = Note.sorted([...tables.notes, ...Note.all(notes)])
  return { days, events, strategies, strategyDays, etps, economy, notes: all }
}

/** From this day on VIX futures settle at 16:00 in New York, before at 16:15 (Cboe, exchange notice C2020092202). */
export const settleAtFour = UnixTime.parse('2020-10-26')!

/** How long a VIX that was not published may stand in for, days of the calendar. */
const longestCarry = 5 * UnixTime.day
/** A bill's yield is not published on some days of trade; beyond this it is said. */
const usualBillAge = 4 * UnixTime.day
// The calendar of holidays begins here, and so do the days.
const firstDay = UnixTime.parse('1990-01-01')!

type Shelf = {
  readonly vix: ReadonlyMap<number, TableBar>
  readonly indices: ReadonlyMap<number, Tables['indices'][number]>
  readonly futures: ReadonlyMap<number, readonly Future[]>
  readonly bill: (date: number) => { readonly billYield: number; readonly flag?: Flag } | undefined
  readonly breadth: (date: number) => Breadth | undefined
}

function shelve(tables: Tables): Shelf {
  const nyse = byDate(tables.nyseBreadth)
  const synthetic = byDate(tables.syntheticBreadth)
  return {
    vix: byDate(tables.vix),
    indices: byDate(tables.indices),
    futures: strips(tables.futures),
    bill: billLookup(tables),
    breadth: (date) => {
      const row = nyse.get(date) ?? synthetic.get(date)
      if (row === undefined) return undefined
      const { advancing, declining } = row
      return { advancing, declining, source: nyse.has(date) ? 'nyse' : 'synthetic' }
    },
  }
}

function isTraded({ date }: Dated, notes: Note.Notes): boolean {
  const isOpen = date >= firstDay && TradingCalendar.isTradingDay(date)
  if (isOpen) return true
  const [code, what] =
    date < firstDay
      ? ['before-1990', 'SPX days before 1990 were left out: the calendar of holidays begins there']
      : ['spx-on-holiday', 'an SPX row on a day without trade was left out']
  Note.add(notes, { kind: 'repair', code, what, where: 'spx', at: date })
  return false
}

function dayOf(
  row: TableBar,
  before: MarketDay | undefined,
  shelf: Shelf,
  notes: Note.Notes,
): MarketDay | undefined {
  const { date } = row
  const flags: Flag[] = []
  const spx = barOf(row, before?.spx.close)
  if (before !== undefined && spx.open === before.spx.close) flags.push('spx-open-repeats')
  const vix = vixOf(date, before, shelf, notes)
  const bill = shelf.bill(date)
  if (vix === undefined || bill === undefined) {
    const what = `a day without ${vix === undefined ? 'a VIX' : 'the yield of a bill'} was left out`
    Note.add(notes, { kind: 'gap', code: 'day-left-out', what, where: 'spx', at: date })
    return undefined
  }
  if (vix.isCarried) flags.push('vix-carried')
  if (row.isMended || vix.isMended) flags.push('bar-mended')
  if (bill.flag !== undefined) flags.push(bill.flag)
  const futures = shelf.futures.get(date) ?? []
  if (futures.length > 0 && date < settleAtFour) flags.push('futures-at-1615')
  const breadth = shelf.breadth(date)
  return {
    date,
    spx,
    vix: vix.bar,
    indices: shelf.indices.get(date)?.values ?? {},
    futures,
    billYield: bill.billYield,
    ...(breadth === undefined ? {} : { breadth }),
    flags,
  }
}

// An opening that was not published is taken from the close before, never from what came later that day.
function barOf({ open, high, low, close }: TableBar, before: number | undefined): Bar {
  if (open !== undefined) return { open, high, low, close }
  const opening = before ?? close
  return { open: opening, high: Math.max(high, opening), low: Math.min(low, opening), close }
}

type DayVix = { readonly bar: Bar; readonly isMended: boolean; readonly isCarried: boolean }

function vixOf(
  date: number,
  before: MarketDay | undefined,
  shelf: Shelf,
  notes: Note.Notes,
): DayVix | undefined {
  const row = shelf.vix.get(date)
  if (row !== undefined)
    return { bar: barOf(row, before?.vix.close), isMended: row.isMended, isCarried: false }
  const close = shelf.indices.get(date)?.vix
  if (close !== undefined) {
    const what = 'a missing VIX bar was made of the close in the table of indices'
    Note.add(notes, { kind: 'repair', code: 'vix-from-close', what, where: 'vix', at: date })
    const bar = barOf({ date, open: undefined, high: close, low: close, close, isMended: true }, undefined)
    return { bar, isMended: true, isCarried: false }
  }
  const last = before?.flags.includes('vix-carried') ? undefined : before
  if (last === undefined || date - last.date > longestCarry) return undefined
  const what = 'a VIX that was not published is that of the day before'
  Note.add(notes, { kind: 'repair', code: 'vix-carried', what, where: 'vix', at: date })
  return { bar: last.vix, isMended: false, isCarried: true }
}

function billLookup({ bills, monthlyBills }: Tables): Shelf['bill'] {
  const daily = latest(bills)
  const monthly = latest(monthlyBills)
  return (date) => {
    const own = daily(date)
    const month = monthly(date)
    if (own !== undefined && (month === undefined || own.date >= month.date || isFresh(own, date)))
      return { billYield: own.billYield, ...(isFresh(own, date) ? {} : { flag: 'bill-carried' }) }
    return month && { billYield: month.billYield, flag: 'bill-monthly' }
  }
}

function isFresh({ date }: Dated, now: number): boolean {
  return now - date <= usualBillAge
}

/** The last row at or before a date; dates must be asked for in order. */
function latest<Row extends Dated>(rows: readonly Row[]): (date: number) => Row | undefined {
  let next = 0
  return (date) => {
    while (next < rows.length && rows[next]!.date <= date) next++
    return rows[next - 1]
  }
}

function byDate<Row extends Dated>(rows: readonly Row[]): ReadonlyMap<number, Row> {
  return new Map(rows.map((row) => [row.date, row]))
}

function strips(rows: Tables['futures']): ReadonlyMap<number, readonly Future[]> {
  const found = new Map<number, Future[]>()
  for (const { date, expiry, settle } of rows) {
    const strip = found.get(date)
    if (strip === undefined) found.set(date, [{ expiry, settle }])
    else strip.push({ expiry, settle })
  }
  for (const strip of found.values()) strip.sort((a, b) => a.expiry - b.expiry)
  return found
}

function noteLeftOver({ futures }: Tables, days: readonly MarketDay[], notes: Note.Notes): void {
  const known = new Set(days.map(({ date }) => date))
  const what = 'futures of a day without an SPX close were left out'
  for (const at of new Set(futures.map(({ date }) => date)))
    if (!known.has(at))
      Note.add(notes, { kind: 'repair', code: 'futures-without-spx', what, where: 'futures', at })
}

function emptyError({ spx, vix, bills, monthlyBills }: Tables): CutwaterError {
  const counts = `${spx.length} SPX days, ${vix.length} VIX days and ${bills.length + monthlyBills.length} bill yields`
  return new CutwaterError('MARKET_EMPTY', `no trading day can be made of ${counts}`, {
    right: 'dates that the tables have in common, from 1990 on',
  })
}
