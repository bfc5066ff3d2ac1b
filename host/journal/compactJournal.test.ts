import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { encode } from '@cutwater/engine/journal/encode.ts'
import { fakeChain } from '@cutwater/engine/testing/fakeChain.ts'
import * as LiveBook from '@cutwater/engine/watch/LiveBook.ts'
import { begin, bridge } from '@cutwater/engine/watch/live.fixture.ts'
import * as Snapshots from '@cutwater/engine/watch/Snapshots.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compactJournal } from './compactJournal.ts'
import { sqliteJournal } from './sqliteJournal.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-compact-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('of the snapshots of a watch the newest whole one stays, and leads to the same book at its new place', async () => {
  const journal = await sqliteJournal(join(folder, 'watched.db'))
  const live = LiveBook.create(bridge, Policy.of('adaptive', { level: 1 }))
  const pace = { maker: 'this', least: 1, times: 0, copies: 1_000, piece: 5_000, every: 1 }
  const snapshots = Snapshots.create(journal, pace)
  const alpha = fakeChain(1)
  const watchBlock = async (nth: number) => {
    const signal = alpha.block(begin + 12 * nth)
    LiveBook.apply(live, signal)
    const id = `block:${nth}`
    await journal.append([{ topic: 'observed', id, at: live.book.now, body: encode(signal) }])
    snapshots.observed += 1
  }
  for (let nth = 1; nth <= 4; nth++) {
    await watchBlock(nth)
    await Snapshots.finish(snapshots, live, new Map())
  }
  const standing = (await Snapshots.last(journal, 'this'))!
  await watchBlock(5)
  await Snapshots.goOn(snapshots, live, new Map())
  await watchBlock(6)

  const to = join(folder, 'smaller.db')
  expect(await compactJournal(journal, to)).toMatchObject({ snapshots: 3, copy: { damage: null } })
  const smaller = await sqliteJournal(to)
  const kept = (await Snapshots.last(smaller, 'this'))!
  expect(kept.place).toBeLessThan(standing.place)
  expect({ ...kept, place: standing.place }).toEqual(standing)
  const after: string[] = []
  for await (const page of smaller.read({ topics: ['observed'], after: kept.place }))
    after.push(...page.map(({ id }) => id))
  expect(after).toEqual(['block:5', 'block:6'])
  expect(await smaller.count('observed')).toBe(6)
  await smaller.close()
  await journal.close()
})
