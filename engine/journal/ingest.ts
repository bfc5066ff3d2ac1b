import * as Observation from '@cutwater/core/bridge/Observation.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Entry, Journal, Recorded } from '../ports/Journal.ts'
import type { History } from '../replay/History.ts'
import { encode } from './encode.ts'

export type Options = {
  /** called after every batch that has become durable */
  readonly onProgress?: (progress: Progress) => void
  /** entries to a batch */
  readonly batch?: number
}

/** How many of the history's entries the journal holds. */
export type Progress = { readonly done: number; readonly total: number }

export type Ingested = {
  readonly observations: number
  readonly labels: number
  /** entries this call added; 0 when the journal held the whole history already */
  readonly written: number
}

/**
 * Writes a history into a journal: the bridge, the observations in their order, the labels, and at the end
 * an entry that says it is whole.
 *
 * Every batch is durable on its own. Run again after a kill, it compares what the journal holds with what the
 * history says and goes on from there; the entries are the same as after one undisturbed run.
 *
 * @throws CutwaterError `JOURNAL_BRIDGE_DIFFERS` or `JOURNAL_HISTORY_DIFFERS` where the journal holds
 * something else, `HISTORY_ID_REPEATED` for two observations with one id; nothing is written then
 */
export async function ingest(journal: Journal, history: History, options: Options = {}): Promise<Ingested> {
  const { onProgress, batch = 1_000 } = options
  checkBatch(batch)
  checkIds(history)
  const total = history.observations.length + history.attack.size + 2
  const entries = entriesOf(history)
  const recorded = await skipRecorded(journal, entries, history)
  let done = recorded
  if (done > 0) onProgress?.({ done, total })
  for (const chunk of chunksOf(entries, batch)) {
    await journal.append(chunk)
    done += chunk.length
    onProgress?.({ done, total })
  }
  return { observations: history.observations.length, labels: history.attack.size, written: done - recorded }
}

/** Body of the entry that opens a history. */
export type Opening = Pick<History, 'bridge' | 'source'>

/** Body of the entry that closes it. */
export type Closing = { readonly complete: { readonly observations: number; readonly labels: number } }

function* entriesOf({ bridge, source, observations, attack }: History): Generator<Entry, undefined> {
  const from = observations[0]?.at ?? 0
  const to = observations.at(-1)?.at ?? from
  const opening: Opening = { bridge, source }
  yield { topic: 'bridge', id: bridge.name, at: from, body: encode(opening) }
  for (const observation of observations) {
    yield {
      topic: 'observed',
      id: Observation.id(observation),
      at: observation.at,
      body: encode(observation),
    }
  }
  // What was an attack is known when it is over.
  for (const id of attack) yield { topic: 'label', id, at: to, body: encode({ label: 'attack' }) }
  const closing: Closing = { complete: { observations: observations.length, labels: attack.size } }
  yield { topic: 'bridge', id: `${bridge.name}:complete`, at: to, body: encode(closing) }
}

/** Takes from `entries` those the journal holds, and returns how many they were. */
async function skipRecorded(journal: Journal, entries: Iterator<Entry>, history: History): Promise<number> {
  let skipped = 0
  for await (const page of journal.read({ topics: ['bridge', 'observed', 'label'] })) {
    for (const held of page) {
      const next = entries.next()
      // What follows a whole history is the bridge's later life, watched.
      if (next.done) return skipped
      if (!isSame(held, next.value)) throw differs(held, next.value, history)
      skipped += 1
    }
  }
  return skipped
}

function isSame(a: Entry, b: Entry): boolean {
  return a.topic === b.topic && a.id === b.id && a.at === b.at && a.body === b.body
}

function* chunksOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = []
  for (const item of items) {
    chunk.push(item)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

function checkBatch(batch: number): void {
  if (Number.isSafeInteger(batch) && batch > 0) return
  throw new CutwaterError('JOURNAL_BATCH_MALFORMED', `batch is ${batch}`, {
    right: 'a whole number, 1 or more',
  })
}

/** A journal would keep the first of two observations with one id and drop the second without a word. */
function checkIds({ observations, source }: History): void {
  const places = new Map<string, number>()
  for (const [index, observation] of observations.entries()) {
    const id = Observation.id(observation)
    const first = places.get(id)
    if (first !== undefined) throw repeated(source, id, first, index)
    places.set(id, index)
  }
}

function repeated(where: string, id: string, first: number, second: number): CutwaterError {
  return new CutwaterError('HISTORY_ID_REPEATED', `observations ${first} and ${second} share the id ${id}`, {
    where,
    right: 'an id for each observation',
    facts: { id, first, second },
  })
}

function differs(held: Recorded, next: Entry, { bridge }: History): CutwaterError {
  const where = `journal entry ${held.seq}`
  if (held.topic === 'bridge' && held.id !== next.id) {
    return new CutwaterError('JOURNAL_BRIDGE_DIFFERS', `the journal holds the bridge ${held.id}`, {
      where,
      right: `${bridge.name}, or a new journal for it`,
    })
  }
  return new CutwaterError('JOURNAL_HISTORY_DIFFERS', `the journal holds ${held.topic} ${held.id}`, {
    where,
    right: `${next.topic} ${next.id} as this history of ${bridge.name} has it, or a new journal for it`,
  })
}
