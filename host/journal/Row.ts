import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Recorded, Topic } from '@cutwater/engine/ports/Journal.ts'

/** An entry as it lies in a journal file; without seals in a file from before there were any. */
export type Row = readonly [
  seq: number,
  topic: Topic,
  id: string,
  at: number,
  body: string,
  before: number | null,
  seal: number | null,
]

/** Asks for rows of a file of a schema version. */
export function select(version: number): string {
  return `SELECT seq, topic, id, at, body, ${version === 1 ? 'NULL, NULL' : 'before, seal'} FROM entries`
}

/** A statement that answers with rows. */
export function statement(database: DatabaseSync, sql: string): StatementSync {
  const prepared = database.prepare(sql)
  prepared.setReturnArrays(true)
  return prepared
}

export function recordedOf([seq, topic, id, at, body]: Row): Recorded {
  return { seq, topic, id, at, body }
}
