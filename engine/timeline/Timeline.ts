import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Finding } from '@cutwater/core/bridge/findings/Finding.ts'
import * as Severity from '@cutwater/core/bridge/findings/Severity.ts'
import { legUsd } from '@cutwater/core/bridge/legUsd.ts'
import { isLeg, type Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import type { Decision } from '@cutwater/core/ladder/Decision.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { day, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { decode } from '../journal/encode.ts'
import type { Journal, Recorded } from '../ports/Journal.ts'
import { memoryShelf, type Shelf } from '../ports/Shelf.ts'
import * as Moment from '../replay/Moment.ts'
import { boundOf } from '../replay/Run.ts'
import * as Chronicle from './Chronicle.ts'
import * as Rollup from './Rollup.ts'
import * as Thread from './Thread.ts'

/**
 * A bridge's journal read under one policy, kept so that any moment of it can be asked for: how it stood, rows to draw,
 * and everything that was found, decided and done, each with its place in the journal; and marks to fold on from.
 */
export type Timeline = {
  readonly journal: Journal
  thread: Thread.Thread
  /** place of the newest entry taken */
  seq: number
  /** time of the newest entry taken, the highest so far */
  at: UnixTime
  /** time of the first entry; Infinity before it */
  from: UnixTime
  /** the highest time of an entry taken, dated or not: from then on it stands as it does now */
  reached: UnixTime
  /** how it stood before that */
  readonly chronicle: Chronicle.Chronicle
  readonly rollup: Rollup.Rollup
  readonly findings: Told<Finding>[]
  readonly decisions: Told<Decision>[]
  readonly actions: Told<Action>[]
  /** places to fold on from, oldest first; what stood there is on the shelf */
  marks: Mark[]
  markEvery: number
  readonly shelf: Shelf
  /** where its journal begins, under the policy it begins with */
  readonly origin: Origin
}

export type Origin = Pick<Options, 'kind' | 'bridge' | 'policy'>

/** Something put out, with the place of the entry it followed from. */
export type Told<T> = { readonly seq: number; readonly at: UnixTime; readonly what: T }

/** What the guard did: all that is put out but findings and decisions. */
export type Action = Exclude<Output, { readonly type: 'finding' | 'decision' }>

/** A place to fold on from. */
export type Mark = {
  readonly seq: number
  readonly at: UnixTime
  readonly shelf: Shelf
  /** whether another policy holds from here on: nothing after it can be folded from before it */
  readonly isFork: boolean
}

export type Options = {
  readonly journal: Journal
  readonly kind: Thread.Thread['kind']
  readonly bridge: Bridge
  readonly policy: BridgePolicy
  /** time a row covers at first, seconds */
  readonly stepSeconds?: number
  /** where marks are kept, and what `save` keeps; memory unless told otherwise */
  readonly shelf?: Shelf
}

/** How many rows and marks are kept, and how many entries lie between two marks at first. */
export const keep = { rows: 4_096, marks: 16, entriesBetweenMarks: 500 }

/** A timeline that has read nothing yet. */
export function create(options: Options): Timeline {
  const { journal, kind, bridge, policy, stepSeconds = 60, shelf = memoryShelf() } = options
  return {
    journal,
    thread: Thread.start(kind, bridge, policy),
    seq: 0,
    at: Number.NEGATIVE_INFINITY,
    from: Number.POSITIVE_INFINITY,
    reached: Number.NEGATIVE_INFINITY,
    chronicle: Chronicle.create(),
    rollup: Rollup.create({ stepSeconds, most: keep.rows }),
    findings: [],
    decisions: [],
    actions: [],
    marks: [],
    markEvery: keep.entriesBetweenMarks,
    shelf,
    origin: { kind, bridge, policy },
  }
}

/** Whether it has a moment to show: the first entry that has a time is taken. */
export function hasBegun({ at }: Timeline): boolean {
  return at > Number.NEGATIVE_INFINITY
}

/** What each entry led to, as a catch-up goes on. */
export type Listener = (entry: Recorded, outputs: readonly Output[]) => void

export type Reading = {
  readonly listen?: Listener
  /** waited for after every page, so that a long reading leaves room for others */
  readonly pause?: () => Promise<void>
}

/** Reads what the journal has gained and folds it; with nothing new it changes nothing. */
export async function catchUp(timeline: Timeline, reading: Reading = {}): Promise<void> {
  await readOn(timeline, Number.POSITIVE_INFINITY, reading)
}

/**
 * The bridge as it was known at a time: all entries up to the first that came later, and the clock moved on to then.
 *
 * It is looked up in the chronicle; what is lost there is folded anew from the nearest mark.
 *
 * @throws CutwaterError `MOMENT_AHEAD` for more than a year after the newest entry: every hour until then would be closed
 */
export async function momentAt(timeline: Timeline, at: UnixTime): Promise<Moment.Moment> {
  const { thread, chronicle } = timeline
  if (at >= timeline.reached) return newestMoment(timeline, at)
  const written = Chronicle.read(chronicle, at)
  if (written !== undefined) return thread.kind === 'watched' ? written : Moment.later(written, at)
  const folded = await foldTo(timeline, at)
  return momentOf(folded.thread, at)
}

// Of a watched bridge no time passes beyond the newest entry.
function newestMoment(timeline: Timeline, at: UnixTime): Moment.Moment {
  const isAhead =
    timeline.thread.kind === 'recorded' && hasBegun(timeline) && at > timeline.at + furthestSeconds
  if (isAhead) throw momentAhead(at, timeline.at)
  return momentOf(timeline.thread, at)
}

/** How far after its newest entry a record may be asked for. */
export const furthestSeconds = 366 * day

function momentOf(thread: Thread.Thread, at: UnixTime): Moment.Moment {
  return Moment.of({ book: Thread.passedTo(thread, at), deceived: false })
}

/** The same journal under another policy from a moment on: what came before is shared, what follows is folded anew. */
export async function branch(
  timeline: Timeline,
  at: UnixTime,
  policy: BridgePolicy,
  reading: Reading = {},
): Promise<Timeline> {
  // The row that holds the moment begins under the old policy, so that no part of it is lost or counted twice.
  const other = await cut(timeline, Rollup.startOf(at, timeline.rollup.stepSeconds) - 1, reading)
  await readOn(other, at, reading)
  other.thread = Thread.withPolicy(other.thread, policy)
  addMark(other, true)
  // Its chronicle lasts as long as it does: there is nothing to fold anew.
  other.markEvery = Number.POSITIVE_INFINITY
  await catchUp(other, reading)
  return other
}

/** A copy that has read no further than a moment. */
async function cut(timeline: Timeline, at: UnixTime, reading: Reading): Promise<Timeline> {
  const { thread, seq, reached } = await foldTo(timeline, at, reading)
  const past = <T>(told: readonly Told<T>[]) => told.filter((each) => each.seq <= seq)
  return {
    ...timeline,
    thread,
    seq,
    at: Math.min(at, timeline.at),
    from: timeline.from <= at ? timeline.from : Number.POSITIVE_INFINITY,
    reached,
    chronicle: Chronicle.cut(timeline.chronicle, reached),
    rollup: Rollup.slice(timeline.rollup, Number.NEGATIVE_INFINITY, at, keep.rows),
    findings: past(timeline.findings),
    decisions: past(timeline.decisions),
    actions: past(timeline.actions),
    marks: timeline.marks.filter((mark) => mark.seq <= seq),
    shelf: timeline.shelf.aside(),
  }
}

/** A thread of its own, folded from the nearest mark up to the first entry that is later than a time. */
async function foldTo(timeline: Timeline, at: UnixTime, { pause }: Reading = {}) {
  const { journal, seq: newest } = timeline
  let { thread, seq, reached } = nearest(timeline, at)
  for await (const page of journal.read({ topics: ['observed'], after: seq, upTo: newest })) {
    for (const entry of page) {
      if (entry.at > at) return { thread, seq, reached }
      Thread.take(thread, decode(entry.body))
      seq = entry.seq
      reached = Math.max(reached, entry.at)
    }
    await pause?.()
  }
  return { thread, seq, reached }
}

function nearest({ marks, origin }: Timeline, at: UnixTime) {
  for (const mark of marks.filter((mark) => mark.at <= at).reverse()) {
    const frozen = mark.shelf.get(markName(mark.seq))
    if (frozen !== undefined) return { thread: Thread.thaw(frozen), seq: mark.seq, reached: mark.at }
  }
  const thread = Thread.start(origin.kind, origin.bridge, origin.policy)
  return { thread, seq: 0, reached: Number.NEGATIVE_INFINITY }
}

function markName(seq: number): string {
  return `mark:${seq}`
}

async function readOn(timeline: Timeline, until: UnixTime, { listen, pause }: Reading = {}): Promise<void> {
  for await (const page of timeline.journal.read({ topics: ['observed'], after: timeline.seq })) {
    for (const entry of page) {
      if (entry.at > until) return
      const outputs = take(timeline, entry)
      listen?.(entry, outputs)
    }
    await pause?.()
  }
}

function take(timeline: Timeline, entry: Recorded): readonly Output[] {
  const { seq, at } = entry
  const body = decode(entry.body)
  const passing = writeUntil(timeline, at)
  const { came, went } = Thread.observationsOf(timeline.thread, body)
  const outputs = [...passing, ...Thread.take(timeline.thread, body)]
  timeline.seq = seq
  timeline.reached = Math.max(timeline.reached, at)
  for (const output of outputs) keepOutput(timeline, seq, at, output)
  if (isDated(timeline.thread, at)) {
    timeline.at = Math.max(timeline.at, at)
    timeline.from = Math.min(timeline.from, at)
    Rollup.add(timeline.rollup, at, rowOf(timeline.thread, came, went, outputs))
  }
  if (seq - (timeline.marks.at(-1)?.seq ?? 0) >= timeline.markEvery) addMark(timeline)
  return outputs
}

// An entry that is not later than all before it leaves no time in between.
function writeUntil({ thread, chronicle, shelf, reached }: Timeline, at: UnixTime): readonly Output[] {
  if (reached >= at || reached === Number.NEGATIVE_INFINITY) return []
  return Thread.approach(thread, reached, at, (since, book) =>
    Chronicle.write(chronicle, shelf, since, Moment.of({ book, deceived: false })),
  )
}

// What a watch knows before its first block, such as prices, has no time yet.
function isDated({ kind }: Thread.Thread, at: UnixTime): boolean {
  return kind === 'recorded' || at > 0
}

function keepOutput(
  { findings, decisions, actions }: Timeline,
  seq: number,
  at: UnixTime,
  output: Output,
): void {
  if (output.type === 'finding') findings.push({ seq, at, what: output.finding })
  else if (output.type === 'decision') decisions.push({ seq, at, what: output.decision })
  // The book goes on to renew its pauses; what is kept says how one stood.
  else actions.push({ seq, at, what: 'pause' in output ? { ...output, pause: { ...output.pause } } : output })
}

// When there are too many every second one goes, and from then on they lie twice as far apart.
function addMark(timeline: Timeline, isFork = false): void {
  const { seq, reached, thread, shelf } = timeline
  shelf.put(markName(seq), Thread.freeze(thread))
  timeline.marks.push({ seq, at: reached, shelf, isFork })
  if (timeline.marks.length <= keep.marks) return
  const goes = (mark: Mark, index: number) => index % 2 === 1 && !mark.isFork
  for (const mark of timeline.marks.filter(goes)) if (mark.shelf === shelf) shelf.drop(markName(mark.seq))
  timeline.marks = timeline.marks.filter((mark, index) => !goes(mark, index))
  timeline.markEvery *= 2
}

function rowOf(
  thread: Thread.Thread,
  came: readonly Observation[],
  went: readonly Observation[],
  outputs: readonly Output[],
): Rollup.Row {
  const book = Thread.bookOf(thread)
  const { stress, weights } = book
  const bound = boundOf({ book, deceived: false })
  const found = outputs.filter((output) => output.type === 'finding')
  return {
    lockedUsd: toDollars(Book.lockedUsd(book)),
    boundUsd: bound === null ? Number.NaN : toDollars(bound),
    stressNear: stress.near,
    stressMid: stress.mid,
    stressFar: stress.far,
    weightNear: weights.near,
    weightMid: weights.mid,
    weightFar: weights.far,
    waiting: waitingIn(book),
    inflowUsd: flowUsd(book, came, true) - flowUsd(book, went, true),
    outflowUsd: flowUsd(book, came, false) - flowUsd(book, went, false),
    legs: came.filter(isLeg).length - went.filter(isLeg).length,
    findings: found.length,
    hard: found.filter(({ finding }) => Severity.isHard(finding.severity)).length,
  }
}

function waitingIn({ guard }: Book.BridgeBook): number {
  return guard.lanes.reduce(
    (sum, lane) => sum + (lane === null ? 0 : lane.queue.length + lane.kept.length),
    0,
  )
}

function flowUsd(book: Book.BridgeBook, observations: readonly Observation[], isInto: boolean): number {
  let usd = 0
  for (const observation of observations) {
    if (isLeg(observation) && Event.isOut(observation.kind) === isInto) usd += legUsd(book, observation) ?? 0
  }
  return toDollars(usd)
}

function momentAhead(at: UnixTime, newest: UnixTime): CutwaterError {
  return new CutwaterError('MOMENT_AHEAD', `nothing is known of ${at}`, {
    right: `at most ${newest + furthestSeconds}, a year after the newest entry`,
  })
}
