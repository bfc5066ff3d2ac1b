import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { sum } from '@cutwater/core/units/sum.ts'
import { day, hour } from '@cutwater/core/units/UnixTime.ts'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { encode } from '../journal/encode.ts'
import { ingest } from '../journal/ingest.ts'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { Journal } from '../ports/Journal.ts'
import * as Moment from '../replay/Moment.ts'
import * as Run from '../replay/Run.ts'
import { track } from '../replay/track.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { fakeNotifier } from '../testing/fakeNotifier.ts'
import { begin, bridge, policy, prices } from '../watch/live.fixture.ts'
import { start, story } from '../watch/story.fixture.ts'
import * as Chronicle from './Chronicle.ts'
import * as Timeline from './Timeline.ts'

const adaptive = Policy.of('adaptive')
const { oddities: _, ...history } = syntheticHistory({ seed: 5, days: 40, scale: 0.2 })
const prepared = track(history)

let journal: Journal
let whole: Timeline.Timeline
beforeAll(async () => {
  journal = memoryJournal()
  await ingest(journal, history)
  whole = await recorded()
})

describe('a recorded history', () => {
  test('law: any moment is what a replay up to then says', async () => {
    const times = fc.integer({ min: whole.from - day, max: whole.at + day })
    await fc.assert(
      fc.asyncProperty(times, async (at) => {
        const run = Run.follow(Run.start(history, adaptive), prepared, { until: at })
        expect(await Timeline.momentAt(whole, at)).toEqual(Moment.of(Run.pass(run, prepared, at)))
      }),
      { numRuns: 12 },
    )
  })

  test('law: any moment is the same looked up, and folded from many marks, from few and from none', async () => {
    expect(Chronicle.read(whole.chronicle, whole.at - 1)).toBeDefined()
    expect(whole.marks.length).toBeGreaterThan(2)
    const unwritten = { ...whole, chronicle: Chronicle.create() }
    const few = { ...unwritten, marks: whole.marks.slice(0, 1) }
    const none = { ...unwritten, marks: [] }
    for (const at of [whole.from, whole.from + 9 * day + 77, whole.at - 1]) {
      const told = await Timeline.momentAt(whole, at)
      for (const other of [unwritten, few, none]) expect(await Timeline.momentAt(other, at)).toEqual(told)
    }
  })

  test('read in pieces as the journal grows is the same as read at once', async () => {
    const entries = await entriesOf(journal)
    const growing = memoryJournal()
    const timeline = Timeline.create({
      journal: growing,
      kind: 'recorded',
      bridge: history.bridge,
      policy: adaptive,
    })
    for (let from = 0; from < entries.length; from += 701) {
      await growing.append(entries.slice(from, from + 701))
      await Timeline.catchUp(timeline)
      await Timeline.catchUp(timeline)
    }
    expect(contents(timeline)).toEqual(contents(whole))
  })

  test('its rows hold every leg and every finding', () => {
    const { columns } = whole.rollup
    expect(sum(columns.legs)).toBe(history.observations.filter(({ kind }) => kind !== 'price').length)
    expect(sum(columns.findings)).toBe(whole.findings.length)
  })
})

describe('a branch', () => {
  test('law: into the same policy is the timeline itself, at any moment', async () => {
    const times = fc.integer({ min: whole.from - hour, max: whole.at + hour })
    await fc.assert(
      fc.asyncProperty(times, async (at) => {
        expect(contents(await Timeline.branch(whole, at, adaptive))).toEqual(contents(whole))
      }),
      { numRuns: 8 },
    )
  })

  test('of a branch begins where the first one does', async () => {
    const at = whole.from + 10 * day
    const open = await Timeline.branch(whole, at, Policy.of('none'))
    const back = await Timeline.branch(open, at + 10 * day, adaptive)
    const middle = at + 9 * day
    expect(await Timeline.momentAt(back, middle)).toMatchObject({ policy: 'none', pauses: [] })
    expect(await Timeline.momentAt({ ...back, chronicle: Chronicle.create() }, middle)).toEqual(
      await Timeline.momentAt(open, middle),
    )
  })

  test('away from any guard shares the past, and stops nothing after it', async () => {
    const at =
      whole.findings.find(({ what }) => what.name === 'ReleaseWithoutSource' && what.severity === 'critical')!
        .at - hour
    const open = await Timeline.branch(whole, at, Policy.of('none'))
    expect(await Timeline.momentAt(open, at - day)).toEqual(await Timeline.momentAt(whole, at - day))
    const stops = (timeline: Timeline.Timeline) =>
      timeline.actions.filter(({ what }) => what.type !== 'released')
    expect(stops(open)).toEqual(stops(whole).filter((action) => action.at <= at))
    expect(stops(whole).length).toBeGreaterThan(stops(open).length)
    const later = at + 3 * hour
    expect(await Timeline.momentAt(open, later)).toMatchObject({ policy: 'none', pauses: [] })
    expect((await Timeline.momentAt(whole, later)).pauses.length).toBeGreaterThan(0)
  })

  test('leaves the timeline it came from as it was', async () => {
    const before = contents(whole)
    await Timeline.branch(whole, whole.from + 10 * day, Policy.of('static', { level: 1 }))
    expect(contents(whole)).toEqual(before)
  })
})

describe('watched chains', () => {
  test('are followed as the watch goes on, reorg and all, and any moment of them can be asked for', async () => {
    const watched = memoryJournal()
    const run = await start({
      journal: watched,
      signals: story(),
      actuator: fakeActuator(),
      notifiers: [fakeNotifier()],
    })
    await run.ended
    const timeline = Timeline.create({
      journal: watched,
      kind: 'watched',
      bridge,
      policy: policy(1),
      stepSeconds: 12,
    })
    await Timeline.catchUp(timeline)
    expect(timeline.findings.map(({ what }) => what.name)).toContain('ReleaseWithoutSource')
    const before = await Timeline.momentAt(timeline, begin + 299)
    expect(before.pauses).toEqual([])
    const after = await Timeline.momentAt(timeline, begin + 400)
    expect(after.pauses.length).toBeGreaterThan(0)
    expect(await Timeline.momentAt(timeline, timeline.at)).toMatchObject({ counts: run.live.book.counts })
  })

  test('law: the newest moment, which is not folded for, is what folding to it says, and stays so', async () => {
    const entries = await entriesOf(await storyJournal())
    const growing = memoryJournal()
    const timeline = Timeline.create({ journal: growing, kind: 'watched', bridge, policy: policy(1) })
    const told: { readonly moment: unknown; readonly text: string }[] = []
    for (const entry of entries) {
      await growing.append([entry])
      await Timeline.catchUp(timeline)
      // Were there later entries to come, the moment would have to be folded.
      const folding = { ...timeline, at: timeline.at + day }
      const newest = await Timeline.momentAt(timeline, timeline.at)
      expect(newest).toEqual(await Timeline.momentAt(folding, timeline.at))
      told.push({ moment: newest, text: encode(newest) })
    }
    for (const { moment, text } of told) expect(encode(moment)).toBe(text)
  })

  test('a leg that a reorg took back and a later block brought again counts once', async () => {
    const watched = memoryJournal()
    const run = await start({ journal: watched, signals: story(), actuator: fakeActuator(), notifiers: [] })
    await run.ended
    const timeline = Timeline.create({
      journal: watched,
      kind: 'watched',
      bridge,
      policy: policy(1),
      stepSeconds: 12,
    })
    await Timeline.catchUp(timeline)
    expect(sum(timeline.rollup.columns.legs)).toBe(run.live.book.counts.legs)
    expect(sum(timeline.rollup.columns.inflowUsd)).toBe(9_000_000 + 500_000 + 7_000 + 2_000)
    expect(prices[0]!.price).toBe(1)
  })
})

async function storyJournal(): Promise<Journal> {
  const watched = memoryJournal()
  const run = await start({ journal: watched, signals: story(), actuator: fakeActuator(), notifiers: [] })
  await run.ended
  return watched
}

async function recorded(): Promise<Timeline.Timeline> {
  const timeline = Timeline.create({ journal, kind: 'recorded', bridge: history.bridge, policy: adaptive })
  await Timeline.catchUp(timeline)
  return timeline
}

/** All a timeline says, but where its marks lie. */
function contents({ thread, seq, at, from, rollup, findings, decisions, actions }: Timeline.Timeline) {
  return encode({ thread, seq, at, from, rollup, findings, decisions, actions })
}

async function entriesOf(journal: Journal) {
  const entries = []
  for await (const page of journal.read()) entries.push(...page)
  return entries
}
