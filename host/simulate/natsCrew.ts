import type { Tally } from '@cutwater/core/simulation/attack/Tally.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Crew, Job, Range } from '@cutwater/engine/ports/Crew.ts'
import { type JsMsg, jetstream } from '@nats-io/jetstream'
import { type NatsConnection, nuid } from '@nats-io/transport-node'
import { connectNats } from '../nats/connectNats.ts'
import type * as NatsAddress from '../nats/NatsAddress.ts'
import { persevere } from '../nats/persevere.ts'
import * as Parcel from './Parcel.ts'
import * as WorkQueue from './WorkQueue.ts'

/**
 * Whoever works on the queue at an address, on this machine or others: workers may come, go and be killed at any time.
 *
 * An order whose worker is not heard of goes to another; a result that comes twice counts once.
 */
export async function natsCrew(address: NatsAddress.NatsAddress): Promise<Crew> {
  const connection = await connectNats(address)
  const queue = await WorkQueue.open(connection, address)
  return {
    run: (job, ranges, onDone) => runAll({ connection, queue }, job, ranges, onDone),
    close: () => connection.close(),
  }
}

type Post = { readonly connection: NatsConnection; readonly queue: WorkQueue.WorkQueue }

async function runAll(
  post: Post,
  job: Job,
  ranges: readonly Range[],
  onDone: (index: number, tallies: readonly Tally[]) => void,
): Promise<void> {
  if (ranges.length === 0) return
  const { queue } = post
  const run = nuid.next()
  try {
    for (const [index, range] of ranges.entries()) await order(post, { run, index, job, range })
    await collect(post, run, ranges.length, onDone)
  } finally {
    // Nobody asks for what is left of this run.
    await queue.manager.streams.purge(queue.workStream, { filter: queue.work(run) }).catch(() => {})
    await queue.manager.streams.purge(queue.doneStream, { filter: queue.done(run) }).catch(() => {})
  }
}

async function order({ connection, queue }: Post, given: WorkQueue.Order): Promise<void> {
  const data = WorkQueue.pack(given)
  const most = connection.info?.max_payload ?? 2 ** 20
  if (data.length > most / 2) throw orderTooLarge(queue.where, data.length, most)
  await persevere(queue.where, () => jetstream(connection).publish(queue.work(given.run), data))
}

async function collect(
  { connection, queue }: Post,
  run: string,
  wanted: number,
  onDone: (index: number, tallies: readonly Tally[]) => void,
): Promise<void> {
  const consumer = await persevere(queue.where, () =>
    jetstream(connection).consumers.get(queue.doneStream, { filter_subjects: queue.done(run) }),
  )
  const messages = await consumer.consume()
  const parcels = Parcel.create()
  const done = new Set<number>()
  try {
    for await (const message of messages) {
      const result = resultOf(parcels, message)
      if (result === undefined || done.has(result.index)) continue
      if ('error' in result) throw new CutwaterError(result.error.code, result.error.what, result.error)
      done.add(result.index)
      onDone(result.index, result.tallies)
      if (done.size === wanted) return
    }
  } finally {
    await messages.close()
    await consumer.delete().catch(() => false)
  }
  throw new CutwaterError('NATS_FAILED', 'the connection was closed before all was done', {
    where: queue.where,
  })
}

function resultOf(parcels: Parcel.Parcels, { headers, data }: JsMsg): WorkQueue.Result | undefined {
  const bytes = Parcel.take(parcels, headers, data)
  return bytes && WorkQueue.unpack<WorkQueue.Result>(bytes)
}

function orderTooLarge(where: string, bytes: number, most: number): CutwaterError {
  return new CutwaterError('ORDER_TOO_LARGE', `an order of this run takes ${bytes} bytes`, {
    where,
    right: `at most half of the ${most} that the servers take: fewer --sweep steps, or a greater max_payload`,
  })
}
