import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import type { PostureName } from '@cutwater/core/ladder/Posture.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { Journal, Recorded } from '@cutwater/engine/ports/Journal.ts'
import type { Shelf } from '@cutwater/engine/ports/Shelf.ts'
import * as Kept from '@cutwater/engine/timeline/Kept.ts'
import type * as Thread from '@cutwater/engine/timeline/Thread.ts'
import * as Timeline from '@cutwater/engine/timeline/Timeline.ts'

/**
 * The bridge that is shown: its journal read as a timeline, the branches people have taken from it, and who wants
 * to hear when it grows.
 */
export type Station = {
  shown: Shown
  readonly listeners: Set<(news: News) => void>
  /** one catch-up after the other */
  tail: Promise<void>
  /** the catch-up that waits for its turn: whoever wants one meanwhile is served by it */
  due: Promise<void> | null
  /** whether there is a moment to show */
  isReady: boolean
}

/** What is shown at present; the lab shows one run after the other. */
export type Shown = {
  readonly generation: string
  readonly bridge: Bridge
  readonly policy: Policy.BridgePolicy
  readonly live: boolean
  /** one line about what is seen, such as the incident a scenario re-enacts */
  readonly says: string | null
  timeline: Timeline.Timeline
  readonly isKept: boolean
  /** the place of the newest entry behind what was saved */
  savedSeq: number
  readonly saveEvery: number
  /** what takes long on a long journal, while it goes on */
  work: Work | null
  readonly branches: Map<string, Branch>
}

/** A journal that is read for the first time, or a branch that is folded: which entry it is at, and its last one. */
export type Work = { readonly what: 'journal' | 'branch'; readonly seq: number; readonly upTo: number }

/** The same past under another policy. */
export type Branch = {
  readonly id: string
  readonly at: UnixTime
  readonly policy: Policy.BridgePolicy
  readonly timeline: Timeline.Timeline
}

/** What listeners hear: the journal has grown up to a place, or another journal is shown. */
export type News = {
  readonly kind: 'grown' | 'other'
  readonly generation: string
  readonly seq: number
  readonly at: UnixTime
}

export type Showing = {
  readonly generation: string
  readonly bridge: Bridge
  readonly policy: Policy.BridgePolicy
  readonly journal: Journal
  readonly kind: Thread.Thread['kind']
  readonly live: boolean
  readonly says?: string
  /** where what was read is kept for the next start */
  readonly shelf?: Shelf | undefined
  /** how many entries are read anew at the next start, at most; 20,000 unless told otherwise */
  readonly saveEvery?: number
}

/** The most branches that are kept; the oldest goes when another is taken. */
export const mostBranches = 8

/** Opens on a journal and reads what it holds. */
export async function open(showing: Showing): Promise<Station> {
  const station = create(showing)
  await catchUp(station)
  return station
}

/** A station that has read nothing yet. */
export function create(showing: Showing): Station {
  const idle = { tail: Promise.resolve(), due: null, isReady: false }
  return { shown: shownOf(showing), listeners: new Set(), ...idle }
}

/** A station for a bridge that is not there yet: it answers, and says what it waits for. */
export function awaiting(says: string): Station {
  const bridge: Bridge = { name: 'Cutwater', synthetic: true, chains: [], tokens: [] }
  const journal = memoryJournal()
  const policy = Policy.of('adaptive')
  return create({ generation: 'none', bridge, policy, journal, kind: 'watched', live: true, says })
}

/** Shows another journal, as soon as it is read. */
export async function show(station: Station, showing: Showing): Promise<void> {
  await enqueue(station, async () => {
    const next = shownOf(showing)
    await read(station, next)
    station.shown = next
    tell(station, 'other')
  })
}

/** Reads what the journal has gained, in the timeline and in every branch, and tells who listens. */
export function catchUp(station: Station): Promise<void> {
  station.due ??= enqueue(station, async () => {
    station.due = null
    const { shown } = station
    const before = shown.timeline.seq
    await read(station, shown)
    const { timeline, branches } = shown
    for (const branch of branches.values()) await Timeline.catchUp(branch.timeline, { pause })
    if (timeline.seq > before) tell(station, 'grown')
  })
  return station.due
}

/** Takes a branch, or finds the one that was taken already. */
export async function branch(
  station: Station,
  at: UnixTime,
  name: Policy.PolicyName,
  options: { readonly posture: PostureName; readonly level: Level },
): Promise<Branch> {
  const policy = Policy.of(name, options)
  const id = `${name}-${policy.guard.level}-${options.posture}-${at}`
  await enqueue(station, async () => {
    const { timeline, branches } = station.shown
    if (branches.has(id)) return
    const taken = await Timeline.branch(
      timeline,
      at,
      policy,
      working(station, 'branch', timeline.seq),
    ).finally(() => rest(station))
    const [oldest] = branches.keys()
    if (branches.size >= mostBranches) branches.delete(oldest!)
    branches.set(id, { id, at, policy, timeline: taken })
  })
  return branchOf(station, id)
}

/** A branch by its id; the timeline itself where none is named. */
export function timelineOf(station: Station, id?: string): Timeline.Timeline {
  return id === undefined ? station.shown.timeline : branchOf(station, id).timeline
}

function branchOf({ shown }: Station, id: string): Branch {
  const found = shown.branches.get(id)
  if (found !== undefined) return found
  const known = [...shown.branches.keys()]
  throw new CutwaterError('BRANCH_UNKNOWN', `there is no branch "${id}"`, {
    where: 'branch',
    right: known.length === 0 ? 'a branch taken with POST /api/branches' : `one of ${known.join(', ')}`,
  })
}

function shownOf(showing: Showing): Shown {
  const { generation, bridge, policy, live, says = null, shelf, saveEvery = 20_000 } = showing
  const timeline = Timeline.create(optionsOf(showing))
  return {
    generation,
    bridge,
    policy,
    live,
    says,
    timeline,
    isKept: shelf !== undefined,
    savedSeq: 0,
    saveEvery,
    work: null,
    branches: new Map(),
  }
}

function optionsOf({ bridge, policy, journal, kind, live, shelf }: Showing): Timeline.Options {
  // A block is the finest step of a live bridge; of a recorded year nobody looks at single minutes from afar.
  const stepSeconds = live ? 12 : 60
  return { journal, kind, bridge, policy, stepSeconds, ...(shelf && { shelf }) }
}

async function read(station: Station, shown: Shown): Promise<void> {
  if (shown.isKept && shown.timeline.seq === 0) {
    shown.timeline = await Kept.recover(shown.timeline)
    shown.savedSeq = shown.timeline.seq
  }
  const { timeline } = shown
  await Timeline.catchUp(timeline, await readingOf(station, shown)).finally(() => rest(station))
  await saveAfter(shown, shown.saveEvery)
  station.isReady = Timeline.hasBegun(timeline)
}

// Whoever breaks off a long first reading does not begin anew: it is kept whenever it is twice as far.
async function readingOf(station: Station, shown: Shown): Promise<Timeline.Reading> {
  if (station.isReady) return { pause }
  const newest = await shown.timeline.journal.last('observed')
  const { listen, pause: show } = working(station, 'journal', newest?.seq ?? 0)
  const keep = () => saveAfter(shown, Math.max(shown.saveEvery, shown.savedSeq))
  return { listen, pause: () => keep().then(show) }
}

// Work that takes long is seen as it goes on: at each hundredth, so that a page has time to ask anew before the next.
function working(station: Station, what: Work['what'], upTo: number) {
  let seq = 0
  return {
    listen: (entry: Recorded) => {
      seq = entry.seq
    },
    pause: () => {
      const work = { what, seq, upTo }
      if (station.shown.work === null || shareOf(work) > shareOf(station.shown.work)) {
        station.shown.work = work
        tell(station, 'grown')
      }
      return pause()
    },
  }
}

/** How much of it is done, whole hundredths. */
export function shareOf({ seq, upTo }: Work): number {
  return Math.floor((100 * seq) / upTo)
}

function rest(station: Station): void {
  if (station.shown.work === null) return
  station.shown.work = null
  tell(station, 'grown')
}

async function saveAfter(shown: Shown, entries: number): Promise<void> {
  const { seq } = shown.timeline
  if (!shown.isKept || seq - shown.savedSeq < entries) return
  await Kept.save(shown.timeline)
  shown.savedSeq = seq
}

// Between two pages whoever has asked something is answered; it takes some turns to hear, to answer and to send.
async function pause(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function enqueue(station: Station, work: () => Promise<void>): Promise<void> {
  const done = station.tail.then(work)
  station.tail = done.catch(() => {})
  return done
}

function tell({ listeners, shown }: Station, kind: News['kind']): void {
  const { generation, timeline } = shown
  for (const listen of listeners) listen({ kind, generation, seq: timeline.seq, at: timeline.at })
}
