import { setTimeout as sleep } from 'node:timers/promises'
import { registerLease } from '@cutwater/engine/lease/registerLease.ts'
import { leaseContract } from '@cutwater/engine/ports/Lease.contract.ts'
import { registerContract } from '@cutwater/engine/ports/Register.contract.ts'
import { afterAll, beforeAll, describe } from 'vitest'
import { connectNats } from './connectNats.ts'
import * as NatsAddress from './NatsAddress.ts'
import { natsRegister } from './natsRegister.ts'
import { isInstalled, type NatsServer, need, startNats } from './testing/natsServer.ts'

describe.skipIf(!isInstalled)(`a lease in a bucket of NATS, ${need}`, () => {
  let server: NatsServer
  const connections: { close(): Promise<void> }[] = []
  let names = 0
  beforeAll(async () => {
    server = await startNats()
  })
  afterAll(async () => {
    for (const each of connections) await each.close()
    await server.stop()
  })

  const newAddress = () => NatsAddress.parse(`nats://${server.host}/lease-${names++}`)

  async function connected(address: NatsAddress.NatsAddress) {
    const connection = await connectNats(address)
    connections.push(connection)
    return connection
  }

  registerContract('natsRegister', async () => {
    const address = newAddress()
    return await natsRegister(await connected(address), address)
  })

  leaseContract('a lease', async () => {
    const address = newAddress()
    return async (holder) => {
      const connection = await connected(address)
      const register = await natsRegister(connection, address)
      const clock = { now: () => 0, sleep: (milliseconds: number) => sleep(milliseconds) }
      const elapsed = () => performance.now()
      // Long enough for a machine that has better to do, and short enough to wait for.
      const lease = registerLease({ register, clock, elapsed, holder, seconds: 3 })
      return { lease, die: () => void connection.close() }
    }
  })
})
