import * as SortedWindow from '../../signals/SortedWindow.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import { day } from '../../units/UnixTime.ts'
import type { Usd } from '../../units/Usd.ts'
import * as Severity from '../findings/Severity.ts'
import * as Bucket from './Bucket.ts'
import type { GuardSettings } from './GuardSettings.ts'
import { reactionSeconds } from './GuardSettings.ts'
import * as Lane from './Lane.ts'
import * as Pauses from './Pauses.ts'

/** The near layer at work: one lane per token and route, and the pauses decided so far. */
export type Guard = {
  readonly settings: GuardSettings
  /** by lane index; null until the lane's first leg */
  readonly lanes: (Lane.Lane | null)[]
  /** every pause there was, oldest first */
  readonly pauses: Pauses.Pause[]
  tunedAt: UnixTime
}

/** What limits are tuned by: all of it known at the time of tuning. */
export type Tuning = {
  /** 1 at the base weight of the near layer, smaller when it weighs more: more guard, less room */
  readonly tightness: number
  readonly lockedUsd: Usd
  /** raw units locked at home, by token */
  readonly lockedUnits: readonly number[]
  /** cents per raw unit by token, NaN where no price is known */
  readonly cents: readonly number[]
}

export function create(settings: GuardSettings, laneCount: number): Guard {
  return { settings, lanes: new Array(laneCount).fill(null), pauses: [], tunedAt: 0 }
}

/** The lane of an index, opened with limits and with the pauses in force when it is used for the first time. */
export function open(
  guard: Guard,
  index: number,
  route: number,
  token: number,
  tuning: Tuning,
  at: UnixTime,
) {
  const lane = Lane.create(route, token, guard.settings, at)
  guard.lanes[index] = lane
  Bucket.resize(lane.total, totalCapacity(lane, guard.settings, tuning), at)
  lane.total.level = lane.total.capacity
  for (const pause of guard.pauses) {
    if (pause.until > at && Pauses.covers(pause.scope, index, route)) applyTo(lane, pause)
  }
  return lane
}

/** Fits every lane's limits to its own past; tightens at once, loosens by `loosenPerDay` at most. */
export function tune(guard: Guard, tuning: Tuning, at: UnixTime): void {
  const growth = (1 + guard.settings.loosenPerDay) ** (Math.max(0, at - guard.tunedAt) / day)
  guard.tunedAt = at
  if (guard.settings.level < 2) return
  for (const lane of guard.lanes) if (lane !== null) tuneLane(lane, guard.settings, tuning, growth, at)
}

/** Stops a scope after the reaction time; null when a pause as wide is already decided. */
export function pause(guard: Guard, scope: Pauses.Scope, at: UnixTime, reason: string): Pauses.Pause | null {
  if (guard.settings.level === 0 || isCovered(guard, scope, at)) return null
  const from = at + reactionSeconds(guard.settings)
  const added: Pauses.Pause = {
    scope,
    decidedAt: at,
    from,
    until: from + guard.settings.pauseSeconds,
    reason,
  }
  guard.pauses.push(added)
  applyToLanes(guard, added, at)
  return added
}

/** Stops the whole bridge by order of people; it stays until they end it. */
export function pauseUntilResumed(guard: Guard, at: UnixTime, reason: string): Pauses.Pause | null {
  const added = pause(guard, { kind: 'bridge' }, at, reason)
  if (added === null) return null
  added.until = Number.POSITIVE_INFINITY
  applyToLanes(guard, added, at)
  return added
}

/** Shuts the allowance for unproven value on a route, from the reaction time on. */
export function shutUnproven(guard: Guard, route: number, at: UnixTime): void {
  const from = at + reactionSeconds(guard.settings)
  for (const lane of guard.lanes) {
    if (lane?.route !== route) continue
    if (lane.unprovenShutUntil < at) lane.unprovenShutFrom = from
    lane.unprovenShutUntil = Math.max(lane.unprovenShutUntil, from + guard.settings.unprovenShutSeconds)
  }
}

/** Renews pauses that would end before `before` while what caused them is not covered; the others end. */
export function renew(guard: Guard, at: UnixTime, before: UnixTime, latched: boolean): Pauses.Pause[] {
  if (!latched) return []
  const renewed = guard.pauses.filter(
    ({ scope, until }) => scope.kind !== 'message' && until > at && until <= before,
  )
  for (const pause of renewed) {
    pause.until += guard.settings.pauseSeconds
    applyToLanes(guard, pause, at)
  }
  return renewed
}

/**
 * The most that can be lost from now on, in cents: per token the smaller of what is locked and what its lanes
 * can pass until the guard has acted, summed, because one fault may open all lanes together.
 *
 * `min(V, h·V_total + C + r·D)`: h is the share of value below which a loss is not yet hard, C and r the capacity
 * and refill of the limit that stands, D `seconds`. Derivation: docs/decisions/0004-loss-bound.md.
 *
 * Below level 2 nothing stands between an attack and all that is locked, or more where others share the escrow:
 * there is no bound to state.
 *
 * @param deceived whether the watchers are: then the total limit stands alone at every level
 */
export function boundUsd(guard: Guard, tuning: Tuning, seconds: number, deceived: boolean): Usd {
  const byToken = new Map<number, number>()
  let lockedUsd = 0
  for (const [token, units] of tuning.lockedUnits.entries()) {
    const cents = tuning.cents[token]!
    if (!Number.isNaN(cents)) lockedUsd += units * cents
  }
  for (const lane of guard.lanes) {
    if (lane === null) continue
    const limit = guard.settings.level === 3 && !deceived ? lane.unproven : lane.total
    const passes = Bucket.bound(limit.capacity, limit.windowSeconds, seconds)
    byToken.set(lane.token, (byToken.get(lane.token) ?? 0) + passes)
  }
  let bound = Severity.shares.high * lockedUsd
  for (const [token, units] of byToken) {
    const cents = tuning.cents[token]!
    if (!Number.isNaN(cents)) bound += Math.min(units, Math.max(0, tuning.lockedUnits[token]!)) * cents
  }
  return Math.ceil(Math.min(lockedUsd, bound))
}

function tuneLane(lane: Lane.Lane, settings: GuardSettings, tuning: Tuning, growth: number, at: UnixTime) {
  const target = totalCapacity(lane, settings, tuning)
  const before = lane.total.capacity
  const total = Lane.isWarm(lane, settings) && target > before ? Math.min(target, before * growth) : target
  Bucket.resize(lane.total, total, at)
  const allowance = unprovenCapacity(lane, settings, tuning)
  const isFirst = lane.unproven.capacity === 0 && allowance > 0
  Bucket.resize(lane.unproven, allowance, at)
  if (isFirst) lane.unproven.level = allowance
  Lane.reconsiderQueue(lane, at)
}

function totalCapacity(lane: Lane.Lane, settings: GuardSettings, tuning: Tuning): number {
  if (!Lane.isWarm(lane, settings)) return tuning.tightness * coldCapacity(lane, settings, tuning)
  const quantile = settings.level === 3 ? settings.looseQuantile : settings.limitQuantile
  const fitted = SortedWindow.quantile(lane.windowSums, quantile)
  return tuning.tightness * Math.max(fitted, materialUnits(lane, tuning))
}

// What would not even be a hard finding need not wait: a limit is never finer than that.
function materialUnits({ token }: Lane.Lane, { lockedUsd, cents }: Tuning): number {
  const price = cents[token]!
  return Number.isNaN(price) ? 0 : (Severity.shares.high * lockedUsd) / price
}

function coldCapacity(lane: Lane.Lane, settings: GuardSettings, tuning: Tuning): number {
  const cents = tuning.cents[lane.token]!
  if (Number.isNaN(cents)) return settings.coldShare * tuning.lockedUnits[lane.token]!
  return Math.max(settings.coldShare * tuning.lockedUsd, settings.coldFloorUsd) / cents
}

function unprovenCapacity(lane: Lane.Lane, settings: GuardSettings, tuning: Tuning): number {
  if (!Lane.isWarm(lane, settings)) return 0
  return tuning.tightness * SortedWindow.quantile(lane.sizes, settings.unprovenQuantile)
}

function isCovered(guard: Guard, scope: Pauses.Scope, at: UnixTime): boolean {
  return guard.pauses.some((pause) => pause.until > at && isWithin(guard, scope, pause.scope))
}

function isWithin(guard: Guard, inner: Pauses.Scope, outer: Pauses.Scope): boolean {
  if (Pauses.key(inner) === Pauses.key(outer) || outer.kind === 'bridge') return true
  if (inner.kind === 'lane') {
    return outer.kind === 'route' && guard.lanes[inner.lane]?.route === outer.route
  }
  return false
}

function applyToLanes(guard: Guard, pause: Pauses.Pause, at: UnixTime): void {
  for (const [index, lane] of guard.lanes.entries()) {
    if (lane === null || !Pauses.covers(pause.scope, index, lane.route)) continue
    applyTo(lane, pause)
    Lane.reconsiderQueue(lane, at)
  }
}

function applyTo(lane: Lane.Lane, pause: Pauses.Pause): void {
  const isFresh = lane.pausedUntil < pause.decidedAt
  lane.pausedFrom = isFresh ? pause.from : Math.min(lane.pausedFrom, pause.from)
  lane.pausedUntil = Math.max(lane.pausedUntil, pause.until)
}
