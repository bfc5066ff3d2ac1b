import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import * as Chronicle from '@cutwater/engine/timeline/Chronicle.ts'
import * as Rollup from '@cutwater/engine/timeline/Rollup.ts'
import * as Timeline from '@cutwater/engine/timeline/Timeline.ts'
import { bridgeRow, seriesRow, stateRow } from '@cutwater/host/api/rows.ts'
import * as Station from '@cutwater/host/api/Station.ts'
import { fileShelf } from '@cutwater/host/journal/fileShelf.ts'
import { sqliteJournal } from '@cutwater/host/journal/sqliteJournal.ts'
import { type Area, budget, type Contest, median } from '../harness.ts'

/** A journal of a million events that was read before: until a page has all it shows first. */
export const journalOpen: Area = {
  name: 'journal-open',
  prepare: async () => {
    const { open, close, agrees, events, note } = await prepared()
    return {
      ...{ unit: 'M events/s', items: events, target: 1, agrees, close },
      peer: `a budget of ${budgets.openMs} ms`,
      note: `${note}; agrees when what is opened says at ten moments what folding says`,
      ours: async () => pageOf(await open()),
      theirs: budget(budgets.openMs),
    } satisfies Contest
  },
}

/** Any moment of it, in no order, as a slider asks for them. */
export const journalMoment: Area = {
  name: 'journal-moment',
  prepare: async () => {
    const { open, close, agrees, events, note } = await prepared()
    const { shown } = await open()
    const times = spread(shown.timeline)
    const took: number[] = []
    const worked: number[] = []
    for (const at of times) {
      const before = process.cpuUsage()
      took.push(await millisecondsOf(() => Timeline.momentAt(shown.timeline, at)))
      const { user, system } = process.cpuUsage(before)
      worked.push((user + system) / 1_000)
    }
    let nth = 0
    return {
      ...{ unit: 'M moments/s', items: 1, target: 1, agrees, close },
      peer: `a budget of ${budgets.momentMs} ms`,
      note: `${events} events; each of ${times.length} moments once: ${spanOf(took)}; of the processor: ${spanOf(worked)}; ${note}`,
      ours: () => Timeline.momentAt(shown.timeline, times[nth++ % times.length]!),
      theirs: budget(budgets.momentMs),
    } satisfies Contest
  },
}

const budgets = { openMs: 2_000, momentMs: 100 }

/** Legs and prices of a made-up year, a million of them. */
const size = { seed: 1, scale: 27 }

/** The journal in a file of its own. */
export async function millionJournaled() {
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-bench-'))
  const file = join(folder, 'bridge.db')
  const { oddities: _, ...history } = syntheticHistory(size)
  const writing = await sqliteJournal(file)
  await ingest(writing, history)
  await writing.close()
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const note = `a synthetic year, seed ${size.seed}, scale ${size.scale}, in SQLite`
  return { file, bridge: history.bridge, events: history.observations.length, note, remove }
}

async function prepared() {
  const { file, bridge, events, note, remove } = await millionJournaled()
  const policy = Policy.of('adaptive')
  const open = async () => {
    const journal = await sqliteJournal(file, { readOnly: true })
    const shelf = fileShelf(`${file}-timeline`, 'bench')
    return Station.open({
      generation: 'bench',
      bridge,
      policy,
      journal,
      kind: 'recorded',
      live: false,
      shelf,
    })
  }
  const { shown } = await open()
  const again = await open()
  const agrees = await saysTheSame(shown.timeline, again.shown.timeline)
  return { open, close: remove, agrees, events, note }
}

function pageOf({ shown }: Station.Station) {
  const { timeline } = shown
  const moment = Timeline.momentAt(timeline, timeline.at).then((now) => stateRow(now, timeline, timeline.at))
  return Promise.all([
    bridgeRow(shown),
    moment,
    seriesRow(Rollup.slice(timeline.rollup, timeline.from, timeline.at, 720)),
  ])
}

async function saysTheSame(read: Timeline.Timeline, opened: Timeline.Timeline): Promise<boolean> {
  if (read.seq !== opened.seq || !isDeepStrictEqual(read.rollup, opened.rollup)) return false
  // Nothing is looked up, and one of them is folded from the first entry on.
  const unwritten = { ...read, chronicle: Chronicle.create() }
  for (const [nth, at] of spread(read).slice(0, 10).entries()) {
    const folded = await Timeline.momentAt(nth === 3 ? { ...unwritten, marks: [] } : unwritten, at)
    if (!isDeepStrictEqual(folded, await Timeline.momentAt(opened, at))) return false
  }
  return true
}

export async function millisecondsOf(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await run()
  return performance.now() - from
}

export function spanOf(took: readonly number[]): string {
  const [least, middle, most] = [Math.min(...took), median(took), Math.max(...took)]
  return `least ${least.toFixed(1)}, median ${middle.toFixed(1)}, most ${most.toFixed(1)} ms`
}

/** All over the time there is, each far from the one before: the golden ratio leaves no gap and no order. */
export function spread({ from, at }: Pick<Timeline.Timeline, 'from' | 'at'>): readonly number[] {
  return Array.from({ length: 97 }, (_, nth) => from + Math.floor(((nth * 0.618034) % 1) * (at - from)))
}
