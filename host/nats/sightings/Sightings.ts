import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { decode, encode } from '@cutwater/engine/journal/encode.ts'
import type { ChainSignal, Standing } from '@cutwater/engine/ports/ChainSource.ts'
import {
  DeliverPolicy,
  JetStreamApiError,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import * as KeptStream from '../KeptStream.ts'
import type * as NatsAddress from '../NatsAddress.ts'
import * as Address from '../NatsAddress.ts'
import { persevere } from '../persevere.ts'

/** What observers tell of a bridge's chains, beside its journal: a subject for each chain, read by whoever decides. */
export type Sightings = {
  /** what was told last of a chain; undefined where nothing was */
  newest(chain: ChainId): Promise<Sighting | undefined>
  /**
   * Tells what follows the sighting with number `after`, 0 for the first.
   *
   * @throws CutwaterError `OBSERVER_OVERTAKEN` where another has told something else by then
   */
  add(chain: ChainId, told: Told, after: number): Promise<Sighting>
  /** what follows a number, for as long as it is wanted */
  follow(chain: ChainId, after: number): Promise<Following>
}

export type Told = {
  readonly signal: ChainSignal
  /** where the chain stands after it; null before its first block */
  readonly standing: Standing | null
}

/** What was told, with its number: it grows within a chain, not one by one. */
export type Sighting = Told & { readonly nth: number }

export type Following = AsyncIterable<Sighting> & { close(): Promise<void> }

/** Finds the stream of sightings beside the journal at an address, or makes it. */
export async function open(connection: NatsConnection, address: NatsAddress.NatsAddress): Promise<Sightings> {
  const where = Address.text(address)
  const name = `CUTWATER_SIGHTINGS_${address.name}`
  const subjectOf = (chain: ChainId) => `cutwater.sightings.${address.name}.${chain}`
  const kept: KeptStream.KeptStream = {
    name,
    subject: `cutwater.sightings.${address.name}.*`,
    // A decider that was away for a month goes on where it was.
    description: `Cutwater: what observers tell of ${address.name}`,
    replicas: address.replicas,
  }
  const manager = await persevere(where, () =>
    jetstreamManager(connection, { timeout: KeptStream.answerMilliseconds }),
  )
  const client = jetstream(connection, { timeout: KeptStream.answerMilliseconds })
  await persevere(where, async () => {
    if ((await KeptStream.find(manager, name)) === undefined) await KeptStream.create(manager, kept)
  })

  async function newest(chain: ChainId): Promise<Sighting | undefined> {
    const last = await persevere(where, () => lastOf(manager, name, subjectOf(chain)))
    return last && { ...read(last.data), nth: last.seq }
  }

  async function add(chain: ChainId, told: Told, after: number): Promise<Sighting> {
    const text = encode(told)
    const expect = { streamName: name, lastSubjectSequence: after }
    const nth = await persevere(where, async () => {
      try {
        return (await client.publish(subjectOf(chain), text, { expect })).seq
      } catch (cause) {
        if (KeptStream.isOvertaken(cause)) return undefined
        throw cause
      }
    })
    if (nth !== undefined) return { ...told, nth }
    // An earlier try may have been heard though its answer was lost.
    const last = await newest(chain)
    if (last !== undefined && encode({ signal: last.signal, standing: last.standing }) === text) return last
    throw overtaken(where, chain)
  }

  async function follow(chain: ChainId, after: number): Promise<Following> {
    const from = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: after + 1 }
    const options = { filter_subjects: subjectOf(chain), ...from }
    const consumer = await persevere(where, () => client.consumers.get(name, options))
    const messages = await persevere(where, () => consumer.consume())
    async function* sightings(): AsyncGenerator<Sighting> {
      for await (const { seq, data } of messages) yield { ...read(data), nth: seq }
    }
    const told = sightings()
    // Whether it waits for the next one or not, both end it together and neither alone.
    const close = async () => {
      await Promise.all([messages.close(), told.return(undefined)])
      await consumer.delete().catch(() => false)
    }
    return { [Symbol.asyncIterator]: () => told, close }
  }

  return { newest, add, follow }
}

const noMessage = 10_037

async function lastOf(manager: JetStreamManager, name: string, subject: string) {
  try {
    return (await manager.streams.getMessage(name, { last_by_subj: subject })) ?? undefined
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === noMessage) return undefined
    throw error
  }
}

function read(data: Uint8Array): Told {
  return decode(Buffer.from(data).toString('utf8')) as Told
}

function overtaken(where: string, chain: ChainId): CutwaterError {
  return new CutwaterError('OBSERVER_OVERTAKEN', 'another observer has told something else of this chain', {
    where: `${where}, chain ${chain}`,
    right: 'one observer of a chain at a time; started again, this one goes on after the other',
  })
}
