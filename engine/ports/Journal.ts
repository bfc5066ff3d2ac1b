import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/** What an entry is about; a journal keeps all of them in one order. */
export type Topic = 'bridge' | 'observed' | 'label' | 'found' | 'decided' | 'done' | 'snapshot'

export const topics: readonly Topic[] = [
  'bridge',
  'observed',
  'label',
  'found',
  'decided',
  'done',
  'snapshot',
]

/** The most entries one page of `read` holds; a page of large bodies may hold fewer. */
export const pageEntries = 1_000

/** One thing that happened, was found, decided or done. */
export type Entry = {
  readonly topic: Topic
  /** unique within its topic: writing the same id again changes nothing, whatever its body */
  readonly id: string
  readonly at: UnixTime
  /** JSON text, kept byte for byte */
  readonly body: string
}

/** An entry with its place in the one order, from 1, without gaps that matter. */
export type Recorded = Entry & { readonly seq: number }

/** Which entries to read, oldest first. */
export type Query = {
  readonly topics?: readonly Topic[]
  /** entries after this place; 0 reads from the start */
  readonly after?: number
  /** entries up to and including this place */
  readonly upTo?: number
}

/**
 * The one ordered record of what was observed, found, decided and done.
 *
 * `append` is durable when it returns, writes the whole batch or nothing, and skips entries whose topic and
 * id it holds already, so that writing twice is writing once. A malformed entry is
 * `JOURNAL_ENTRY_MALFORMED` with its `index` in the batch; any call after `close` is `JOURNAL_CLOSED`.
 */
export type Journal = {
  /** returns how many entries were new */
  append(entries: readonly Entry[]): Promise<number>
  /**
   * pages of at most 1,000 entries, in order, none empty; a reading ends with the newest entry there was
   * when it began, so that who appends for every entry read comes to an end; one that cannot be relied on any more
   * gives what comes before the damage, and then fails with `JOURNAL_DAMAGED`
   */
  read(query?: Query): AsyncIterable<readonly Recorded[]>
  /** the newest entry of a topic, at or before a place when one is given */
  last(topic: Topic, upTo?: number): Promise<Recorded | undefined>
  /** the entries of a topic that have one of these ids, in order; what it does not hold is left out */
  find(topic: Topic, ids: readonly string[]): Promise<readonly Recorded[]>
  /** how many entries a topic holds */
  count(topic: Topic): Promise<number>
  /** closing twice is closing once */
  close(): Promise<void>
}
