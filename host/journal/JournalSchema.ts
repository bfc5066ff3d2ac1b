import type { DatabaseSync } from 'node:sqlite'
import { pageEntries, type Topic } from '@cutwater/engine/ports/Journal.ts'
import * as Heads from './Heads.ts'
import * as Row from './Row.ts'
import * as Seal from './Seal.ts'

// 'CUTW', so that a journal is told from any other SQLite file: https://www.sqlite.org/fileformat2.html#application_id
export const applicationId = 0x43_55_54_57

/** 1: entries. 2: entries that are sealed, and heads. */
export const version = 2

/** Makes the tables of a journal in a file that has none. */
export function create(database: DatabaseSync): void {
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}`)
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN; ${tables} ${headsTable} COMMIT`)
}

const sealColumns = ['before INTEGER NOT NULL DEFAULT 0', 'seal INTEGER NOT NULL DEFAULT 0']

const tables = `
  CREATE TABLE entries (
    seq    INTEGER PRIMARY KEY,
    topic  TEXT NOT NULL,
    id     TEXT NOT NULL,
    at     INTEGER NOT NULL,
    body   TEXT NOT NULL,
    ${sealColumns.join(', ')},
    UNIQUE (topic, id)
  ) STRICT;
  CREATE INDEX entries_by_topic ON entries (topic);`

const headsTable = `
  CREATE TABLE heads (
    topic   TEXT PRIMARY KEY,
    seq     INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    seal    INTEGER NOT NULL,
    sum     INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`

/** Of a file that is open. */
export function versionOf(database: DatabaseSync): number {
  return database.prepare('PRAGMA user_version').get()!.user_version as number
}

/**
 * Brings a file of an older version to this one, whole or not at all.
 *
 * From 1 to 2: every entry is sealed as it is found.
 */
export function upgrade(database: DatabaseSync): void {
  if (versionOf(database) === version) return
  database.exec('BEGIN IMMEDIATE')
  for (const column of sealColumns) database.exec(`ALTER TABLE entries ADD COLUMN ${column}`)
  database.exec(headsTable)
  sealAll(database)
  database.exec(`PRAGMA user_version = ${version}; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`)
}

function sealAll(database: DatabaseSync): void {
  const heads = new Map<Topic, Heads.Head>()
  const page = Row.statement(database, `${Row.select(1)} WHERE seq > ? ORDER BY seq LIMIT ${pageEntries}`)
  const put = database.prepare('UPDATE entries SET before = ?, seal = ? WHERE seq = ?')
  for (let after = 0; ; ) {
    const rows = page.all(after) as unknown as readonly Row.Row[]
    if (rows.length === 0) break
    for (const entry of rows.map(Row.recordedOf)) {
      const { seq, topic } = entry
      const before = heads.get(topic) ?? { entries: 0, seal: 0 }
      const seal = Seal.of(entry, before.seal!)
      put.run(before.seal, seal, seq)
      heads.set(topic, { seq, entries: before.entries + 1, seal })
      after = seq
    }
  }
  const putHead = Heads.writer(database)
  for (const [topic, head] of heads) putHead(topic, head)
}
