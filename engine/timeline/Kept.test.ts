import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { ingest } from '../journal/ingest.ts'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { Journal } from '../ports/Journal.ts'
import { memoryShelf, type Shelf } from '../ports/Shelf.ts'
import { entriesOf } from '../watch/story.fixture.ts'
import * as Kept from './Kept.ts'
import * as Timeline from './Timeline.ts'

const { oddities: _, ...history } = syntheticHistory({ seed: 5, days: 40, scale: 0.2 })

let journal: Journal
let whole: Timeline.Timeline
beforeAll(async () => {
  journal = memoryJournal()
  await ingest(journal, history)
  whole = Timeline.create(optionsOf(journal, memoryShelf()))
  await Timeline.catchUp(whole)
})

test('law: saved anywhere, taken up and read on, it says at any moment what reading from the beginning says', async () => {
  const entries = await entriesOf(journal)
  const place = fc.integer({ min: 2, max: entries.length })
  const time = fc.integer({ min: whole.from - day, max: whole.at + day })
  await fc.assert(
    fc.asyncProperty(place, time, async (upTo, at) => {
      const part = memoryJournal()
      await part.append(entries.slice(0, upTo))
      const shelf = memoryShelf()
      await saved(part, shelf)
      await part.append(entries.slice(upTo))
      const timeline = await recovered(part, shelf)
      expect(timeline.seq).toBeGreaterThan(0)
      await Timeline.catchUp(timeline)
      expect(contents(timeline)).toEqual(contents(whole))
      expect(await Timeline.momentAt(timeline, at)).toEqual(await Timeline.momentAt(whole, at))
    }),
    { numRuns: 8 },
  )
})

test('what was made of another journal, or was not kept, is made anew', async () => {
  const shelf = memoryShelf()
  await saved(journal, shelf)
  const [first, ...rest] = await entriesOf(journal)
  const other = memoryJournal()
  await other.append([first!, ...rest.slice(1)])
  expect((await recovered(other, shelf)).seq).toBe(0)
  expect((await recovered(journal, memoryShelf())).seq).toBe(0)
})

test('marks that got lost cost time, and no answer', async () => {
  const shelf = memoryShelf()
  const { marks } = await saved(journal, shelf)
  expect(marks.length).toBeGreaterThan(2)
  const timeline = await recovered(journal, shelf)
  for (const { seq } of marks.slice(1)) shelf.drop(`mark:${seq}`)
  expect(await Timeline.momentAt(timeline, whole.at - day)).toEqual(
    await Timeline.momentAt(whole, whole.at - day),
  )
  shelf.drop(`mark:${marks[0]!.seq}`)
  expect(await Timeline.momentAt(timeline, whole.at - day)).toEqual(
    await Timeline.momentAt(whole, whole.at - day),
  )
})

async function saved(from: Journal, shelf: Shelf): Promise<Timeline.Timeline> {
  const timeline = Timeline.create(optionsOf(from, shelf))
  await Timeline.catchUp(timeline)
  await Kept.save(timeline)
  return timeline
}

function recovered(from: Journal, shelf: Shelf): Promise<Timeline.Timeline> {
  return Kept.recover(Timeline.create(optionsOf(from, shelf)))
}

function optionsOf(from: Journal, shelf: Shelf) {
  const { bridge } = history
  return { journal: from, kind: 'recorded', bridge, policy: Policy.of('adaptive'), shelf } as const
}

function contents({ thread, seq, at, from, rollup, findings, decisions, actions }: Timeline.Timeline) {
  return { thread, seq, at, from, rollup, findings, decisions, actions }
}
