import * as SortedWindow from '../../signals/SortedWindow.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import type { Usd } from '../../units/Usd.ts'
import type { BridgeEvent } from '../BridgeEvent.ts'
import * as Bucket from './Bucket.ts'
import type { GuardSettings } from './GuardSettings.ts'
import * as RollingSum from './RollingSum.ts'

/** One token on one route: its limits, what they were fitted on, and what waits. */
export type Lane = {
  readonly route: number
  readonly token: number
  /** all value, proven or not */
  readonly total: Bucket.Bucket
  /** value without a proof, at level 3 */
  readonly unproven: Bucket.Bucket
  /** sums of trailing windows and sizes of single legs, proven and passed ones only */
  readonly windowSums: SortedWindow.State
  readonly sizes: SortedWindow.State
  readonly recent: RollingSum.RollingSum
  /** waiting legs that will pass */
  queue: Held[]
  /** no leg of the queue can pass before this */
  queueReadyAt: UnixTime
  /** waiting legs that nothing proves: they wait for people */
  readonly kept: Held[]
  pausedFrom: UnixTime
  pausedUntil: UnixTime
  /** the allowance for unproven value is shut after this; Infinity while it is open */
  unprovenShutFrom: UnixTime
}

/** A leg that waits, why, and from when on it may pass. */
export type Held = {
  readonly event: BridgeEvent
  readonly units: number
  readonly usd: Usd | null
  /** when its proof is complete; Infinity while there is none */
  readonly provenAt: UnixTime
  readonly since: UnixTime
  readonly reason: HoldReason
}

export type HoldReason = 'limit' | 'large' | 'unproven' | 'paused'

/** How many trailing legs a lane's limits are fitted on. */
export const sampleLegs = 1_024

export function create(route: number, token: number, settings: GuardSettings, at: UnixTime): Lane {
  return {
    route,
    token,
    total: Bucket.create(0, settings.windowSeconds, at),
    unproven: Bucket.create(0, settings.unprovenWindowSeconds, at),
    windowSums: SortedWindow.create(sampleLegs),
    sizes: SortedWindow.create(sampleLegs),
    recent: RollingSum.create(settings.windowSeconds),
    queue: [],
    queueReadyAt: Number.POSITIVE_INFINITY,
    kept: [],
    pausedFrom: Number.POSITIVE_INFINITY,
    pausedUntil: Number.NEGATIVE_INFINITY,
    unprovenShutFrom: Number.POSITIVE_INFINITY,
  }
}

/** Whether the lane lets a leg pass now; when it does, the leg's room is taken. */
export function admit(
  lane: Lane,
  settings: GuardSettings,
  units: number,
  proven: boolean,
  at: UnixTime,
): HoldReason | 'pass' {
  if (settings.level === 0) return 'pass'
  if (isPaused(lane, at)) return 'paused'
  if (settings.level === 1) return 'pass'
  const needsAllowance = settings.level === 3 && !proven
  if (needsAllowance && (isShut(lane, at) || !Bucket.fits(lane.unproven, units, at))) return 'unproven'
  if (!Bucket.fits(lane.total, units, at)) return units > lane.total.capacity ? 'large' : 'limit'
  Bucket.take(lane.total, units)
  if (needsAllowance) Bucket.take(lane.unproven, units)
  return 'pass'
}

/** Learns from a proven leg that passed; others teach nothing, or an attack would raise its own limit. */
export function learn(lane: Lane, units: number, at: UnixTime): void {
  SortedWindow.push(lane.windowSums, RollingSum.add(lane.recent, units, at))
  SortedWindow.push(lane.sizes, units)
}

export function isWarm(lane: Lane, settings: GuardSettings): boolean {
  return lane.windowSums.size >= settings.warmLegs
}

/** A pause that lands in a block cannot stop what came earlier in that block: it counts from the second after. */
export function isPaused(lane: Lane, at: UnixTime): boolean {
  return at > lane.pausedFrom && at <= lane.pausedUntil
}

function isShut(lane: Lane, at: UnixTime): boolean {
  return at > lane.unprovenShutFrom
}

/** Puts a leg that may not pass where it belongs: to those that will pass later, or to those for people. */
export function hold(lane: Lane, settings: GuardSettings, held: Held): void {
  if (held.provenAt === Number.POSITIVE_INFINITY) {
    lane.kept.push(held)
    return
  }
  lane.queue.push(held)
  lane.queueReadyAt = Math.min(lane.queueReadyAt, readyAt(lane, settings, held))
}

/** To be called when limits or pauses have changed: what waits may be ready sooner or later than thought. */
export function reconsiderQueue(lane: Lane, at: UnixTime): void {
  if (lane.queue.length > 0) lane.queueReadyAt = at
}

/**
 * Lets waiting legs pass that can by `now`, each at the first moment it could, smallest wait first.
 *
 * @param release called with the leg and the moment it passed
 */
export function drain(
  lane: Lane,
  settings: GuardSettings,
  now: UnixTime,
  release: (held: Held, at: UnixTime) => void,
): void {
  while (lane.queueReadyAt <= now && lane.queue.length > 0) {
    const next = firstReady(lane, settings)
    lane.queueReadyAt = next.at
    if (next.at > now) return
    const held = lane.queue[next.index]!
    lane.queue.splice(next.index, 1)
    Bucket.refill(lane.total, next.at)
    if (held.units <= lane.total.level) Bucket.take(lane.total, held.units)
    release(held, next.at)
  }
  if (lane.queue.length === 0) lane.queueReadyAt = Number.POSITIVE_INFINITY
}

function firstReady(lane: Lane, settings: GuardSettings): { index: number; at: UnixTime } {
  const { queue } = lane
  let index = 0
  let at = readyAt(lane, settings, queue[0]!)
  for (let other = 1; other < queue.length; other++) {
    if (isBehind(queue[other]!, queue[index]!)) continue
    const otherAt = readyAt(lane, settings, queue[other]!)
    if (otherAt < at) [index, at] = [other, otherAt]
  }
  return { index, at }
}

// Who came no earlier, was proven no earlier and needs no less cannot pass earlier: most of a long queue need not be
// asked when they are ready.
function isBehind(held: Held, other: Held): boolean {
  return held.units >= other.units && held.since >= other.since && held.provenAt >= other.provenAt
}

// Proven value passes as soon as there is room, and after the hold time whether there is room or not: by then
// people have looked. A pause comes before both.
function readyAt(lane: Lane, settings: GuardSettings, held: Held): UnixTime {
  const earliest = Math.max(held.since, held.provenAt, pauseEnd(lane, held.since))
  if (settings.level < 2) return earliest
  const withRoom = Math.max(earliest, Bucket.readyAt(lane.total, held.units))
  return Math.min(withRoom, Math.max(earliest, held.since + settings.holdSeconds))
}

function pauseEnd(lane: Lane, since: UnixTime): UnixTime {
  return lane.pausedUntil > since && lane.pausedFrom < Number.POSITIVE_INFINITY ? lane.pausedUntil : since
}
