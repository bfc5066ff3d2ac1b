import type { LimitsSet, Observation } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Deed, Limit } from '@cutwater/engine/ports/Actuator.ts'
import * as Setting from '../Setting.ts'
import type { GuardianCall, Leg, Tx } from './Tx.ts'
import { isOut } from './Tx.ts'

/** What a chain's contracts hold after a block: the guard, the escrow, the wrapped tokens. */
export type State = {
  readonly setting: Setting.Setting
  readonly chain: number
  /** the next nonce of the guardian's key */
  nonce: number
  /** until when, by what is paused */
  readonly pausedUntil: Map<string, UnixTime>
  /** by token, for what comes in */
  readonly limits: Map<string, Pair>
  /** ids of transactions whose release the guard holds */
  readonly held: Set<string>
  /** raw units in escrow or issued, by token */
  readonly balances: Map<string, bigint>
}

export type Pair = { readonly unproven: Bucket; readonly total: Bucket }

/** A refilling limit; `level` is what would have passed at `at`. */
export type Bucket = Limit & { readonly level: bigint; readonly at: UnixTime }

/** What a transaction does: null where it cannot be included yet. */
export type Effect = { readonly observations: readonly Observation[]; readonly isOver: boolean } | null

export function create(setting: Setting.Setting, chain: number): State {
  const { unproven, total, windowSeconds } = Setting.startLimits
  const full = (capacity: bigint): Bucket => ({ capacity, windowSeconds, level: capacity, at: Setting.begin })
  const tokens = Setting.symbols.map((symbol) => Setting.addressOf(symbol, chain))
  return {
    setting,
    chain,
    nonce: 0,
    pausedUntil: new Map(),
    limits: new Map(tokens.map((token) => [token, { unproven: full(unproven), total: full(total) }])),
    held: new Set(),
    balances: new Map(tokens.map((token) => [token, 0n])),
  }
}

export function copy(state: State): State {
  const { pausedUntil, limits, held, balances } = state
  return {
    ...state,
    pausedUntil: new Map(pausedUntil),
    limits: new Map(limits),
    held: new Set(held),
    balances: new Map(balances),
  }
}

/** Carries a transaction out in a block; the state is changed in place. */
export function execute(state: State, { id, body }: Tx, at: UnixTime, block: number): Effect {
  const place = { at, chain: state.chain, tx: id, index: 0, block }
  switch (body.kind) {
    case 'leg':
      return isOut(body.leg) ? sendOut(state, body.leg, place) : letIn(state, body.leg, body.isHonest, place)
    case 'guardian':
      return guard(state, body, place)
    case 'timelock':
      setLimits(state, body.token, { unproven: fresh(body.unproven, at), total: fresh(body.total, at) })
      return over([limitsOf(state, body.token, place)])
    case 'change': {
      const what = 'The set of signers changed'
      return over([{ kind: 'change', ...place, name: body.name, what, announced: body.announced }])
    }
    case 'noise':
      return over([{ ...body.leg, ...place }])
  }
}

type Place = {
  readonly at: UnixTime
  readonly chain: number
  readonly tx: string
  readonly index: number
  readonly block: number
}

function sendOut(state: State, leg: Leg, place: Place): Effect {
  const token = leg.tokenSource!
  const balance = state.balances.get(token)!
  if (leg.kind === 'burn' && balance < leg.amount) return null
  state.balances.set(token, leg.kind === 'lock' ? balance + leg.amount : balance - leg.amount)
  return over([{ ...leg, ...place }])
}

function letIn(state: State, leg: Leg, isHonest: boolean, place: Place): Effect {
  const token = leg.token!
  const balance = state.balances.get(token)!
  if (isPaused(state, token, place.at)) return null
  if (leg.kind === 'release' && balance < leg.amount) return null
  if (!passes(state, token, leg.amount, isHonest, place.at)) return hold(state, leg, place)
  state.held.delete(place.tx)
  state.balances.set(token, leg.kind === 'mint' ? balance + leg.amount : balance - leg.amount)
  return over([{ ...leg, ...place }])
}

/** Takes an amount out of the limits that stand before it; nothing where it does not fit. */
function passes(state: State, token: string, amount: bigint, isHonest: boolean, at: UnixTime): boolean {
  const { level } = state.setting
  if (level < 2) return true
  const { unproven, total } = state.limits.get(token)!
  const needsUnproven = level === 3 && !isHonest
  if (available(total, at) < amount || (needsUnproven && available(unproven, at) < amount)) return false
  state.limits.set(token, {
    total: taken(total, amount, at),
    unproven: needsUnproven ? taken(unproven, amount, at) : unproven,
  })
  return true
}

// Held once, and tried again in every block.
function hold({ held }: State, { token, amount }: Leg, place: Place): Effect {
  if (held.has(place.tx)) return null
  held.add(place.tx)
  const attempt = { kind: 'attempt' as const, ...place, tx: `${place.tx}:held`, token: token!, amount }
  return { observations: [attempt], isOver: false }
}

function guard(state: State, { nonce, deed, seconds }: GuardianCall, place: Place): Effect {
  const { act } = deed
  if (nonce !== state.nonce) return null
  state.nonce += 1
  switch (act.kind) {
    case 'pause': {
      const key = pauseKey(act)
      state.pausedUntil.set(key, Math.max(state.pausedUntil.get(key) ?? 0, place.at + seconds))
      return over([])
    }
    case 'tighten': {
      const now = state.limits.get(act.token)!
      setLimits(state, act.token, {
        unproven: tightened(now.unproven, act.unproven, place.at),
        total: tightened(now.total, act.total, place.at),
      })
      return over([limitsOf(state, act.token, place)])
    }
    default:
      return over([])
  }
}

export function pauseKey({ scope, key }: Extract<Deed['act'], { kind: 'pause' }>): string {
  return `${scope}:${key}`
}

/** Whether what comes in of a token is stopped. */
export function isPaused({ pausedUntil }: State, token: string, at: UnixTime): boolean {
  return stopsOf(token).some((key) => (pausedUntil.get(key) ?? 0) > at)
}

/** Everything whose pause stops what comes in of a token. */
export function stopsOf(token: string): readonly string[] {
  return ['bridge:', 'direction:in', `token:${token}`]
}

function setLimits({ limits }: State, token: string, pair: Pair): void {
  limits.set(token, pair)
}

function limitsOf({ limits }: State, token: string, place: Place): LimitsSet {
  const { unproven, total } = limits.get(token)!
  const limit = ({ capacity, windowSeconds }: Bucket) => ({ capacity, windowSeconds })
  return { kind: 'limits', ...place, token, direction: 'in', unproven: limit(unproven), total: limit(total) }
}

export function available({ capacity, windowSeconds, level, at }: Bucket, now: UnixTime): bigint {
  const refilled = level + (capacity * BigInt(Math.max(0, now - at))) / BigInt(windowSeconds)
  return refilled < capacity ? refilled : capacity
}

function taken(bucket: Bucket, amount: bigint, at: UnixTime): Bucket {
  return { ...bucket, level: available(bucket, at) - amount, at }
}

/** The guardian's role can only lower: of two limits the lower stands. */
export function tightened(now: Bucket, wanted: Limit | null, at: UnixTime): Bucket {
  const capacity = wanted !== null && wanted.capacity < now.capacity ? wanted.capacity : now.capacity
  const level = available(now, at)
  return { ...now, capacity, level: level < capacity ? level : capacity, at }
}

function fresh({ capacity, windowSeconds }: Limit, at: UnixTime): Bucket {
  return { capacity, windowSeconds, level: capacity, at }
}

function over(observations: readonly Observation[]): Effect {
  return { observations, isOver: true }
}
