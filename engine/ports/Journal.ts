import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/** What an entry is about; a journal keeps all of them in one order. */
export type Topic = 'bridge' | 'observed' | 'label' | 'found' | 'decided' | 'done' | 'snapshot'

/** One thing that happened, was found, decided or done. */
export type Entry = {
  readonly topic: Topic
  /** unique within its topic: writing the same id again changes nothing */
  readonly id: string
  readonly at: UnixTime
  /** JSON text */
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
 * id it holds already, so that writing twice is writing once.
 */
export type Journal = {
  /** returns how many entries were new */
  append(entries: readonly Entry[]): Promise<number>
  /** pages of at most 1,000 entries, in order */
  read(query?: Query): AsyncIterable<readonly Recorded[]>
  /** the newest entry of a topic, at or before a place when one is given */
  last(topic: Topic, upTo?: number): Promise<Recorded | undefined>
  /** how many entries a topic holds */
  count(topic: Topic): Promise<number>
  close(): Promise<void>
}
