import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Bounds } from '@cutwater/engine/journal/checkQuery.ts'
import type { Entry, Topic } from '@cutwater/engine/ports/Journal.ts'
import { topics } from '@cutwater/engine/ports/Journal.ts'
import * as Envelope from './Envelope.ts'

/**
 * What a journal's stream says, folded: which ids it holds, and in which messages which places are. Bodies stay with
 * the servers.
 *
 * The fold is the same for every reader, so a batch is in the journal, or not, for all of them alike.
 */
export type Ledger = {
  /** the journal, for errors */
  readonly where: string
  /** the last message that was folded */
  sequence: number
  /** the place of the newest entry */
  newest: number
  /** the greatest token seen: who has a smaller one may write no more */
  token: number
  readonly byTopic: ReadonlyMap<Topic, { readonly ids: Map<string, number>; readonly places: number[] }>
  readonly batches: Batch[]
  /** what it cannot be folded past */
  fault: CutwaterError | null
  /** the batch whose parts are coming in */
  open: { readonly part: Envelope.Part; readonly from: number; readonly pieces: Uint8Array[] } | null
}

/** A batch of entries in messages that follow one another. */
export type Batch = {
  readonly id: string
  /** its first message, and how many there are */
  readonly message: number
  readonly messages: number
  /** the place of its first entry, and how many there are */
  readonly first: number
  readonly entries: number
  /** which topics it holds, a bit each */
  readonly topics: number
}

export type Message = {
  readonly sequence: number
  readonly envelope: Envelope.Envelope | undefined
  readonly data: Uint8Array
}

export function create(where: string): Ledger {
  return {
    where,
    sequence: 0,
    newest: 0,
    token: 0,
    byTopic: new Map(
      topics.map((topic) => [topic, { ids: new Map<string, number>(), places: [] as number[] }]),
    ),
    batches: [],
    fault: null,
    open: null,
  }
}

/**
 * Folds the next message, and returns the batch that it makes whole; a message that was folded already changes nothing.
 *
 * A batch whose parts do not follow one another was given up by its writer, or its writer was killed: it never was. One
 * by a writer whose token another has overtaken never was either.
 *
 * @throws CutwaterError `JOURNAL_DAMAGED`, `JOURNAL_FOREIGN`
 */
export function take(ledger: Ledger, message: Message): Batch | undefined {
  if (message.sequence <= ledger.sequence) return undefined
  if (ledger.fault !== null) throw ledger.fault
  const before = ledger.sequence
  try {
    return fold(ledger, message)
  } catch (error) {
    // What is not understood is not skipped by who asks again.
    if (error instanceof CutwaterError) ledger.fault = error
    ledger.sequence = before
    throw error
  }
}

function fold(ledger: Ledger, { sequence, envelope, data }: Message): Batch | undefined {
  if (sequence !== ledger.sequence + 1)
    throw damaged(ledger, ledger.sequence + 1, 'the message is missing from the stream')
  if (envelope === undefined) throw foreign(ledger, sequence)
  ledger.sequence = sequence
  if (envelope.kind === 'fence') {
    ledger.token = Math.max(ledger.token, envelope.token)
    ledger.open = null
    return undefined
  }
  if (envelope.token < ledger.token) return undefined
  const pieces = join(ledger, sequence, envelope, data)
  return pieces === undefined ? undefined : complete(ledger, sequence, envelope, pieces)
}

/** The entries whose topic and id the journal does not hold, each once. */
export function unknown(ledger: Ledger, entries: readonly Entry[]): readonly Entry[] {
  const fresh = new Set<string>()
  return entries.filter(({ topic, id }) => {
    const key = `${topic} ${id}`
    if (fresh.has(key) || ledger.byTopic.get(topic)!.ids.has(id)) return false
    fresh.add(key)
    return true
  })
}

/** The batches that may hold what is asked for, in order. */
export function batchesWithin(ledger: Ledger, { topics: wanted, after, upTo }: Bounds): readonly Batch[] {
  const mask = maskOf(wanted)
  if (mask === 0 || after >= upTo) return []
  const from = indexOf(ledger, after + 1)
  return ledger.batches.slice(from, indexOf(ledger, upTo) + 1).filter((batch) => (batch.topics & mask) !== 0)
}

/** The place of the newest entry of a topic at or before a place. */
export function lastPlace(ledger: Ledger, topic: Topic, upTo: number): number | undefined {
  const { places } = ledger.byTopic.get(topic)!
  return places[below(places.length, (nth) => places[nth]! <= upTo) - 1]
}

/** The places of the entries of a topic that have one of these ids, in order. */
export function placesOf({ byTopic }: Ledger, topic: Topic, wanted: readonly string[]): readonly number[] {
  const { ids } = byTopic.get(topic)!
  return [...new Set(wanted)].flatMap((id) => ids.get(id) ?? []).sort((a, b) => a - b)
}

export function batchAt(ledger: Ledger, place: number): Batch {
  return ledger.batches[indexOf(ledger, place)]!
}

function join(
  ledger: Ledger,
  sequence: number,
  part: Envelope.Part,
  data: Uint8Array,
): readonly Uint8Array[] | undefined {
  const { batch, nth, of, first } = part
  if (nth === 1) ledger.open = { part, from: sequence, pieces: [] }
  const { open } = ledger
  const follows =
    open !== null &&
    open.part.batch === batch &&
    open.part.of === of &&
    open.part.first === first &&
    sequence === open.from + nth - 1
  if (!follows) {
    ledger.open = null
    return undefined
  }
  open.pieces.push(data)
  return nth === of ? open.pieces : undefined
}

function complete(
  ledger: Ledger,
  sequence: number,
  { batch, of, first }: Envelope.Part,
  pieces: readonly Uint8Array[],
): Batch {
  ledger.open = null
  if (first !== ledger.newest + 1)
    throw damaged(ledger, sequence, `its entries begin at ${first} after ${ledger.newest}`)
  const entries = unpack(ledger, sequence, pieces)
  for (const { topic, id } of entries) {
    const { ids, places } = ledger.byTopic.get(topic)!
    ledger.newest += 1
    ids.set(id, ledger.newest)
    places.push(ledger.newest)
  }
  const made: Batch = {
    id: batch,
    message: sequence - of + 1,
    messages: of,
    first,
    entries: entries.length,
    topics: maskOf(entries.map(({ topic }) => topic)),
  }
  ledger.batches.push(made)
  return made
}

/** The entries of a batch's messages. */
export function unpack(
  ledger: Pick<Ledger, 'where'>,
  sequence: number,
  pieces: readonly Uint8Array[],
): readonly Entry[] {
  const entries = Envelope.unpack(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces))
  if (entries === undefined) throw damaged(ledger, sequence, 'the batch that ends with it cannot be read')
  return entries
}

/** The index of the batch that holds a place, or that would. */
function indexOf({ batches }: Ledger, place: number): number {
  return Math.max(0, below(batches.length, (nth) => batches[nth]!.first <= place) - 1)
}

/** How many of the first numbers satisfy what holds up to some number and not after. */
function below(length: number, holds: (nth: number) => boolean): number {
  let [from, to] = [0, length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (holds(middle)) from = middle + 1
    else to = middle
  }
  return from
}

function maskOf(some: readonly Topic[]): number {
  return some.reduce((mask, topic) => mask | (1 << topics.indexOf(topic)), 0)
}

function damaged({ where }: Pick<Ledger, 'where'>, sequence: number, what: string): CutwaterError {
  return new CutwaterError('JOURNAL_DAMAGED', `message ${sequence}: ${what}`, {
    where,
    right: 'a backup, or a copy of what is before it: cutwater journal repair',
    facts: { sequence },
  })
}

function foreign({ where }: Ledger, sequence: number): CutwaterError {
  return new CutwaterError('JOURNAL_FOREIGN', `message ${sequence} of the stream is of no journal`, {
    where,
    right: 'a stream that nothing but Cutwater writes to, or a name where there is none yet',
    facts: { sequence },
  })
}
