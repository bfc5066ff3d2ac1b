import * as Layer from '../ladder/Layer.ts'
import * as Ratchet from '../ladder/Ratchet.ts'
import type { Weights } from '../ladder/Weights.ts'
import * as Decayed from '../signals/Decayed.ts'
import { day, type UnixTime } from '../units/UnixTime.ts'
import type { Usd } from '../units/Usd.ts'
import type { Bridge } from './Bridge.ts'
import type { BridgeEvent } from './BridgeEvent.ts'
import type { BridgePolicy } from './BridgePolicy.ts'
import * as Policy from './BridgePolicy.ts'
import * as Catalog from './Catalog.ts'
import * as Conservation from './Conservation.ts'
import * as Claimants from './findings/Claimants.ts'
import type { Name } from './findings/Finding.ts'
import { names as findingNames } from './findings/Finding.ts'
import type { Signers } from './findings/Signers.ts'
import type * as ChainLimits from './guard/ChainLimits.ts'
import * as Guard from './guard/Guard.ts'
import * as Matching from './Matching.ts'
import type { Attempt } from './Observation.ts'
import type { Output } from './Output.ts'
import * as Pressure from './Pressure.ts'
import * as Protection from './Protection.ts'
import * as Rebalance from './rebalance.ts'
import * as SentIds from './SentIds.ts'
import type * as Board from './signals/Board.ts'
import * as Measures from './signals/Measures.ts'

/**
 * The bridge book: everything known about a bridge at a moment, as plain data that each step updates in place.
 *
 * The same step serves replay, live watch and simulation.
 */
export type BridgeBook = {
  readonly catalog: Catalog.Catalog
  readonly policy: BridgePolicy
  /** by route */
  readonly matching: readonly Matching.RouteMatching[]
  readonly claimants: readonly Claimants.Claimants[]
  /** by token */
  readonly balances: readonly Conservation.Balance[]
  /** raw units locked at home: the balances as doubles, for limits and signals */
  readonly lockedUnits: number[]
  /** cents per raw unit, NaN where no price is known */
  readonly cents: number[]
  readonly guard: Guard.Guard
  readonly pressure: Pressure.Pressure
  readonly ratchets: Layer.PerLayer<Ratchet.State>
  readonly protection: Protection.Protection
  /** the newest reading of every feed */
  readonly measures: Measures.State
  /** the signals that feeds make; null until the first reading of one */
  board: Board.State | null
  readonly alarms: Alarms
  /** how far each chain has been seen; Infinity for a history that is complete */
  readonly heads: UnixTime[]
  /** in legs without a source so far, whose source chain has not been seen that far: not judged yet */
  pending: BridgeEvent[]
  /** the same for releases that a guard on chain holds */
  attempts: Attempt[]
  /** limits of the guards on chain, as far as they are told */
  readonly chainLimits: ChainLimits.ChainLimits
  /** when money was last asked to be moved on chain */
  readonly asked: Rebalance.Asked
  /** who signs, by chain and set */
  readonly signers: Map<string, Signers>
  /** whether the guard is on chain: then a leg that is seen has passed it already */
  readonly live: boolean
  counts: Counts
  readings: readonly Pressure.Reading[]
  stress: Layer.PerLayer<number>
  weights: Weights
  /** weights of the last decision put out */
  announced: Weights
  now: UnixTime
  /** when the record's first leg happened; Infinity before it */
  firstLegAt: UnixTime
  /** when the current hour ends; 0 before the first observation */
  nextClose: UnixTime
  /** what this step puts out so far */
  out: Output[]
}

/** What the alarm rules remember from one leg to the next. */
export type Alarms = {
  /** value without source that was tried, in cents by route, fading with a half-life of a day */
  readonly tried: readonly Decayed.State[]
  /** when value without source that is no oddity was last tried, by route */
  readonly triedAt: UnixTime[]
  /** the gap last reported, in cents by token; the next report is at twice as much */
  readonly gapReported: number[]
  /** value that has passed without source since the last gap was covered, in cents by lane */
  readonly hitLanes: Map<number, Usd>
  lastHardAt: UnixTime
  /** since when a gap that was answered is not covered; Infinity while there is none */
  gapSince: UnixTime
  /** the gap that was last answered, raw units by token: only what is added to it calls for another answer */
  answered: readonly bigint[]
  /** last price by source and token */
  readonly quotes: Map<string, number>
  /** the gap that cover and reserve have paid, raw units by token */
  paid: readonly bigint[]
}

/** Totals since the start. */
export type Counts = {
  readonly matched: { deposits: number; withdrawals: number }
  readonly early: { deposits: number; withdrawals: number }
  readonly withoutSource: { releases: number; mints: number }
  readonly findings: Record<Name, number>
  legs: number
}

/**
 * An empty book of a bridge under a policy.
 *
 * @param live false folds a complete history and models the guard; true watches chains that have one
 */
export function create(bridge: Bridge, policy: BridgePolicy, live = false): BridgeBook {
  const catalog = Catalog.create(bridge)
  const routes = Catalog.routeCount(catalog)
  const tokens = Catalog.tokenCount(catalog)
  return {
    catalog,
    policy,
    matching: filled(routes, () => Matching.create(shareOf(SentIds.recentLimit, routes))),
    claimants: filled(routes, () => Claimants.create(shareOf(Claimants.limit, routes))),
    balances: filled(tokens, Conservation.create),
    lockedUnits: filled(tokens, () => 0),
    cents: filled(tokens, () => Number.NaN),
    guard: Guard.create(policy.guard, Catalog.laneTokens(catalog)),
    pressure: Pressure.create(tokens),
    ratchets: Layer.map(() => Ratchet.start(neutral, 0)),
    protection: Protection.create(),
    measures: Measures.create(),
    board: null,
    alarms: {
      tried: filled(routes, () => Decayed.create({ halfLifeSeconds: day })),
      triedAt: filled(routes, () => Number.NEGATIVE_INFINITY),
      gapReported: filled(tokens, () => 0),
      hitLanes: new Map(),
      lastHardAt: Number.NEGATIVE_INFINITY,
      gapSince: Number.POSITIVE_INFINITY,
      answered: filled(tokens, () => 0n),
      quotes: new Map(),
      paid: filled(tokens, () => 0n),
    },
    heads: filled(bridge.chains.length, () => (live ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY)),
    pending: [],
    attempts: [],
    chainLimits: new Map(),
    asked: Rebalance.create(),
    signers: new Map(),
    live,
    counts: noCounts(),
    readings: [],
    stress: Layer.map(() => neutral),
    weights: policy.base,
    announced: policy.base,
    now: 0,
    firstLegAt: Number.POSITIVE_INFINITY,
    nextClose: 0,
    out: [],
  }
}

/** So many routes remember as much as one can; on a bridge with more they share it, so that it fits in memory. */
const routesInFull = 64

function shareOf(limit: number, routes: number): number {
  return Math.max(1, Math.floor((limit * routesInFull) / Math.max(routes, routesInFull)))
}

/** The value locked at home over all priced tokens, in cents. */
export function lockedUsd(book: Pick<BridgeBook, 'lockedUnits' | 'cents'>): Usd {
  let sum = 0
  for (let token = 0; token < book.lockedUnits.length; token++) {
    const cents = book.cents[token]!
    if (!Number.isNaN(cents)) sum += Math.max(0, book.lockedUnits[token]! * cents)
  }
  return Math.floor(sum)
}

/**
 * The book under another policy from here on: the same past, another future. Limits keep what they learned, and
 * the weights stand at once where the stress of this moment puts them, so the same policy changes nothing.
 */
export function withPolicy(book: BridgeBook, policy: BridgePolicy): BridgeBook {
  const guard = { ...book.guard, settings: policy.guard }
  return { ...book, policy, guard, weights: Policy.weightsUnder(policy, book.stress) }
}

/** Stress before anything is known: neither calm nor acute. */
export const neutral = 0.5

/** Totals before anything was seen. */
export function noCounts(): Counts {
  return {
    matched: { deposits: 0, withdrawals: 0 },
    early: { deposits: 0, withdrawals: 0 },
    withoutSource: { releases: 0, mints: 0 },
    findings: Object.fromEntries(findingNames.map((name) => [name, 0])) as Record<Name, number>,
    legs: 0,
  }
}

function filled<T>(length: number, make: () => T): T[] {
  return Array.from({ length }, make)
}
