import { deserialize, serialize } from 'node:v8'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Tally } from '@cutwater/core/simulation/attack/Tally.ts'
import type { Job, Range } from '@cutwater/engine/ports/Crew.ts'
import {
  AckPolicy,
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import * as NatsAddress from '../nats/NatsAddress.ts'
import { persevere } from '../nats/persevere.ts'

/** Where orders wait for workers, and results for who ordered them: two streams of one name. */
export type WorkQueue = {
  readonly where: string
  readonly manager: JetStreamManager
  readonly workStream: string
  readonly doneStream: string
  /** the consumer that all workers share: an order goes to one of them at a time */
  readonly workers: string
  /** subjects of a run's orders and results */
  work(run: string): string
  done(run: string): string
}

/** An order to a worker; it needs nothing else to carry it out. */
export type Order = { readonly run: string; readonly index: number; readonly job: Job; readonly range: Range }

export type Result = { readonly index: number } & (
  | { readonly tallies: readonly Tally[] }
  | { readonly error: { readonly code: string; readonly what: string; readonly right: string | undefined } }
)

/** A worker who is not heard of for so long has lost its order to another. */
export const silentSeconds = 5

/** Finds the queue of an address, or makes it. */
export async function open(connection: NatsConnection, address: NatsAddress.NatsAddress): Promise<WorkQueue> {
  const where = NatsAddress.text(address)
  const manager = await persevere(where, () => jetstreamManager(connection))
  const { name, replicas = 1 } = address
  const queue: WorkQueue = {
    where,
    manager,
    workStream: `CUTWATER_WORK_${name}`,
    doneStream: `CUTWATER_DONE_${name}`,
    workers: 'workers',
    work: (run) => `cutwater.work.${name}.${run}`,
    done: (run) => `cutwater.done.${name}.${run}`,
  }
  const day = 86_400e9
  const common = { num_replicas: replicas, max_age: day }
  await ensure(queue.where, () =>
    manager.streams.add({
      ...common,
      name: queue.workStream,
      subjects: [queue.work('*')],
      retention: RetentionPolicy.Workqueue,
    }),
  )
  await ensure(queue.where, () =>
    manager.streams.add({ ...common, name: queue.doneStream, subjects: [queue.done('*')] }),
  )
  await ensure(queue.where, () =>
    manager.consumers.add(queue.workStream, {
      durable_name: queue.workers,
      ack_policy: AckPolicy.Explicit,
      ack_wait: silentSeconds * 1e9,
    }),
  )
  return queue
}

/** What was made before, with other replicas, stays as it is. */
async function ensure(where: string, make: () => Promise<unknown>): Promise<void> {
  await persevere(where, async () => {
    try {
      await make()
    } catch (error) {
      if (!(error instanceof JetStreamApiError && madeBefore.has(error.code))) throw error
    }
  })
}

// A stream, and a consumer, of that name with another configuration.
const madeBefore = new Set([10_058, 10_013, 10_105, 10_148])

/** Numbers keep every bit; most of a tally is zeros, so it takes a tenth of its size. */
export function pack(value: Order | Result): Uint8Array {
  return gzipSync(serialize(value))
}

export function unpack<T extends Order | Result>(bytes: Uint8Array): T {
  return deserialize(gunzipSync(bytes)) as T
}
