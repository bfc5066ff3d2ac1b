import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Bounds } from '@cutwater/engine/journal/checkQuery.ts'
import type { Recorded, Topic } from '@cutwater/engine/ports/Journal.ts'
import { pageEntries } from '@cutwater/engine/ports/Journal.ts'
import { explainFailure } from './explainFailure.ts'
import * as Heads from './Heads.ts'
import * as Row from './Row.ts'
import * as Seal from './Seal.ts'

/** The entries of a journal file: each is held against its seal, and against the entry of its topic before it. */
export type Entries = {
  readonly database: DatabaseSync
  readonly version: number
  readonly path: string
  readonly newest: StatementSync
  readonly following: StatementSync
  readonly byId: StatementSync
}

/** A reading on its way. */
export type Reading = {
  readonly entries: Entries
  readonly rows: StatementSync
  readonly bounds: Bounds
  readonly heads: Heads.Heads
  /** no topic is left out */
  readonly everything: boolean
  /** what the newest entry of each topic is sealed with, as far as was read */
  readonly seals: Map<Topic, number | null>
  place: number
  isOver: boolean
}

export function open(database: DatabaseSync, version: number, path: string): Entries {
  const ask = (tail: string) => Row.statement(database, `${Row.select(version)} WHERE topic = ? AND ${tail}`)
  const newest = ask('seq <= ? ORDER BY seq DESC LIMIT 1')
  const following = ask('seq > ? ORDER BY seq LIMIT 1')
  return { database, version, path, newest, following, byId: ask('id = ?') }
}

/** Begins to read what is within bounds of a file that ends where its heads say. */
export function begin(entries: Entries, bounds: Bounds, heads: Heads.Heads, everything: boolean): Reading {
  const rows = pageStatement(entries, bounds, everything)
  return { entries, rows, bounds, heads, everything, seals: new Map(), place: bounds.after, isOver: false }
}

/** The entries that follow, and what keeps from reading on after them; neither at the end. */
export function next(reading: Reading): {
  readonly page: readonly Recorded[]
  readonly failure?: CutwaterError
} {
  const page: Recorded[] = []
  if (reading.isOver) return { page }
  try {
    fill(reading, page)
    if (page.length > 0) return { page }
    reading.isOver = true
    checkEnds(reading)
    return { page }
  } catch (cause) {
    reading.isOver = true
    return { page, failure: placed(reading, cause) }
  }
}

/** The newest entry of a topic at or before a place. */
export function last(entries: Entries, topic: Topic, upTo: number, heads: Heads.Heads): Recorded | undefined {
  const row = newestOf(entries, topic, upTo)
  if (sealOf(entries, row) === sealAfter(entries, topic, upTo, heads)) return row && Row.recordedOf(row)
  throw Seal.broken(entries.path, (row?.[0] ?? 0) + 1, `entries of ${topic} that follow are missing`)
}

/** The entries of a topic that have one of these ids, in order. */
export function find(entries: Entries, topic: Topic, ids: readonly string[]): readonly Recorded[] {
  const rows = [...new Set(ids)].map((id) => entries.byId.get(topic, id) as unknown as Row.Row | undefined)
  return rows.flatMap((row) => (row ? checked(entries, row) : [])).sort((a, b) => a.seq - b.seq)
}

// A page of 1,000 large snapshots would not fit in memory.
const pageCharacters = 16 * 2 ** 20

function fill(reading: Reading, page: Recorded[]): void {
  const { rows, bounds } = reading
  let characters = 0
  for (const row of rows.iterate({ after: reading.place, upTo: bounds.upTo })) {
    const entry = take(reading, row as unknown as Row.Row)
    page.push(entry)
    characters += entry.body.length
    if (characters >= pageCharacters) break
  }
}

/** Takes the next row where it follows what was read before it. */
function take(reading: Reading, row: Row.Row): Recorded {
  const { entries, everything, bounds, seals, place } = reading
  const [seq, topic, , , , before, seal] = row
  if (everything ? seq !== place + 1 : seq <= place || seq > bounds.upTo)
    throw Seal.broken(entries.path, place + 1, `entry ${seq} follows entry ${place}`)
  const entry = checked(entries, row)
  if (before !== sealSoFar(reading, topic))
    throw Seal.broken(entries.path, seq, `entries of ${topic} before it are missing`)
  seals.set(topic, seal)
  reading.place = seq
  return entry
}

/** What must follow the reading is what was read last. */
function checkEnds(reading: Reading): void {
  const { entries, bounds, heads, everything, place } = reading
  const { upTo } = bounds
  if (heads.fault !== null) throw heads.fault
  if (everything && place < upTo)
    throw Seal.broken(entries.path, place + 1, `entries ${place + 1} to ${upTo} are missing`)
  for (const topic of bounds.topics)
    if (sealSoFar(reading, topic) !== sealAfter(entries, topic, upTo, heads))
      throw Seal.broken(entries.path, place + 1, `entries of ${topic} up to ${upTo} are missing`)
}

/** What the newest entry of a topic is sealed with that was read, or that lies before the reading. */
function sealSoFar({ entries, seals, bounds }: Reading, topic: Topic): number | null {
  const known = seals.get(topic)
  if (known !== undefined) return known
  const seal = sealOf(entries, bounds.after === 0 ? undefined : newestOf(entries, topic, bounds.after))
  seals.set(topic, seal)
  return seal
}

/** What the newest entry of a topic at or before a place is sealed with, as what comes after it says. */
function sealAfter(entries: Entries, topic: Topic, place: number, heads: Heads.Heads): number | null {
  if (entries.version === 1) return null
  const head = Heads.headOf(heads, topic)
  if (head.seq <= place) return head.seal
  const row = rowOf(entries.following, topic, place)
  if (row !== undefined && row[0] > place && checked(entries, row)) return row[5]
  throw Seal.broken(entries.path, place + 1, `entries of ${topic} up to ${head.seq} are missing`)
}

function sealOf({ version }: Entries, row: Row.Row | undefined): number | null {
  if (version === 1) return null
  return row === undefined ? 0 : row[6]
}

function newestOf(entries: Entries, topic: Topic, place: number): Row.Row | undefined {
  const row = rowOf(entries.newest, topic, place)
  if (row === undefined) return undefined
  if (row[0] <= place && checked(entries, row)) return row
  throw Seal.broken(entries.path, place + 1, `entry ${row[0]} lies before entry ${place + 1}`)
}

function rowOf(statement: StatementSync, topic: Topic, place: number): Row.Row | undefined {
  const row = statement.get(topic, place) as unknown as Row.Row | undefined
  // The order of an index may lie about what it points at.
  return row?.[1] === topic ? row : undefined
}

/** What a row holds, where that is what was written. */
function checked({ version, path }: Entries, row: Row.Row): Recorded {
  const entry = Row.recordedOf(row)
  if (version === 1 || Seal.isWhole(entry, row[5]!, row[6]!)) return entry
  throw Seal.broken(path, entry.seq, 'the entry is not as it was written')
}

/**
 * Each topic is walked along its own index and the walks are merged, so that a rare topic costs what it
 * holds and not what the journal holds; a reading of everything walks the table.
 */
function pageStatement({ database, version }: Entries, { topics }: Bounds, everything: boolean) {
  const select = Row.select(version)
  const tail = `ORDER BY seq LIMIT ${pageEntries}`
  if (everything) return Row.statement(database, `${select} WHERE seq > :after AND seq <= :upTo ${tail}`)
  const arms = topics.map((topic) => `${select} WHERE topic = '${topic}' AND seq > :after AND seq <= :upTo`)
  return Row.statement(database, `${arms.join(' UNION ALL ')} ${tail}`)
}

/** SQLite says that it cannot read on, and not where. */
function placed({ entries, place }: Reading, cause: unknown): CutwaterError {
  const failure = explainFailure(cause, entries.path)
  if (failure.code !== 'JOURNAL_DAMAGED' || failure.facts.seq !== undefined) return failure
  return Seal.broken(entries.path, place + 1, failure.what, cause)
}
