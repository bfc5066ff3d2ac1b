import type { Entry } from '@cutwater/engine/ports/Journal.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as NatsAddress from '../../nats/NatsAddress.ts'
import {
  isInstalled,
  type NatsServer,
  need,
  startCluster,
  untilWhole,
} from '../../nats/testing/natsServer.ts'
import { linesOf } from '../fixtures/contents.ts'
import { natsJournal } from './natsJournal.ts'

describe.skipIf(!isInstalled)(`a journal on three servers, ${need}`, () => {
  let servers: readonly NatsServer[]
  beforeAll(async () => {
    servers = await startCluster(3)
  })
  afterAll(async () => {
    for (const server of servers) await server.stop()
  })

  test('each of them is killed and begun again under load, and nothing is lost or doubled', async () => {
    const hosts = servers.map(({ host }) => host).join(',')
    const address = NatsAddress.parse(`nats://${hosts}/pier?replicas=3`)
    const journal = await natsJournal(address)
    let written = 0
    for (const server of servers) {
      await server.kill()
      for (const until = written + 20; written < until; written++)
        expect(await journal.append([entry(written), entry(written + 1)])).toBe(written === 0 ? 2 : 1)
      await server.restart()
      for (const until = written + 20; written < until; written++) await journal.append([entry(written + 1)])
      await untilWhole(servers)
    }
    const reader = await natsJournal(address, { readOnly: true })
    const ids = (await linesOf(reader)).map((line) => (JSON.parse(line) as Entry).id)
    expect(ids).toEqual(Array.from({ length: written + 1 }, (_, nth) => entry(nth).id))
    await reader.close()
    await journal.close()
  }, 300_000)
})

function entry(nth: number): Entry {
  return { topic: 'done', id: `id ${nth}`, at: nth, body: '{}' }
}
