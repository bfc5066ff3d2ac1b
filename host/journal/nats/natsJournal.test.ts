import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import { journalContract } from '@cutwater/engine/ports/Journal.contract.ts'
import type { Entry } from '@cutwater/engine/ports/Journal.ts'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as NatsAddress from '../../nats/NatsAddress.ts'
import { isInstalled, type NatsServer, need, startNats } from '../../nats/testing/natsServer.ts'
import { copyJournal } from '../copyJournal.ts'
import { examineJournal } from '../examineJournal.ts'
import { linesOf } from '../fixtures/contents.ts'
import { openJournal } from '../openJournal.ts'
import * as Envelope from './Envelope.ts'
import { natsJournal } from './natsJournal.ts'

describe.skipIf(!isInstalled)(`a journal in JetStream, ${need}`, () => {
  let server: NatsServer
  beforeAll(async () => {
    server = await startNats()
  })
  afterAll(() => server.stop())

  let names = 0
  const newAddress = () => NatsAddress.parse(`nats://${server.host}/bridge-${names++}`)

  journalContract('natsJournal', async () => {
    const address = newAddress()
    return {
      journal: await natsJournal(address),
      reopen: () => natsJournal(address),
      dispose: async () => {},
      spoil: async (place: number) => {
        const part = { kind: 'part', batch: 'forged', nth: 1, of: 1, first: place + 1, token: 0 } as const
        const [sent, received] = [range(0, 1), range(1, 2)].map(Envelope.pack)
        await publish(server, address, Envelope.sealed(part, 2, sent!), received!)
      },
    }
  })

  test('of several writers at once each batch stands whole, and an id is written by one of them', async () => {
    const address = newAddress()
    const writers = await Promise.all([1, 2, 3].map(() => natsJournal(address)))
    const batches = Array.from({ length: 20 }, (_, nth) => range(10 * nth, 10 * nth + 15))
    const added = await Promise.all(writers.flatMap((writer) => batches.map((batch) => writer.append(batch))))
    expect(added.reduce((sum, each) => sum + each)).toBe(205)
    const lines = await Promise.all(writers.map(linesOf))
    expect(lines[0]!.length).toBe(205)
    expect(lines[1]).toEqual(lines[0])
    expect(lines[2]).toEqual(lines[0])
    for (const writer of writers) await writer.close()
  })

  test('who comes with a greater token shuts out all others, for good', async () => {
    const address = newAddress()
    const older = await natsJournal(address, { token: 5 })
    const without = await natsJournal(address)
    await older.append(range(0, 2))
    const newer = await natsJournal(address, { token: 7 })
    for (const overtaken of [older, without])
      await expect(overtaken.append(range(2, 4))).rejects.toMatchObject({ code: 'LEASE_LOST' })
    await expect(natsJournal(address, { token: 6 })).rejects.toMatchObject({ code: 'LEASE_LOST' })
    expect(await newer.append(range(1, 3))).toBe(1)
    expect(await linesOf(older)).toEqual(await linesOf(newer))
    expect(await newer.count('done')).toBe(3)
    for (const each of [older, without, newer]) await each.close()
  })

  test('opened before its token comes, it has what was written until then, and shuts the writer out', async () => {
    const address = newAddress()
    const writer = await natsJournal(address, { token: 1 })
    const { promise: token, resolve } = Promise.withResolvers<number>()
    let isOpen = false
    const opening = natsJournal(address, { token }).finally(() => {
      isOpen = true
    })
    for (let nth = 0; nth < 30; nth++) {
      await writer.append(range(nth, nth + 1))
      await sleep(100)
    }
    expect(isOpen).toBe(false)
    resolve(2)
    const next = await opening
    await expect(writer.append(range(30, 31))).rejects.toMatchObject({ code: 'LEASE_LOST' })
    expect(await next.append(range(29, 32))).toBe(2)
    expect(await next.count('done')).toBe(32)
    for (const each of [writer, next]) await each.close()
  })

  test('large messages among many small ones do not hold a reading up', { timeout: 30_000 }, async () => {
    const address = newAddress()
    const journal = await natsJournal(address)
    const body = JSON.stringify('x'.repeat(450_000))
    for (let nth = 0; nth < 300; nth++) await journal.append(range(nth, nth + 1))
    await journal.append([{ topic: 'snapshot', id: 'large', at: 1, body }])
    await journal.append(range(300, 320))
    await journal.close()
    const again = await natsJournal(address)
    expect(await again.count('done')).toBe(320)
    expect((await again.last('snapshot'))!.body).toBe(body)
    await again.close()
  })

  test('half a batch that a killed writer has left is no part of the journal', async () => {
    const address = newAddress()
    const journal = await natsJournal(address)
    await journal.append(range(0, 3))
    const half = { kind: 'part', batch: 'killed', nth: 1, of: 2, first: 4, token: 0 } as const
    await publish(server, address, Envelope.toHeaders(half), Envelope.pack(range(3, 9)).subarray(0, 40))
    expect(await journal.count('done')).toBe(3)
    expect(await journal.append(range(0, 5))).toBe(2)
    const other = await natsJournal(address, { readOnly: true })
    expect(await linesOf(other)).toEqual(await linesOf(journal))
    expect((await other.last('done'))!.seq).toBe(5)
    await journal.close()
    await other.close()
  })

  test('servers that crash and come back in the middle of writing lose and repeat nothing', async () => {
    const own = await startNats()
    const journal = await natsJournal(NatsAddress.parse(`nats://${own.host}/crash`))
    const writing = Promise.all(Array.from({ length: 300 }, (_, nth) => journal.append(range(nth, nth + 2))))
    for (let crashes = 0; crashes < 3; crashes++) {
      await own.restart()
      await journal.count('done')
    }
    const added = await writing
    expect(added.reduce((sum, each) => sum + each)).toBe(301)
    expect(await journal.count('done')).toBe(301)
    await journal.close()
    await own.stop()
  }, 120_000)

  test('where there is no room left it says so, and all that was written stays', async () => {
    const own = await startNats((store) => {
      const file = join(store, 'server.conf')
      writeFileSync(file, `jetstream { max_file_store: 1048576 }`)
      return ['-c', file]
    })
    const address = NatsAddress.parse(`nats://${own.host}/full`)
    const journal = await natsJournal(address)
    const large = (nth: number): Entry => ({
      ...range(nth, nth + 1)[0]!,
      body: JSON.stringify('x'.repeat(100_000)),
    })
    let written = 0
    const fill = async () => {
      for (; written < 20; written++) await journal.append([large(written)])
    }
    await expect(fill()).rejects.toMatchObject({ code: 'JOURNAL_DISK_FULL' })
    expect(written).toBeGreaterThan(5)
    await journal.close()
    const again = await natsJournal(address, { readOnly: true })
    expect(await again.count('done')).toBe(written)
    await again.close()
    await own.stop()
  })

  test('a stream of somebody else, and a message of somebody else, are refused', async () => {
    const connection = await connect({ servers: server.host })
    const manager = await jetstreamManager(connection)
    await manager.streams.add({ name: 'CUTWATER_JOURNAL_theirs', subjects: ['theirs'] })
    await connection.close()
    const theirs = NatsAddress.parse(`nats://${server.host}/theirs`)
    await expect(natsJournal(theirs)).rejects.toMatchObject({ code: 'JOURNAL_FOREIGN' })
    const address = newAddress()
    const journal = await natsJournal(address)
    await publish(server, address, undefined, Buffer.from('hello'))
    await expect(journal.count('done')).rejects.toMatchObject({ code: 'JOURNAL_FOREIGN' })
    await journal.close()
  })

  test('a message that is not as it was sent is named by its place, and what is before it is read', async () => {
    const address = newAddress()
    const writer = await natsJournal(address)
    await writer.append(range(0, 3))
    const [data, other] = [range(3, 4), range(4, 5)].map(Envelope.pack)
    const part = { kind: 'part', batch: 'b', nth: 1, of: 1, first: 4, token: 0 } as const
    await publish(server, address, Envelope.sealed(part, 2, data!), other!)
    const damaged = { code: 'JOURNAL_DAMAGED', facts: { sequence: 2 } }
    await expect(writer.append(range(5, 6))).rejects.toMatchObject(damaged)
    await expect(writer.append(range(5, 6))).rejects.toMatchObject(damaged)
    await expect(natsJournal(address)).rejects.toMatchObject(damaged)
    const reader = await natsJournal(address, { readOnly: true })
    const held: string[] = []
    const reading = async () => {
      for await (const page of reader.read()) held.push(...page.map(({ id }) => id))
    }
    await expect(reading()).rejects.toMatchObject(damaged)
    expect(held).toEqual(range(0, 3).map(({ id }) => id))
    await writer.close()
    await reader.close()
  })

  test('a copy onto servers, and a copy of that in a file, are the same record', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cutwater-copy-'))
    const from = memoryJournal()
    await from.append(range(0, 1_234))
    const address = newAddress()
    const up = await copyJournal(from, NatsAddress.text(address))
    const served = await natsJournal(address, { readOnly: true })
    const down = await copyJournal(served, join(folder, 'copy.db'))
    expect(down.copy).toMatchObject({ entries: 1_234, fingerprint: up.copy.fingerprint, damage: null })
    await served.close()
    rmSync(folder, { recursive: true })
  })

  test('who only reads makes nothing and writes nothing', async () => {
    const address = newAddress()
    await expect(natsJournal(address, { readOnly: true })).rejects.toMatchObject({ code: 'JOURNAL_MISSING' })
    const writer = await natsJournal(address)
    const reader = await natsJournal(address, { readOnly: true })
    await expect(reader.append(range(0, 1))).rejects.toMatchObject({ code: 'JOURNAL_READ_ONLY' })
    await writer.append(range(0, 1))
    expect(await reader.count('done')).toBe(1)
    await writer.close()
    await reader.close()
  })

  test('looking at one before it is needed says whether it opens, can be begun, or cannot be reached', async () => {
    const address = NatsAddress.text(newAddress())
    expect(await examineJournal(address)).toMatchObject([
      { state: 'ok', what: 'a journal can be begun here' },
    ])
    await (await openJournal(address)).close()
    expect(await examineJournal(address)).toMatchObject([{ state: 'ok', what: 'opens, with 0 observations' }])
    expect(await examineJournal('nats://127.0.0.1:1/pier')).toMatchObject([{ state: 'error' }])
  })

  test('a server that is not there is one clear error', async () => {
    const nobody = NatsAddress.parse('nats://127.0.0.1:1/pier')
    await expect(natsJournal(nobody)).rejects.toMatchObject({ code: 'NATS_UNREACHABLE' })
  })
})

function range(from: number, to: number): Entry[] {
  return Array.from({ length: to - from }, (_, nth) => ({
    topic: 'done',
    id: `id ${from + nth}`,
    at: from + nth,
    body: '{}',
  }))
}

async function publish(
  { host }: NatsServer,
  { name }: NatsAddress.NatsAddress,
  headers: ReturnType<typeof Envelope.toHeaders> | undefined,
  data: Uint8Array,
): Promise<void> {
  const connection = await connect({ servers: host })
  await jetstream(connection).publish(`cutwater.journal.${name}`, data, headers ? { headers } : {})
  await connection.close()
}
