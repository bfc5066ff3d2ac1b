import { setTimeout as sleep } from 'node:timers/promises'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { checkEntries } from '@cutwater/engine/journal/checkEntries.ts'
import { checkPlace, checkQuery, checkTopic } from '@cutwater/engine/journal/checkQuery.ts'
import type { Entry, Journal, Query, Recorded, Topic } from '@cutwater/engine/ports/Journal.ts'
import { pageEntries } from '@cutwater/engine/ports/Journal.ts'
import { nuid } from '@nats-io/transport-node'
import { connectNats } from '../../nats/connectNats.ts'
import * as NatsAddress from '../../nats/NatsAddress.ts'
import { persevere } from '../../nats/persevere.ts'
import { untilDamage } from '../untilDamage.ts'
import * as Envelope from './Envelope.ts'
import * as JournalStream from './JournalStream.ts'
import * as Ledger from './Ledger.ts'

export type Options = Partial<JournalStream.Options> & {
  /**
   * The token of a lease: from now on no writer with a smaller one, or none, gets anything into the journal, however
   * late its messages come. One that is waited for opens the journal when it comes; what others write is read meanwhile,
   * so that who takes over need not read it all then.
   */
  readonly token?: number | Promise<number | undefined>
}

/**
 * A journal in a stream of NATS JetStream, on as many servers as its address says.
 *
 * A batch goes in right after the message that its writer folded last, or not at all: so that what is known there is
 * all that is known, an id is in the journal once for good, and of writers at once each batch stands whole.
 *
 * @throws CutwaterError `NATS_*`, `JOURNAL_MISSING`, `JOURNAL_FOREIGN`, `JOURNAL_DAMAGED` on opening; `LEASE_LOST` where
 * another writer has a greater token; `JOURNAL_DISK_FULL` later
 */
export async function natsJournal(address: NatsAddress.NatsAddress, options: Options = {}): Promise<Journal> {
  const { readOnly = false, mustExist = readOnly } = options
  const where = NatsAddress.text(address)
  const connection = await connectNats(address)
  try {
    const stream = await JournalStream.open(connection, address, { readOnly, mustExist })
    const ledger = Ledger.create(where)
    // A reading of a damaged one gives what is before the damage.
    if (readOnly) await untilDamage(() => catchUp(stream, ledger))
    else await catchUp(stream, ledger)
    const token = (await readingAlong(options.token, () => catchUp(stream, ledger))) ?? 0
    if (!readOnly && token > 0) await fence(stream, ledger, token)
    return journalOf({ stream, ledger, token, readOnly, where }, () => connection.close())
  } catch (error) {
    await connection.close()
    throw error
  }
}

const readAlongMilliseconds = 2_000

async function readingAlong<T>(awaited: T | Promise<T>, read: () => Promise<unknown>): Promise<T> {
  const come = Promise.resolve(awaited).then((value) => ({ value }))
  for (;;) {
    const late = new AbortController()
    const pause = sleep(readAlongMilliseconds, null, { signal: late.signal }).catch(() => null)
    const first = await Promise.race([come, pause])
    late.abort()
    if (first !== null) return first.value
    await read()
  }
}

type Post = {
  readonly stream: JournalStream.JournalStream
  readonly ledger: Ledger.Ledger
  readonly token: number
  readonly readOnly: boolean
  readonly where: string
}

function journalOf(post: Post, disconnect: () => Promise<void>): Journal {
  const { stream, ledger, where } = post
  let open = true
  let tail: Promise<unknown> = Promise.resolve()

  async function append(entries: readonly Entry[]): Promise<number> {
    checkOpen()
    if (post.readOnly) throw openedForReading(where)
    checkEntries(entries)
    const own = entries.map(({ topic, id, at, body }) => ({ topic, id, at, body }))
    const written = tail.then(() => write(post, own))
    tail = written.catch(() => {})
    return await written
  }

  async function* read(query: Query = {}): AsyncGenerator<readonly Recorded[]> {
    checkOpen()
    const damage = await untilDamage(() => catchUp(stream, ledger))
    const bounds = checkQuery(query, ledger.newest)
    const wanted = new Set(bounds.topics)
    let page: Recorded[] = []
    let characters = 0
    for await (const batch of contents(post, Ledger.batchesWithin(ledger, bounds))) {
      for (const entry of batch) {
        if (entry.seq <= bounds.after || entry.seq > bounds.upTo || !wanted.has(entry.topic)) continue
        page.push(entry)
        characters += entry.body.length
        if (page.length < pageEntries && characters < pageCharacters) continue
        checkOpen()
        yield page
        checkOpen()
        page = []
        characters = 0
      }
    }
    if (page.length > 0) yield page
    checkOpen()
    if (damage !== null) throw damage
  }

  async function last(topic: Topic, upTo: number = Number.MAX_SAFE_INTEGER): Promise<Recorded | undefined> {
    checkOpen()
    checkTopic(topic)
    checkPlace('upTo', upTo)
    await catchUp(stream, ledger)
    const place = Ledger.lastPlace(ledger, topic, upTo)
    return place === undefined ? undefined : (await entriesAt([place]))[0]
  }

  async function find(topic: Topic, ids: readonly string[]): Promise<readonly Recorded[]> {
    checkOpen()
    checkTopic(topic)
    await catchUp(stream, ledger)
    return await entriesAt(Ledger.placesOf(ledger, topic, ids))
  }

  async function entriesAt(places: readonly number[]): Promise<readonly Recorded[]> {
    const wanted = new Set(places)
    const batches = [...new Set(places.map((place) => Ledger.batchAt(ledger, place)))]
    const found: Recorded[] = []
    for await (const batch of contents(post, batches))
      found.push(...batch.filter(({ seq }) => wanted.has(seq)))
    return found
  }

  async function count(topic: Topic): Promise<number> {
    checkOpen()
    checkTopic(topic)
    await catchUp(stream, ledger)
    return ledger.byTopic.get(topic)!.places.length
  }

  async function close(): Promise<void> {
    if (!open) return
    open = false
    await tail
    await disconnect()
  }

  function checkOpen(): void {
    if (!open) throw new CutwaterError('JOURNAL_CLOSED', 'the journal is closed', { where })
  }

  return { append, read, last, find, count, close }
}

// A page of 1,000 large snapshots would not fit in memory.
const pageCharacters = 16 * 2 ** 20

/** Folds what others, or earlier tries of ours, have written; returns the batches that it made whole. */
async function catchUp(
  stream: JournalStream.JournalStream,
  ledger: Ledger.Ledger,
): Promise<readonly Ledger.Batch[]> {
  const tip = await stream.tip()
  const made: Ledger.Batch[] = []
  if (tip <= ledger.sequence) return made
  for await (const message of stream.messages(ledger.sequence + 1, tip)) {
    const batch = Ledger.take(ledger, message)
    if (batch) made.push(batch)
  }
  return made
}

/** Writes what is new of a batch after everything that is known, and until that is so. */
async function write({ stream, ledger, token, where }: Post, entries: readonly Entry[]): Promise<number> {
  const id = nuid.next()
  return await persevere(where, async () => {
    for (;;) {
      if (ledger.token > token) throw overtaken(where, ledger.token, token)
      const fresh = Ledger.unknown(ledger, entries)
      if (fresh.length === 0) return 0
      const pieces = Envelope.split(Envelope.pack(fresh), stream.mostBytes)
      const batch = { kind: 'part', batch: id, of: pieces.length, first: ledger.newest + 1, token } as const
      if (await addAll(stream, ledger, batch, pieces)) return fresh.length
      const heard = (await catchUp(stream, ledger)).find((each) => each.id === id)
      if (heard) return heard.entries
    }
  })
}

async function addAll(
  stream: JournalStream.JournalStream,
  ledger: Ledger.Ledger,
  batch: Omit<Envelope.Part, 'nth'>,
  pieces: readonly Uint8Array[],
): Promise<boolean> {
  for (const [index, data] of pieces.entries()) {
    const envelope = { ...batch, nth: index + 1 }
    const after = ledger.sequence
    if (!(await stream.add(envelope, data, after))) return false
    Ledger.take(ledger, { sequence: after + 1, envelope, data })
  }
  return true
}

async function fence(
  stream: JournalStream.JournalStream,
  ledger: Ledger.Ledger,
  token: number,
): Promise<void> {
  await persevere(ledger.where, async () => {
    while (ledger.token < token) {
      const after = ledger.sequence
      const envelope = { kind: 'fence', token } as const
      const data = new Uint8Array()
      if (await stream.add(envelope, data, after))
        Ledger.take(ledger, { sequence: after + 1, envelope, data })
      else await catchUp(stream, ledger)
    }
  })
  if (ledger.token > token) throw overtaken(ledger.where, ledger.token, token)
}

/** The entries of batches with their places, batch by batch. */
async function* contents(
  { stream, ledger }: Post,
  batches: readonly Ledger.Batch[],
): AsyncGenerator<readonly Recorded[]> {
  for (const run of runsOf(batches)) {
    const [begin, end] = [run[0]!, run.at(-1)!]
    let nth = 0
    let pieces: Uint8Array[] = []
    for await (const { sequence, data } of stream.messages(begin.message, end.message + end.messages - 1)) {
      const { message, messages, first } = run[nth]!
      if (sequence < message) continue
      pieces.push(data)
      if (pieces.length < messages) continue
      yield Ledger.unpack(ledger, sequence, pieces).map((entry, index) => ({ seq: first + index, ...entry }))
      pieces = []
      nth += 1
    }
  }
}

/** Batches that lie close together are read in a row, with the little between them; the others by themselves. */
function runsOf(batches: readonly Ledger.Batch[]): readonly (readonly Ledger.Batch[])[] {
  const runs: Ledger.Batch[][] = []
  for (const batch of batches) {
    const before = runs.at(-1)?.at(-1)
    if (before && batch.message - before.message - before.messages <= between) runs.at(-1)!.push(batch)
    else runs.push([batch])
  }
  return runs
}

/** So many messages are read over faster than a new reading begins. */
const between = 30

function overtaken(where: string, greater: number, token: number): CutwaterError {
  return new CutwaterError(
    'LEASE_LOST',
    `another has taken over with token ${greater}; nothing was written with token ${token}`,
    { where, right: 'one decider at a time', facts: { token, greater } },
  )
}

function openedForReading(where: string): CutwaterError {
  return new CutwaterError('JOURNAL_READ_ONLY', 'the journal is open for reading only', {
    where,
    right: 'a journal opened for writing',
  })
}
