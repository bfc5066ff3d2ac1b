import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { assemble } from '@cutwater/core/options/market/assemble.ts'
import { joined, levels } from '@cutwater/core/options/market/joined.ts'
import { indexNames, type Levels, type MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as Note from '@cutwater/core/options/market/Note.ts'
import * as Tables from '@cutwater/core/options/market/Tables.ts'
import type { CboeFile } from './cboe/CboeFile.ts'
import { cboeFiles, readCboeFiles, strategyNames } from './cboe/readCboeFolder.ts'
import { type OnBroken, orNothing, rethrow } from './orNothing.ts'
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
 * Reads a folder of markets, without its option chains: tables of our own names (`tableNames`), and files as Cboe and FRED
 * publish them, known by their headers (`CboeFile`). There must be levels of SPX and VIX, and yields of bills; anything
 * else may be missing. Where two files tell of the same day, the table of our own name is believed.
 *
 * Fails with one CutwaterError that names file and line where a file cannot be relied on; what could be mended is in the
 * notes.
 */
export function loadMarket(dir: string): MarketHistory {
  return assemble(readTables(dir))
}

/**
 * The tables of a folder as they were read. With `onBroken` a file that cannot be relied on is told to it and is as empty;
 * without, its error is thrown.
 */
export function readTables(dir: string, onBroken: OnBroken = rethrow): Tables.Tables {
  const notes: Note.Notes = new Map()
  const published = readCboeFiles(publishedFiles(dir), notes, onBroken)
  const own = readOwnTables(dir, published, notes, onBroken)
  return joined({ ...own, notes: Note.all(notes) }, published)
}

/** The files of a folder that are told by their headers. */
export function publishedFiles(dir: string): readonly CboeFile[] {
  return cboeFiles(dir, new Set(Object.values(tableNames)))
}

type Reader<Row> = (file: string, notes: Note.Notes) => readonly Row[]

function readOwnTables(
  dir: string,
  published: Tables.Tables,
  notes: Note.Notes,
  onBroken: OnBroken,
): Tables.Tables {
  const at = (table: keyof typeof tableNames) => join(dir, tableNames[table])
  const attempt = <Row>(table: keyof typeof tableNames, read: Reader<Row>): readonly Row[] =>
    orNothing(() => read(at(table), notes), onBroken)
  const ifThere = <Row>(table: keyof typeof tableNames, read: Reader<Row>): readonly Row[] => {
    if (existsSync(at(table))) return attempt(table, read)
    const what = `a table is not there: ${tableNames[table]}`
    Note.add(notes, { kind: 'gap', code: 'table-missing', what, where: dir, at: since })
    return []
  }
  // What must be there is asked for by its name, so that the error says it, unless a published file has it.
  const needed = <Row>(table: 'spx' | 'vix' | 'bills', read: Reader<Row>): readonly Row[] =>
    published[table].length > 0 && !existsSync(at(table)) ? [] : attempt(table, read)
  return {
    ...Tables.none,
    spx: needed('spx', readBars),
    vix: needed('vix', readBars),
    bills: needed('bills', readBills),
    monthlyBills: existsSync(at('strategies')) ? attempt('strategies', readMonthlyBills) : [],
    indices: ifThere('indices', readIndices),
    futures: ifThere('futures', readFutures),
    nyseBreadth: ifThere('nyseBreadth', readBreadth),
    syntheticBreadth: ifThere('syntheticBreadth', readBreadth),
    events: ifThere('events', readMacroEvents),
    strategies: levels(
      ifThere('strategies', read([...strategyNames, 'spx'])),
      ifThere('condor', read(['cndr'])),
    ),
    strategyDays: ifThere('condorDays', read(['cndr'])),
    etps: ifThere('etps', read(etpNames)),
    economy: levels(
      ifThere('cpi', economy('cpiaucsl', 'cpi')),
      ifThere('ppi', economy('ppifis', 'ppi')),
      ifThere('reer', economy('rbusbis', 'reer')),
    ),
  }
}

const etpNames = 'vxx vixy vxz uvxy svxy vixm svix uvix'.split(' ')

function readIndices(file: string, notes: Note.Notes): readonly Tables.IndexRow[] {
  const rows = readLevels(file, [...indexNames, 'vix'], notes)
  return rows.map(({ date, values: { vix, ...values } }) => ({ date, values, vix }))
}

function read(names: readonly string[]) {
  return (file: string, notes: Note.Notes) => readLevels(file, names, notes)
}

function economy(column: string, name: string) {
  return (file: string, notes: Note.Notes): readonly Levels[] =>
    readLevels(file, [column], notes).flatMap(({ date, values }) =>
      values[column] === undefined ? [] : [{ date, values: { [name]: values[column] } }],
    )
}
