import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { checkEntries } from '@cutwater/engine/journal/checkEntries.ts'
import type { Bounds } from '@cutwater/engine/journal/checkQuery.ts'
import { checkPlace, checkQuery, checkTopic } from '@cutwater/engine/journal/checkQuery.ts'
import type { Entry, Journal, Query, Recorded, Topic } from '@cutwater/engine/ports/Journal.ts'
import { pageEntries } from '@cutwater/engine/ports/Journal.ts'
import { explainFailure } from './explainFailure.ts'
import { openJournalFile } from './openJournalFile.ts'

export type Options = {
  /** reads beside a writer, and never changes the file */
  readonly readOnly?: boolean
  /** how long to wait for another process to let go of the file */
  readonly waitMilliseconds?: number
  /** the file may not grow past this; for a disk that others need too */
  readonly maxBytes?: number
}

/**
 * A journal in one SQLite file, made when it is not there.
 *
 * One process at a time writes; any number may read beside it. A batch is on the disk when `append` returns.
 *
 * @throws CutwaterError `JOURNAL_FOREIGN`, `JOURNAL_SCHEMA_NEWER`, `JOURNAL_DAMAGED`, `JOURNAL_MISSING`,
 * `JOURNAL_READ_ONLY`, `JOURNAL_BUSY` when it cannot be opened so; `JOURNAL_DISK_FULL`, `JOURNAL_IO` later
 */
export async function sqliteJournal(path: string, options: Options = {}): Promise<Journal> {
  const file = openJournalFile(path, options)
  const { database } = file
  const insert = database.prepare(
    'INSERT INTO entries (topic, id, at, body) VALUES (?, ?, ?, ?) ON CONFLICT (topic, id) DO NOTHING',
  )
  const newest = database.prepare('SELECT seq FROM entries ORDER BY seq DESC LIMIT 1')
  const lastOfTopic = rowsOf(database, `${select} WHERE topic = ? AND seq <= ? ORDER BY seq DESC LIMIT 1`)
  const countOfTopic = database.prepare('SELECT count(*) AS entries FROM entries WHERE topic = ?')
  let open = true

  async function append(entries: readonly Entry[]): Promise<number> {
    checkWritable()
    checkEntries(entries)
    if (entries.length === 0) return 0
    return explained(() => inTransaction(database, () => insertAll(entries)))
  }

  function insertAll(entries: readonly Entry[]): number {
    let added = 0
    for (const { topic, id, at, body } of entries) added += Number(insert.run(topic, id, at, body).changes)
    return added
  }

  async function* read(query: Query = {}): AsyncGenerator<readonly Recorded[]> {
    checkOpen()
    const bounds = checkQuery(query, explained(newestPlace))
    if (bounds.topics.length === 0) return
    const rows = explained(() => pageStatement(database, bounds, query.topics === undefined))
    for (let after = bounds.after; after < bounds.upTo; ) {
      checkOpen()
      const page = explained(() => readPage(rows, bounds, after))
      if (page.length === 0) return
      after = page.at(-1)!.seq
      yield page
    }
    checkOpen()
  }

  function newestPlace(): number {
    return Number(newest.get()?.seq ?? 0)
  }

  async function last(topic: Topic, upTo: number = Number.MAX_SAFE_INTEGER): Promise<Recorded | undefined> {
    checkOpen()
    checkTopic(topic)
    checkPlace('upTo', upTo)
    const row = explained(() => lastOfTopic.get(topic, upTo)) as Row | undefined
    return row && recordedOf(row)
  }

  async function count(topic: Topic): Promise<number> {
    checkOpen()
    checkTopic(topic)
    return Number(explained(() => countOfTopic.get(topic))!.entries)
  }

  async function close(): Promise<void> {
    if (!open) return
    open = false
    explained(file.close)
  }

  function checkOpen(): void {
    if (!open) throw new CutwaterError('JOURNAL_CLOSED', 'the journal is closed', { where: path })
  }

  function checkWritable(): void {
    checkOpen()
    if (options.readOnly) throw openedForReading(path)
  }

  function explained<T>(act: () => T): T {
    try {
      return act()
    } catch (cause) {
      throw explainFailure(cause, path)
    }
  }

  return { append, read, last, count, close }
}

type Row = [seq: number, topic: Topic, id: string, at: number, body: string]

const select = 'SELECT seq, topic, id, at, body FROM entries'

// A page of 1,000 large snapshots would not fit in memory.
const pageCharacters = 16 * 2 ** 20

function recordedOf([seq, topic, id, at, body]: Row): Recorded {
  return { seq, topic, id, at, body }
}

function inTransaction<T>(database: DatabaseSync, act: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = act()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/**
 * Each topic is walked along its own index and the walks are merged, so that a rare topic costs what it
 * holds and not what the journal holds; a reading of everything walks the table.
 */
function pageStatement(database: DatabaseSync, { topics }: Bounds, everything: boolean): StatementSync {
  const tail = `ORDER BY seq LIMIT ${pageEntries}`
  if (everything) return rowsOf(database, `${select} WHERE seq > :after AND seq <= :upTo ${tail}`)
  const arms = topics.map((topic) => `${select} WHERE topic = '${topic}' AND seq > :after AND seq <= :upTo`)
  return rowsOf(database, `${arms.join(' UNION ALL ')} ${tail}`)
}

function rowsOf(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  return statement
}

function readPage(rows: StatementSync, { upTo }: Bounds, after: number): Recorded[] {
  const page: Recorded[] = []
  let characters = 0
  for (const row of rows.iterate({ after, upTo })) {
    const recorded = recordedOf(row as unknown as Row)
    page.push(recorded)
    characters += recorded.body.length
    if (characters >= pageCharacters) break
  }
  return page
}

function openedForReading(path: string): CutwaterError {
  return new CutwaterError('JOURNAL_READ_ONLY', 'the journal is open for reading only', {
    where: path,
    right: 'a journal opened for writing',
  })
}
