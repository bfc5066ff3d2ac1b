import { setTimeout as sleep } from 'node:timers/promises'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { JetStreamApiError } from '@nats-io/jetstream'
import { errors } from '@nats-io/transport-node'

/** How long a cluster may go without an answer: a server restarts and a new leader is chosen in less. */
const patienceMilliseconds = 60_000

/**
 * Asks again while nobody answers, as when a server restarts or a leader is being chosen. What is asked must be
 * harmless when an earlier try of it was heard after all.
 *
 * @throws CutwaterError `NATS_UNREACHABLE` after a minute; `NATS_FAILED` at once where asking again is of no use
 */
export async function persevere<T>(where: string, act: () => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMilliseconds
  for (let pause = 50; ; pause = Math.min(2 * pause, 1_000)) {
    try {
      return await act()
    } catch (cause) {
      if (cause instanceof CutwaterError) throw cause
      if (!isPassing(cause)) throw failed(where, cause)
      if (performance.now() > until) throw unanswered(where, cause)
    }
    await sleep(pause)
  }
}

/** Whether an answer may come later. */
function isPassing(error: unknown): boolean {
  if (error instanceof JetStreamApiError)
    return error.status === 503 || error.status === 408 || error.code === noSuitablePeers
  // What the client makes of a cluster in which nobody leads at the moment; it does not export the class.
  if (error instanceof Error && error.name === 'JetStreamNotEnabled') return true
  return passing.some((kind) => error instanceof kind)
}

/** Servers of a cluster that has just begun do not know of one another yet. */
const noSuitablePeers = 10_005

const passing = [errors.TimeoutError, errors.NoRespondersError, errors.RequestError, errors.ConnectionError]

function unanswered(where: string, cause: unknown): CutwaterError {
  return new CutwaterError('NATS_UNREACHABLE', 'no server has answered for a minute', {
    where,
    right: 'more than half of the servers running and connected, with JetStream',
    cause,
  })
}

function failed(where: string, cause: unknown): CutwaterError {
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new CutwaterError(
    'NATS_FAILED',
    `a server refuses what is asked, or the connection is closed (${detail})`,
    {
      where,
      right: 'a user that may make and use streams',
      cause,
    },
  )
}
