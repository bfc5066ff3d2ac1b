import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { assemble } from '@cutwater/core/options/market/assemble.ts'
import { indexNames, type Levels, type MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as Note from '@cutwater/core/options/market/Note.ts'
import type { IndexRow, Tables } from '@cutwater/core/options/market/Tables.ts'
import { readBars } from './readBars.ts'
import { readBills, readMonthlyBills } from './readBills.ts'
import { readBreadth } from './readBreadth.ts'
import { since } from './readDaily.ts'
import { readFutures } from './readFutures.ts'
import { readLevels } from './readLevels.ts'
import { readMacroEvents } from './readMacroEvents.ts'

/** The files of a market folder. */
export const tableNames = {
  spx: 'spx_ohlc.csv',
  vix: 'vix_ohlc.csv',
  bills: 'tbill_3m_daily.csv',
  indices: 'cboe_vol_indices.csv',
  futures: 'vix_futures_by_contract.csv',
  nyseBreadth: 'nyse_breadth_daily.csv',
  syntheticBreadth: 'us_breadth_synthetic_daily.csv',
  events: 'macro_event_dates.csv',
  strategies: 'cboe_strategy_indices_monthly.csv',
  condor: 'cndr_monthly.csv',
  condorDays: 'cndr_daily_stress_windows.csv',
  etps: 'vix_etp_adjclose_daily.csv',
  cpi: 'cpi_monthly.csv',
  ppi: 'ppi_monthly.csv',
  reer: 'reer_us_monthly.csv',
  chains: 'spx_option_chains.csv',
} as const

/**
 * Reads a folder of markets, without its option chains. SPX, VIX and bills must be there, other tables may be missing.
 *
 * Fails with one CutwaterError that names file and line where a table cannot be relied on; what could be mended is in
 * the notes.
 */
export function loadMarket(dir: string): MarketHistory {
  return assemble(readTables(dir))
}

/** The tables of a folder as they were read. */
export function readTables(dir: string): Tables {
  const notes: Note.Notes = new Map()
  const at = (table: keyof typeof tableNames) => join(dir, tableNames[table])
  const ifThere = <Row>(
    table: keyof typeof tableNames,
    read: (file: string, notes: Note.Notes) => readonly Row[],
  ): readonly Row[] => {
    if (existsSync(at(table))) return read(at(table), notes)
    const what = 'a table is not there'
    Note.add(notes, {
      kind: 'gap',
      code: 'table-missing',
      what: `${what}: ${tableNames[table]}`,
      where: dir,
      at: since,
    })
    return []
  }
  const tables = {
    spx: readBars(at('spx'), notes),
    vix: readBars(at('vix'), notes),
    bills: readBills(at('bills'), notes),
    monthlyBills: ifThere('strategies', readMonthlyBills),
    indices: ifThere('indices', readIndices),
    futures: ifThere('futures', readFutures),
    nyseBreadth: ifThere('nyseBreadth', readBreadth),
    syntheticBreadth: ifThere('syntheticBreadth', readBreadth),
    events: ifThere('events', readMacroEvents),
    strategies: merged(ifThere('strategies', levels(strategyNames)), ifThere('condor', levels(['cndr']))),
    strategyDays: ifThere('condorDays', levels(['cndr'])),
    etps: ifThere('etps', levels(etpNames)),
    economy: merged(
      ifThere('cpi', economy('cpiaucsl', 'cpi')),
      ifThere('ppi', economy('ppifis', 'ppi')),
      ifThere('reer', economy('rbusbis', 'reer')),
    ),
  }
  return { ...tables, notes: Note.all(notes) }
}

const strategyNames = 'bxm bxmd bxy put cll bfly cllz cmbo cndr pput sptr spx'.split(' ')
const etpNames = 'vxx vixy vxz uvxy svxy vixm svix uvix'.split(' ')

function readIndices(file: string, notes: Note.Notes): readonly IndexRow[] {
  const rows = readLevels(file, [...indexNames, 'vix'], notes)
  return rows.map(({ date, values: { vix, ...values } }) => ({ date, values, vix }))
}

function levels(names: readonly string[]) {
  return (file: string, notes: Note.Notes) => readLevels(file, names, notes)
}

function economy(column: string, name: string) {
  return (file: string, notes: Note.Notes): readonly Levels[] =>
    readLevels(file, [column], notes).flatMap(({ date, values }) =>
      values[column] === undefined ? [] : [{ date, values: { [name]: values[column] } }],
    )
}

// Of two tables that name the same level on a date, the first is believed.
function merged(...tables: readonly (readonly Levels[])[]): readonly Levels[] {
  const found = new Map<number, Levels['values']>()
  for (const { date, values } of tables.flat()) found.set(date, { ...values, ...found.get(date) })
  return [...found].map(([date, values]) => ({ date, values })).sort((a, b) => a.date - b.date)
}
