import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import {
  DeliverPolicy,
  JetStreamApiError,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream'
import type { MsgHdrs, NatsConnection } from '@nats-io/transport-node'
import * as KeptStream from '../../nats/KeptStream.ts'
import * as NatsAddress from '../../nats/NatsAddress.ts'
import { persevere } from '../../nats/persevere.ts'
import * as Envelope from './Envelope.ts'
import type { Message } from './Ledger.ts'

/** The stream that holds one journal, and nothing else. */
export type JournalStream = {
  /** the sequence of its newest message */
  tip(): Promise<number>
  /** the messages from one sequence to another, in order and without gaps */
  messages(from: number, to: number): AsyncIterable<Message>
  /**
   * Adds a message after the one with sequence `after` and nowhere else. False where that is not the newest any more;
   * asked again after a failure it may be false because the earlier try was heard.
   */
  add(envelope: Envelope.Envelope, data: Uint8Array, after: number): Promise<boolean>
  /** the most bytes that `add` takes at once */
  readonly mostBytes: number
}

export type Options = { readonly readOnly: boolean; readonly mustExist: boolean }

/**
 * Finds the stream of an address, or makes it.
 *
 * Nothing is ever deleted from it, by age or size or by anybody: what it holds is the journal.
 *
 * @throws CutwaterError `JOURNAL_MISSING`, `JOURNAL_FOREIGN`, `NATS_UNREACHABLE`, `NATS_REFUSED`
 */
export async function open(
  connection: NatsConnection,
  address: NatsAddress.NatsAddress,
  options: Options,
): Promise<JournalStream> {
  const where = NatsAddress.text(address)
  const manager = await persevere(where, () =>
    jetstreamManager(connection, { timeout: KeptStream.answerMilliseconds }),
  )
  const publisher = jetstream(connection, { timeout: KeptStream.answerMilliseconds })
  const name = nameOf(address)
  const subject = subjectOf(address)
  await persevere(where, () => ensure(manager, address, options))
  return {
    // Half of what a server takes, which is 1 MiB unless it is told otherwise: headers count too.
    mostBytes: Math.floor((connection.info?.max_payload ?? 2 ** 20) / 2),
    tip: () => persevere(where, async () => (await manager.streams.info(name)).state.last_seq),
    messages: (from, to) => withoutGaps({ connection, manager, name, where }, from, to),
    async add(envelope, data, after) {
      try {
        const expect = { streamName: name, lastSequence: after }
        await publisher.publish(subject, data, {
          headers: Envelope.sealed(envelope, after + 1, data),
          expect,
        })
        return true
      } catch (cause) {
        if (KeptStream.isOvertaken(cause)) return false
        throw explain(cause, where)
      }
    },
  }
}

export function nameOf({ name }: NatsAddress.NatsAddress): string {
  return `CUTWATER_JOURNAL_${name}`
}

function subjectOf({ name }: NatsAddress.NatsAddress): string {
  return `cutwater.journal.${name}`
}

const fewMessages = 100

async function ensure(
  manager: JetStreamManager,
  address: NatsAddress.NatsAddress,
  { readOnly, mustExist }: Options,
): Promise<void> {
  const name = nameOf(address)
  const held = await KeptStream.find(manager, name)
  if (held === undefined) {
    if (mustExist) throw missing(address)
    const description = `Cutwater: the journal ${address.name}`
    const { replicas } = address
    return KeptStream.create(manager, { name, subject: subjectOf(address), description, replicas })
  }
  if (!held.config.deny_purge || held.config.subjects[0] !== subjectOf(address)) throw foreign(address)
  const { replicas } = address
  if (!readOnly && replicas !== undefined && replicas !== held.config.num_replicas)
    await manager.streams.update(name, { num_replicas: replicas })
}

type Source = {
  readonly connection: NatsConnection
  readonly manager: JetStreamManager
  readonly name: string
  readonly where: string
}

async function* withoutGaps(source: Source, from: number, to: number): AsyncGenerator<Message> {
  for (let next = from; next <= to; ) {
    const begun = next
    for await (const message of (to - next < fewMessages ? oneByOne : inARow)(source, next, to)) {
      if (message.sequence !== next) throw damaged(source.where, next, 'is missing from the stream')
      next += 1
      yield message
    }
    if (next === begun) throw damaged(source.where, next, 'is missing from the stream')
  }
}

async function* oneByOne(
  { manager, name, where }: Source,
  from: number,
  to: number,
): AsyncGenerator<Message> {
  const get = (sequence: number) =>
    persevere(where, async () => await manager.streams.getMessage(name, { seq: sequence }))
  const asked: ReturnType<typeof get>[] = []
  for (let sequence = from; sequence <= to; sequence++) {
    for (let next = from + asked.length; next <= Math.min(to, sequence + window); next++) {
      const answer = get(next)
      // Whoever leaves the reading early leaves answers that nobody awaits.
      answer.catch(() => {})
      asked.push(answer)
    }
    const told = await asked[sequence - from]
    if (told) yield received(where, sequence, told.header, told.data)
  }
}

const window = 16

/** A consumer that lasts as long as the reading: many times faster than asking for each. */
async function* inARow(
  { connection, name, where }: Source,
  from: number,
  to: number,
): AsyncGenerator<Message> {
  const options = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from }
  const consumer = await persevere(where, () => jetstream(connection).consumers.get(name, options))
  const messages = await persevere(where, () => consumer.consume({ max_messages: aheadMessages }))
  try {
    for await (const { seq, headers, data } of messages) {
      yield received(where, seq, headers, data)
      if (seq >= to) return
    }
  } finally {
    await messages.close()
    await consumer.delete().catch(() => false)
  }
}

// Counted in bytes, a large message that does not fit into what is left of them holds the reading up for 45 s, until the
// client misses the server's heartbeats: https://github.com/nats-io/nats-server/issues/5888.
const aheadMessages = 256

function received(where: string, sequence: number, told: MsgHdrs | undefined, data: Uint8Array): Message {
  if (!Envelope.isWhole(told, sequence, data)) throw damaged(where, sequence, 'is not as it was written')
  return { sequence, envelope: Envelope.read(told), data }
}

function explain(cause: unknown, where: string): unknown {
  if (!(cause instanceof JetStreamApiError)) return cause
  const isFull = fullCodes.has(cause.code) || /space|maximum/.test(cause.message)
  if (!isFull) return cause
  return new CutwaterError('JOURNAL_DISK_FULL', `there is no room to write (${cause.message})`, {
    where,
    right: 'free space where the servers keep their streams; the batch is not in the journal',
    cause,
  })
}

// https://github.com/nats-io/nats-server/blob/v2.9.10/server/errors.json: resources of account, server, memory, storage.
const fullCodes = new Set([10_002, 10_023, 10_028, 10_047])

function missing(address: NatsAddress.NatsAddress): CutwaterError {
  return new CutwaterError('JOURNAL_MISSING', 'there is no such journal', {
    where: NatsAddress.text(address),
    right: 'a journal that was kept before, or what one can be begun with',
  })
}

function foreign(address: NatsAddress.NatsAddress): CutwaterError {
  return new CutwaterError('JOURNAL_FOREIGN', `the stream ${nameOf(address)} is no journal of Cutwater`, {
    where: NatsAddress.text(address),
    right: 'a name where there is no stream yet',
  })
}

function damaged(where: string, sequence: number, what: string): CutwaterError {
  return new CutwaterError('JOURNAL_DAMAGED', `message ${sequence} ${what}`, {
    where,
    right: 'a backup, or a copy of what is before it: cutwater journal repair',
    facts: { sequence },
  })
}
