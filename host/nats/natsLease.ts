import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { registerLease } from '@cutwater/engine/lease/registerLease.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { Lease } from '@cutwater/engine/ports/Lease.ts'
import { connectNats } from './connectNats.ts'
import type * as NatsAddress from './NatsAddress.ts'
import { natsRegister } from './natsRegister.ts'

/** The lease of the one who decides on the journal at an address, beside that journal; `close` lets go of the servers. */
export async function natsLease(
  address: NatsAddress.NatsAddress,
  seconds: number,
): Promise<{ readonly lease: Lease; close(): Promise<void> }> {
  const connection = await connectNats(address)
  const register = await natsRegister(connection, address)
  const holder = `${hostname()} ${process.pid} ${randomUUID()}`
  const elapsed = () => performance.now()
  const lease = registerLease({ register, clock, elapsed, holder, seconds })
  return { lease, close: () => connection.close() }
}

// A beat that is left over must not keep a process that has ended its work.
const clock: Clock = {
  now: () => Math.floor(Date.now() / 1_000),
  sleep: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
}
