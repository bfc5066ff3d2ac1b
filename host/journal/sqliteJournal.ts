import type { DatabaseSync } from 'node:sqlite'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { checkEntries } from '@cutwater/engine/journal/checkEntries.ts'
import { checkPlace, checkQuery, checkTopic } from '@cutwater/engine/journal/checkQuery.ts'
import type { Entry, Journal, Query, Recorded, Topic } from '@cutwater/engine/ports/Journal.ts'
import * as Checkpoints from './Checkpoints.ts'
import * as Entries from './Entries.ts'
import { explainFailure } from './explainFailure.ts'
import * as Heads from './Heads.ts'
import { type JournalFile, openJournalFile } from './openJournalFile.ts'
import * as Seal from './Seal.ts'

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
 * One process at a time writes; any number may read beside it. A batch is on the disk when `append` returns. Every entry
 * that is read is held against its seal: a reading of a damaged journal gives what comes before the damage, and then says
 * where that is, as `seq` in the facts of `JOURNAL_DAMAGED`.
 *
 * @throws CutwaterError `JOURNAL_FOREIGN`, `JOURNAL_SCHEMA_NEWER`, `JOURNAL_DAMAGED`, `JOURNAL_MISSING`,
 * `JOURNAL_READ_ONLY`, `JOURNAL_BUSY` when it cannot be opened so; `JOURNAL_DISK_FULL`, `JOURNAL_IO` later
 */
export async function sqliteJournal(path: string, options: Options = {}): Promise<Journal> {
  const file = openJournalFile(path, options)
  const { entriesIn, headsNow, write } = prepared(file, path, options)
  const checkpoints = Checkpoints.create(path)
  let open = true

  async function append(entries: readonly Entry[]): Promise<number> {
    checkOpen()
    if (write === undefined) throw openedForReading(path)
    checkEntries(entries)
    if (entries.length === 0) return 0
    const added = explained(() => inTransaction(file.database, () => write(entries)))
    Checkpoints.wrote(checkpoints, entries)
    return added
  }

  async function* read(query: Query = {}): AsyncGenerator<readonly Recorded[]> {
    checkOpen()
    const heads = explained(headsNow)
    const bounds = checkQuery(query, heads.newest)
    if (bounds.topics.length === 0 || bounds.after >= bounds.upTo) return void Heads.sound(heads)
    const reading = explained(() => Entries.begin(entriesIn, bounds, heads, query.topics === undefined))
    for (;;) {
      checkOpen()
      const { page, failure } = Entries.next(reading)
      if (page.length > 0) yield page
      if (failure !== undefined) throw failure
      if (page.length === 0) return
    }
  }

  async function last(topic: Topic, upTo: number = Number.MAX_SAFE_INTEGER): Promise<Recorded | undefined> {
    checkOpen()
    checkTopic(topic)
    checkPlace('upTo', upTo)
    return explained(() => {
      const heads = Heads.sound(headsNow())
      return Entries.last(entriesIn, topic, Math.min(upTo, heads.newest), heads)
    })
  }

  async function find(topic: Topic, ids: readonly string[]): Promise<readonly Recorded[]> {
    checkOpen()
    checkTopic(topic)
    return explained(() => Entries.find(entriesIn, topic, ids))
  }

  async function count(topic: Topic): Promise<number> {
    checkOpen()
    checkTopic(topic)
    return explained(() => Heads.headOf(Heads.sound(headsNow()), topic).entries)
  }

  async function close(): Promise<void> {
    if (!open) return
    open = false
    await Checkpoints.stop(checkpoints)
    explained(file.close)
  }

  function checkOpen(): void {
    if (!open) throw new CutwaterError('JOURNAL_CLOSED', 'the journal is closed', { where: path })
  }

  function explained<T>(act: () => T): T {
    try {
      return act()
    } catch (cause) {
      throw explainFailure(cause, path)
    }
  }

  return { append, read, last, find, count, close }
}

/** Asks for everything once that a journal will ask for again and again. */
function prepared(file: JournalFile, path: string, { readOnly }: Options) {
  const { database, version } = file
  try {
    const entriesIn = Entries.open(database, version, path)
    const headsNow = Heads.reader(database, version, path)
    return { entriesIn, headsNow, write: readOnly ? undefined : writer(database, headsNow) }
  } catch (cause) {
    file.close()
    throw explainFailure(cause, path)
  }
}

/** Writes what is new of a batch, sealed, and where the journal ends after it; returns how many that was. */
function writer(database: DatabaseSync, headsNow: () => Heads.Heads): (entries: readonly Entry[]) => number {
  const insert = database.prepare(
    'INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (topic, id) DO NOTHING',
  )
  const putHead = Heads.writer(database)
  return (batch) => {
    const heads = Heads.sound(headsNow())
    const changed = new Map<Topic, Heads.Head>()
    let { newest } = heads
    for (const { topic, id, at, body } of batch) {
      const head = changed.get(topic) ?? Heads.headOf(heads, topic)
      const seq = newest + 1
      const seal = Seal.of({ seq, topic, id, at, body }, head.seal!)
      const { changes } = insert.run(seq, topic, id, at, body, head.seal, seal)
      if (changes === 0) continue
      newest = seq
      changed.set(topic, { seq, entries: head.entries + 1, seal })
    }
    for (const [topic, head] of changed) putHead(topic, head)
    return newest - heads.newest
  }
}

function inTransaction(database: DatabaseSync, act: () => number): number {
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

function openedForReading(path: string): CutwaterError {
  return new CutwaterError('JOURNAL_READ_ONLY', 'the journal is open for reading only', {
    where: path,
    right: 'a journal opened for writing',
  })
}
