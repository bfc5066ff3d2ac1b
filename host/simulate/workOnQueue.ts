import type { Tally } from '@cutwater/core/simulation/attack/Tally.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Crew } from '@cutwater/engine/ports/Crew.ts'
import { type JsMsg, jetstream } from '@nats-io/jetstream'
import { type NatsConnection, nuid } from '@nats-io/transport-node'
import { connectNats } from '../nats/connectNats.ts'
import type * as NatsAddress from '../nats/NatsAddress.ts'
import { persevere } from '../nats/persevere.ts'
import * as Parcel from './Parcel.ts'
import { threadCrew } from './threadCrew.ts'
import * as WorkQueue from './WorkQueue.ts'

export type Options = {
  /** orders that are carried out at once */
  readonly threads: number
  /** ends the work when the orders in hand are done */
  readonly signal: AbortSignal
  readonly onDone?: (orders: number) => void
}

/**
 * Carries out the orders of a queue until `signal` says so. The result of an order is on the servers before the order
 * is struck off: a worker killed anywhere has lost nothing, at most has it done again.
 */
export async function workOnQueue(address: NatsAddress.NatsAddress, options: Options): Promise<void> {
  const { threads, signal, onDone } = options
  const connection = await connectNats(address)
  const queue = await WorkQueue.open(connection, address)
  let orders = 0
  const work = async (): Promise<void> => {
    const bench: Bench = { connection, queue, crew: threadCrew(1) }
    const consumer = await persevere(queue.where, () =>
      jetstream(connection).consumers.get(queue.workStream, queue.workers),
    )
    try {
      while (!signal.aborted) {
        const message = await persevere(queue.where, () => consumer.next({ expires: waitMilliseconds }))
        if (message === null) continue
        await carryOut(bench, message)
        orders += 1
        onDone?.(orders)
      }
    } finally {
      await bench.crew.close()
    }
  }
  try {
    await Promise.all(Array.from({ length: threads }, work))
  } finally {
    await connection.close()
  }
}

const waitMilliseconds = 2_000

type Bench = {
  readonly connection: NatsConnection
  readonly queue: WorkQueue.WorkQueue
  crew: Crew
}

async function carryOut(bench: Bench, message: JsMsg): Promise<void> {
  const { connection, queue } = bench
  const alive = setInterval(() => message.working(), (WorkQueue.silentSeconds * 1_000) / 4)
  try {
    const order = WorkQueue.unpack<WorkQueue.Order>(message.data)
    const bytes = WorkQueue.pack(await resultOf(bench, order))
    const size = Math.floor((connection.info?.max_payload ?? 2 ** 20) / 2)
    for (const { told, data } of Parcel.piecesOf(nuid.next(), bytes, size))
      await persevere(queue.where, () =>
        jetstream(connection).publish(queue.done(order.run), data, { headers: told }),
      )
    message.ack()
  } finally {
    clearInterval(alive)
  }
}

async function resultOf(bench: Bench, { index, job, range }: WorkQueue.Order): Promise<WorkQueue.Result> {
  let tallies: readonly Tally[] = []
  try {
    await bench.crew.run(job, [range], (_, done) => {
      tallies = done
    })
    return { index, tallies }
  } catch (error) {
    // A thread ends with what goes wrong in it.
    await bench.crew.close()
    bench.crew = threadCrew(1)
    if (error instanceof CutwaterError) {
      const { code, what, right } = error
      return { index, error: { code, what, right } }
    }
    const what = error instanceof Error ? error.message : String(error)
    return { index, error: { code: 'ORDER_FAILED', what, right: undefined } }
  }
}
