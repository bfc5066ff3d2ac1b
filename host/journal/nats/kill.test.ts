import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled, type NatsServer, need, startNats } from '../../nats/testing/natsServer.ts'
import { killWriters } from '../fixtures/killWriters.ts'

describe.skipIf(!isInstalled)(`SIGKILL of a journal’s writer, ${need}`, () => {
  let server: NatsServer
  beforeAll(async () => {
    server = await startNats()
  })
  afterAll(() => server.stop())

  test('at random moments loses and repeats nothing', { timeout: 300_000 }, async () => {
    const address = (round: number) => `nats://${server.host}/killed-${round}`
    const tally = await killWriters({ address, kills: 5, transfers: 2_000, batch: 100 })
    expect(tally).toMatchObject({ lost: 0, doubled: 0, different: 0 })
    expect(tally.kills).toBeGreaterThanOrEqual(5)
  })
})
