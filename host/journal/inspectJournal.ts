import { createHash } from 'node:crypto'
import type { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { type Journal, type Topic, topics } from '@cutwater/engine/ports/Journal.ts'
import { untilDamage } from './untilDamage.ts'

/** What a journal holds, as far as it can be read. */
export type Inspection = {
  readonly entries: number
  readonly byTopic: Readonly<Record<Topic, number>>
  /** the first and the last time of an entry; null where there is none */
  readonly from: UnixTime | null
  readonly to: UnixTime | null
  /**
   * SHA-256 over all entries but snapshots, which can be made anew: two journals with the same one hold the same record,
   * and one that was noted down shows later that the record still begins so
   */
  readonly fingerprint: string
  /** what kept it from being read to its end */
  readonly damage: CutwaterError | null
}

export type Options = {
  /** up to and including this place */
  readonly upTo?: number
  readonly onProgress?: (entries: number) => void
}

/** Reads a journal from its first entry to its last, or up to where it is damaged. */
export async function inspectJournal(
  journal: Pick<Journal, 'read'>,
  options: Options = {},
): Promise<Inspection> {
  const { upTo, onProgress } = options
  const byTopic = Object.fromEntries(topics.map((topic) => [topic, 0])) as Record<Topic, number>
  const hash = createHash('sha256')
  let [entries, from, to] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const damage = await untilDamage(async () => {
    for await (const page of journal.read(upTo === undefined ? {} : { upTo })) {
      for (const { topic, id, at, body } of page) {
        byTopic[topic] += 1
        from = Math.min(from, at)
        to = Math.max(to, at)
        if (topic !== 'snapshot') hash.update(`${topic}\0${at}\0${id}\0${body}\0`)
      }
      entries += page.length
      onProgress?.(entries)
    }
  })
  const [first, last] = entries === 0 ? [null, null] : [from, to]
  return { entries, byTopic, from: first, to: last, fingerprint: hash.digest('hex'), damage }
}

/** How many entries a journal holds; 0 where it is too damaged to say. */
export async function entriesIn(journal: Journal): Promise<number> {
  let entries = 0
  await untilDamage(async () => {
    for (const topic of topics) entries += await journal.count(topic)
  })
  return entries
}
