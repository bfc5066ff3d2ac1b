import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Topic } from '@cutwater/engine/ports/Journal.ts'
import * as Seal from './Seal.ts'

/** Where a topic of a journal file ends; `seal` is null in a file from before there were seals. */
export type Head = { readonly seq: number; readonly entries: number; readonly seal: number | null }

/** Where a journal file ends: what a reading is held against, so that entries lost at the end are missed. */
export type Heads = {
  readonly newest: number
  readonly byTopic: ReadonlyMap<Topic, Head>
  /** why it cannot be said; what can still be read is given before it is thrown */
  readonly fault: CutwaterError | null
}

const none: Head = { seq: 0, entries: 0, seal: 0 }

export function headOf({ byTopic }: Heads, topic: Topic): Head {
  return byTopic.get(topic) ?? none
}

/** Heads that can be relied on; only a reading goes without, and gives what it can before it fails. */
export function sound(heads: Heads): Heads {
  if (heads.fault !== null) throw heads.fault
  return heads
}

/** Asks a file where it ends; each answer is of one moment. */
export function reader(database: DatabaseSync, version: number, path: string): () => Heads {
  const rows = database.prepare(version === 1 ? counted : kept)
  const end = database.prepare(`SELECT ${newest}`)
  return () => {
    try {
      return headsOf(rows.all() as unknown as readonly Row[], version, path)
    } catch (cause) {
      const held = end.get()!.newest as number
      const fault = cause instanceof CutwaterError ? cause : undefined
      return {
        newest: held,
        byTopic: new Map(),
        fault: fault ?? unclear(path, held, 'cannot be read', cause),
      }
    }
  }
}

function headsOf(rows: readonly Row[], version: number, path: string): Heads {
  const byTopic = new Map<Topic, Head>()
  const held = rows[0]!.newest
  let told = 0
  for (const { topic, seq, entries, seal, sum } of rows) {
    if (topic === null) continue
    if (version > 1 && sum !== sumOf(topic, { seq, entries, seal })) throw unclear(path, held, 'is damaged')
    byTopic.set(topic, { seq, entries, seal })
    told = Math.max(told, seq)
  }
  if (told !== held) throw unclear(path, held, `says ${told}, and it ends with ${held}`)
  return { newest: held, byTopic, fault: null }
}

/** Writes where a topic ends from now on. */
export function writer(database: DatabaseSync): (topic: Topic, head: Head) => void {
  const put = database.prepare(`INSERT INTO heads VALUES (?, ?, ?, ?, ?) ON CONFLICT (topic)
    DO UPDATE SET seq = excluded.seq, entries = excluded.entries, seal = excluded.seal, sum = excluded.sum`)
  return (topic, head) => void put.run(topic, head.seq, head.entries, head.seal, sumOf(topic, head))
}

type Row = Head & { readonly newest: number; readonly topic: Topic | null; readonly sum: number | null }

const newest = '(SELECT coalesce(max(seq), 0) FROM entries) AS newest'
const kept = `SELECT ${newest}, heads.* FROM (SELECT 1) LEFT JOIN heads`
const counted = `SELECT ${newest}, counted.* FROM (SELECT 1) LEFT JOIN
  (SELECT topic, max(seq) AS seq, count(*) AS entries, NULL AS seal, NULL AS sum FROM entries GROUP BY topic) AS counted`

function sumOf(topic: string, { seq, entries, seal }: Head): number {
  return crc32(`${topic}\0${seq}\0${entries}\0${seal}`)
}

function unclear(path: string, held: number, what: string, cause?: unknown): CutwaterError {
  return Seal.broken(path, held + 1, `what says where the journal ends ${what}`, cause)
}
