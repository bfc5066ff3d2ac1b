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
  /** the token of each lane by index; -1 where no leg can be */
  readonly laneTokens: readonly number[]
  /** by lane index; null until the lane's first leg */
  readonly lanes: (Lane.Lane | null)[]
  /** every pause there was, oldest first */
  readonly pauses: Pauses.Pause[]
  /** since when a route's allowance for unproven value is shut */
  readonly shutRoutes: Map<number, UnixTime>
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

export function create(settings: GuardSettings, laneTokens: readonly number[]): Guard {
  return {
    settings,
    laneTokens,
    lanes: laneTokens.map(() => null),
    pauses: [],
    shutRoutes: new Map(),
    tunedAt: 0,
  }
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
  // The allowance is shut for a route as a whole, so a lane that joins it is shut like the others.
  lane.unprovenShutFrom = shutFrom(guard, route)
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
  const growth = growthOver(guard.settings, Math.max(0, at - guard.tunedAt))
  guard.tunedAt = Math.max(guard.tunedAt, at)
  if (guard.settings.level < 2) return
  for (const lane of guard.lanes) if (lane !== null) tuneLane(lane, guard.settings, tuning, growth, at)
}

/** Stops a scope after the reaction time; null when a pause as wide is already decided. */
export function pause(guard: Guard, scope: Pauses.Scope, at: UnixTime, reason: string): Pauses.Pause | null {
  if (guard.settings.level === 0 || isCovered(guard, scope, at)) return null
  return add(guard, scope, at, guard.settings.pauseSeconds, reason)
}

/**
 * Stops the whole bridge by order of people; it stays until they end it, also where a pause that would end by
 * itself was there before. null when it is ordered already.
 */
export function pauseUntilResumed(guard: Guard, at: UnixTime, reason: string): Pauses.Pause | null {
  const isOrdered = guard.pauses.some(({ until }) => until === Number.POSITIVE_INFINITY)
  if (guard.settings.level === 0 || isOrdered) return null
  return add(guard, { kind: 'bridge' }, at, Number.POSITIVE_INFINITY, reason)
}

/**
 * Takes the allowance for unproven value on a route away, from the reaction time on, until people give it back
 * through the timelock; false when that is done already.
 */
export function shutUnproven(guard: Guard, route: number, at: UnixTime): boolean {
  if (shutFrom(guard, route) < Number.POSITIVE_INFINITY) return false
  guard.shutRoutes.set(route, at + reactionSeconds(guard.settings))
  for (const lane of guard.lanes) if (lane?.route === route) lane.unprovenShutFrom = shutFrom(guard, route)
  return true
}

function shutFrom(guard: Guard, route: number): UnixTime {
  return guard.shutRoutes.get(route) ?? Number.POSITIVE_INFINITY
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
 * The most that can be lost from now on, in cents, until what is lost has been paid: per token the smaller of what
 * is locked and what its lanes can pass until the guard has acted, summed, because one fault may open all lanes
 * together.
 *
 * `min(V, h·V + Σ min(V_token, C + r·D + o))`: h is the share of value below which a loss is not yet hard, o the
 * oddity below which a lane is not answered on its own, C and r the capacity and refill of the limit that stands,
 * D `seconds`, in which the refill may itself grow by its daily share. A lane that was never used counts with the limit it would open with. It holds at the prices and for
 * the value locked at the moment it is stated. Derivation: docs/decisions/0004-loss-bound.md.
 *
 * Below level 2 nothing stands between an attack and all that is locked, or more where others share the escrow:
 * there is no bound to state.
 *
 * @param deceived whether the watchers are: then the total limit stands alone at every level
 */
export function boundUsd(guard: Guard, tuning: Tuning, seconds: number, deceived: boolean): Usd {
  const { lockedUsd, lockedUnits, cents } = tuning
  // A forged proof is as good as a true one, so it passes with or without room once its hold is over.
  if (deceived && seconds >= guard.settings.holdSeconds) return lockedUsd
  const refillSeconds = seconds * growthOver(guard.settings, seconds)
  const byToken = lockedUnits.map(() => 0)
  for (const [index, token] of guard.laneTokens.entries()) {
    const price = cents[token]
    if (price === undefined || Number.isNaN(price)) continue
    const { capacity, windowSeconds } = limitOf(guard, index, tuning, deceived)
    if (capacity > 0)
      byToken[token]! += Bucket.bound(capacity, windowSeconds, refillSeconds) * price + Severity.oddity
  }
  let bound = Math.max(Severity.shares.high * lockedUsd, Severity.oddity)
  for (const [token, usd] of byToken.entries()) {
    if (usd > 0) bound += Math.min(usd, Math.max(0, lockedUnits[token]! * cents[token]!))
  }
  return Math.ceil(Math.min(lockedUsd, bound))
}

/** The limit that stands on a lane, used or not. */
function limitOf({ settings, lanes, laneTokens }: Guard, index: number, tuning: Tuning, deceived: boolean) {
  const lane = lanes[index]
  const isProving = settings.level === 3 && !deceived
  if (lane) return isProving ? lane.unproven : lane.total
  const capacity = isProving ? 0 : tuning.tightness * coldCapacity(laneTokens[index]!, settings, tuning)
  return { capacity, windowSeconds: settings.windowSeconds }
}

function tuneLane(lane: Lane.Lane, settings: GuardSettings, tuning: Tuning, growth: number, at: UnixTime) {
  const isWarm = Lane.isWarm(lane, settings)
  const target = totalCapacity(lane, settings, tuning)
  const total = isWarm ? loosened(lane.total.capacity, target, growth) : target
  Bucket.resize(lane.total, total, at)
  const allowance = unprovenCapacity(lane, settings, tuning)
  const isFirst = lane.unproven.capacity === 0 && allowance > 0
  Bucket.resize(lane.unproven, loosened(lane.unproven.capacity, allowance, growth), at)
  if (isFirst) lane.unproven.level = allowance
  Lane.reconsiderQueue(lane, at)
}

/** The factor by which a limit may grow within `seconds`. */
function growthOver({ loosenPerDay }: GuardSettings, seconds: number): number {
  return (1 + loosenPerDay) ** (seconds / day)
}

// From nothing there is no share to grow by: the first limit is the one that fits.
function loosened(before: number, target: number, growth: number): number {
  return before > 0 ? Math.min(target, before * growth) : target
}

function totalCapacity(lane: Lane.Lane, settings: GuardSettings, tuning: Tuning): number {
  if (!Lane.isWarm(lane, settings)) return tuning.tightness * coldCapacity(lane.token, settings, tuning)
  const quantile = settings.level === 3 ? settings.looseQuantile : settings.limitQuantile
  const fitted = SortedWindow.quantile(lane.windowSums, quantile)
  return tuning.tightness * Math.max(fitted, materialUnits(lane, tuning))
}

// What would not even be a hard finding need not wait: a limit is never finer than that.
function materialUnits({ token }: Lane.Lane, { lockedUsd, cents }: Tuning): number {
  const price = cents[token]!
  return price > 0 ? (Severity.shares.high * lockedUsd) / price : 0
}

function coldCapacity(token: number, settings: GuardSettings, tuning: Tuning): number {
  // A token that nobody mapped has no value to limit; its legs wait for pauses and proofs like all others.
  if (token < 0) return Number.POSITIVE_INFINITY
  const cents = tuning.cents[token]!
  if (cents > 0) return Math.max(settings.coldShare * tuning.lockedUsd, settings.coldFloorUsd) / cents
  // A history may begin when more is released than was seen to be locked.
  return settings.coldShare * Math.max(0, tuning.lockedUnits[token]!)
}

function unprovenCapacity(lane: Lane.Lane, settings: GuardSettings, tuning: Tuning): number {
  if (!Lane.isWarm(lane, settings)) return 0
  return tuning.tightness * SortedWindow.quantile(lane.sizes, settings.unprovenQuantile)
}

function add(guard: Guard, scope: Pauses.Scope, at: UnixTime, seconds: number, reason: string): Pauses.Pause {
  const from = at + reactionSeconds(guard.settings)
  const added: Pauses.Pause = { scope, decidedAt: at, from, until: from + seconds, reason }
  guard.pauses.push(added)
  applyToLanes(guard, added, at)
  return added
}

function isCovered(guard: Guard, scope: Pauses.Scope, at: UnixTime): boolean {
  return guard.pauses.some((pause) => pause.until > at && isWithin(guard, scope, pause.scope))
}

function isWithin(guard: Guard, inner: Pauses.Scope, outer: Pauses.Scope): boolean {
  switch (outer.kind) {
    case 'bridge':
      return true
    case 'route':
      return routeOf(guard, inner) === outer.route
    case 'lane':
      return inner.kind === 'lane' && inner.lane === outer.lane
    case 'message':
      return inner.kind === 'message' && inner.message === outer.message && inner.route === outer.route
  }
}

/** The route a scope lies on; undefined for the bridge as a whole. */
function routeOf(guard: Guard, scope: Pauses.Scope): number | undefined {
  if (scope.kind === 'bridge') return undefined
  return scope.kind === 'lane' ? guard.lanes[scope.lane]?.route : scope.route
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
