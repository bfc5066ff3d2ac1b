import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { assemble } from '@cutwater/core/options/market/assemble.ts'
import { inspect } from '@cutwater/core/options/market/inspection/inspect.ts'
import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as Note from '@cutwater/core/options/market/Note.ts'
import type { Dated, Tables } from '@cutwater/core/options/market/Tables.ts'
import type { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { loadChains } from './loadChains.ts'
import { publishedFiles, readTables, tableNames } from './loadMarket.ts'
import { type OnBroken, orNothing } from './orNothing.ts'
import { since } from './readDaily.ts'

/** What there is in a folder of markets, and what is wrong with it. */
export type Check = {
  readonly folder: string
  /** files that cannot be relied on; nothing of them was used */
  readonly errors: readonly CutwaterError[]
  readonly notes: readonly Note.Note[]
  readonly tables: readonly Extent[]
  /** trading days that came out of them */
  readonly days: Extent
  readonly chains: readonly UnixTime[]
}

export type Extent = {
  readonly name: string
  readonly rows: number
  /** of the first and the last row; absent without one */
  readonly from?: UnixTime
  readonly to?: UnixTime
}

/** Reads a whole folder, chains too, past every file that cannot be relied on. Fails only where there is no folder. */
export function checkFolder(dir: string): Check {
  const errors: CutwaterError[] = []
  const onBroken: OnBroken = (error) => errors.push(error)
  const tables = readTables(dir, onBroken)
  const chains = loadChains(dir, onBroken)
  const [history] = orNothing<MarketHistory>(() => [assemble(tables)], onBroken)
  const notes = history === undefined ? tables.notes : inspect(history, chains)
  return {
    folder: dir,
    errors,
    notes: Note.sorted([...notes, ...unread(dir)]),
    tables: extents(tables),
    days: extentOf('days', history?.days ?? []),
    chains: chains.map(({ date }) => date),
  }
}

function extents({ notes, ...tables }: Tables): readonly Extent[] {
  return Object.entries(tables).map(([name, rows]) => extentOf(name, rows))
}

function extentOf(name: string, rows: readonly Dated[]): Extent {
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return { name, rows: 0 }
  return { name, rows: rows.length, from: first.date, to: last.date }
}

// Files that are neither tables of ours nor known by their header.
function unread(dir: string): readonly Note.Note[] {
  const known = new Set<string>([
    ...Object.values(tableNames),
    ...publishedFiles(dir).map(({ file }) => file),
  ])
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !known.has(entry.name) && !known.has(join(dir, entry.name)))
    .map(({ name }) => ({
      kind: 'trap',
      code: 'file-not-read',
      what: `the file ${name} is of no kind that is read`,
      where: join(dir, name),
      from: since,
      to: since,
      count: 1,
    }))
}
