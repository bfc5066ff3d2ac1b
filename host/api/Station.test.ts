import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { encode } from '@cutwater/engine/journal/encode.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import { memoryShelf } from '@cutwater/engine/ports/Shelf.ts'
import * as Timeline from '@cutwater/engine/timeline/Timeline.ts'
import { beforeAll, expect, test } from 'vitest'
import { bridgeRow } from './rows.ts'
import * as Station from './Station.ts'

const { oddities: _, ...history } = syntheticHistory({ seed: 5, days: 30, scale: 4 })

let journal: Journal
beforeAll(async () => {
  journal = memoryJournal()
  await ingest(journal, history)
})

test('a journal that is read for the first time says how much of it is read, and who listens hears of it', async () => {
  const station = Station.create(showing(journal))
  const said: (string | null)[] = []
  station.listeners.add(() => said.push(bridgeRow(station.shown).says))
  await Station.catchUp(station)
  const shares = said.map((each) =>
    Number(/^made up: (\d+)% of it is read so far$/.exec(each ?? '')?.[1] ?? 100),
  )
  expect(shares.length).toBeGreaterThan(5)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect([shares[0]! < 25, said.at(-1)]).toEqual([true, 'made up'])
})

test('a bridge that is waited for says how much of its journal is read, before it is shown', async () => {
  const station = Station.awaiting('a watch begins')
  const said: (string | null)[] = []
  station.listeners.add(() => said.push(bridgeRow(station.shown).says))
  await Station.show(station, showing(journal))
  expect(said[1]).toMatch(/^a watch begins: [1-9]\d?% of it is read so far$/)
  expect(said.at(-1)).toBe('made up')
})

test('a branch of a long journal says how far it is', async () => {
  const station = await Station.open(showing(journal))
  const said: (string | null)[] = []
  station.listeners.add(() => said.push(bridgeRow(station.shown).says))
  const { from } = station.shown.timeline
  await Station.branch(station, from, 'static', { posture: 'balanced', level: 2 })
  expect(said.length).toBeGreaterThan(5)
  expect(said[3]).toMatch(/^made up: a branch has taken [1-9]\d?% of it so far$/)
  expect(bridgeRow(station.shown).says).toBe('made up')
})

test('a first reading that is broken off goes on where it was kept, and ends as one that was not', async () => {
  const shelf = memoryShelf()
  const broken = Station.create({ ...showing(cutOff(journal, 7_000)), shelf, saveEvery: 1_500 })
  await expect(Station.catchUp(broken)).rejects.toThrow('the power is gone')
  const again = Station.create({ ...showing(journal), shelf })
  const seqs: number[] = []
  again.listeners.add(({ seq }) => seqs.push(seq))
  await Station.catchUp(again)
  expect(seqs[0]).toBeGreaterThan(4_000)
  const { timeline } = (await Station.open(showing(journal))).shown
  for (const at of [timeline.from + 1, (timeline.from + timeline.at) / 2, timeline.at])
    expect(encode(await Timeline.momentAt(again.shown.timeline, at))).toBe(
      encode(await Timeline.momentAt(timeline, at)),
    )
  expect(again.shown.timeline.findings).toEqual(timeline.findings)
})

function showing(journal: Journal): Station.Showing {
  const { bridge } = history
  const policy = Policy.of('adaptive')
  return { generation: 'made-up', bridge, policy, journal, kind: 'recorded', live: false, says: 'made up' }
}

/** The same journal, until somebody has read so many of its entries. */
function cutOff(journal: Journal, entries: number): Journal {
  return {
    ...journal,
    async *read(query) {
      for await (const page of journal.read(query)) {
        if (page[0]!.seq > entries) throw new Error('the power is gone')
        yield page
      }
    },
  }
}
