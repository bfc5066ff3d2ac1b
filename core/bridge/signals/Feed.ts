import { nearest } from '../../units/nearest.ts'
import { day, hour } from '../../units/UnixTime.ts'
import type { Measure } from '../Observation.ts'

/** What a reading of a name must be like to be believed. */
export type Feed = {
  readonly unit: string
  /** what `of` names */
  readonly about: 'bridge' | 'token' | 'chain' | 'operator' | 'size' | 'provider' | 'layer' | 'subject'
  readonly least: number
  readonly most: number
  /** whether `least` itself is out of range */
  readonly positive?: boolean
  /** seconds after which it no longer counts; Infinity where age is the point */
  readonly freshSeconds: number
  /** by what share two sources may differ before neither is believed */
  readonly apart: number
}

// A feed that people keep by hand is good for a quarter; one that a chain gives, for as long as its slowest heartbeat.
const byHand = { freshSeconds: 100 * day, apart: 0.25 }
const onChain = { freshSeconds: 6 * hour, apart: 0.1 }
const usd = { unit: 'USD', least: 0, most: 1e13 }
const perYear = { unit: 'per year', least: 0, most: 10 }
const share = { unit: 'share', least: 0, most: 1 }
const dated = {
  least: 0,
  most: 1,
  freshSeconds: Number.POSITIVE_INFINITY,
  apart: 1,
  about: 'subject' as const,
}

/** Every feed by name. `freshSeconds` of an oracle is the longest usual heartbeat, a day, and two hours to spare. */
export const feeds = {
  wrappedPrice: {
    about: 'token',
    unit: 'canonical per wrapped',
    least: 1e-6,
    most: 100,
    ...onChain,
  },
  oraclePrice: {
    about: 'token',
    unit: 'USD per token',
    least: 1e-12,
    most: 1e9,
    freshSeconds: 26 * hour,
    apart: 0.1,
  },
  decimals: {
    about: 'token',
    unit: 'decimals',
    least: 1,
    most: 36,
    freshSeconds: Number.POSITIVE_INFINITY,
    apart: 0,
  },
  poolReserve: { about: 'token', ...usd, positive: true, ...onChain },
  // Lenders write a cap of zero for none at all: whoever believed it would count on a wall that is not there.
  borrowCap: { about: 'token', ...usd, positive: true, ...onChain },
  limit: { about: 'token', ...usd, positive: true, ...onChain },
  wrappedApy: { about: 'token', ...perYear, ...onChain },
  canonicalApy: { about: 'token', ...perYear, ...onChain },
  transferCost: { about: 'size', ...usd, least: 1e-6, ...onChain },
  messageCost: { about: 'subject', ...usd, freshSeconds: 2 * day, apart: 0.5 },
  priceLevel: {
    about: 'chain',
    unit: 'index, 1 at the base',
    least: 1e-6,
    most: 1e6,
    freshSeconds: 2 * day,
    apart: 0.2,
  },
  mevShare: { about: 'bridge', ...share, freshSeconds: 2 * day, apart: 0.5 },
  bridgeFee: { about: 'bridge', ...share, ...byHand },
  claimDiscount: { about: 'bridge', ...share, freshSeconds: 2 * day, apart: 0.1 },
  coverRate: { about: 'bridge', ...perYear, ...byHand },
  bondSpread: { about: 'bridge', ...perYear, freshSeconds: 2 * day, apart: 0.2 },
  liquidTreasury: { about: 'bridge', ...usd, freshSeconds: 2 * day, apart: 0.1 },
  cover: { about: 'provider', ...usd, freshSeconds: Number.POSITIVE_INFINITY, apart: 0.1 },
  coverCapital: { about: 'provider', ...usd, ...byHand },
  coverIncome: { about: 'provider', unit: 'USD per year', least: 0, most: 1e12, ...byHand },
  coverClaim: { about: 'provider', ...usd, freshSeconds: Number.POSITIVE_INFINITY, apart: 0.1 },
  layerWeight: { about: 'layer', ...share, freshSeconds: 6 * hour, apart: 0 },
  claimsDue: { about: 'bridge', ...usd, freshSeconds: 2 * day, apart: 0.1 },
  withdrawalsDue: { about: 'bridge', ...usd, freshSeconds: 2 * day, apart: 0.1 },
  stake: { about: 'operator', ...usd, ...byHand },
  stakeIncome: { about: 'operator', unit: 'USD per year', least: 0, most: 1e12, ...byHand },
  slashed: { about: 'operator', ...usd, freshSeconds: Number.POSITIVE_INFINITY, apart: 0.1 },
  bondPrice: {
    about: 'bridge',
    unit: 'USD per token',
    least: 1e-12,
    most: 1e9,
    freshSeconds: 26 * hour,
    apart: 0.1,
  },
  bondMarketCap: { about: 'bridge', ...usd, freshSeconds: 2 * day, apart: 0.2 },
  marketPrice: {
    about: 'bridge',
    unit: 'USD per ETH',
    least: 1e-12,
    most: 1e9,
    freshSeconds: 26 * hour,
    apart: 0.1,
  },
  riskFree: { about: 'bridge', ...perYear, ...byHand },
  marketPremium: { about: 'bridge', ...perYear, ...byHand },
  securityCost: { about: 'bridge', unit: 'USD per year', least: 0, most: 1e12, ...byHand },
  lockedYield: { about: 'bridge', ...perYear, ...byHand },
  wrappedCap: { about: 'token', ...usd, freshSeconds: 2 * day, apart: 0.2 },
  feesPerYear: { about: 'bridge', unit: 'USD per year', least: 0, most: 1e12, ...byHand },
  audit: { unit: 'done', ...dated },
  keyRotation: { unit: 'done', ...dated },
  drill: { unit: 'done', ...dated },
  codeReview: { unit: 'done', ...dated },
  codeChange: { unit: 'done', ...dated },
  event: {
    unit: 'unix s',
    about: 'subject',
    least: 0,
    most: 1e11,
    freshSeconds: Number.POSITIVE_INFINITY,
    apart: 1,
  },
} satisfies Record<string, Feed>

export type FeedName = keyof typeof feeds

/**
 * What is wrong with a reading by itself, as a clause; null where it may be believed.
 *
 * @example
 * Feed.fault({ kind: 'measure', at: 9, asOf: 9, name: 'poolReserve', of: 'USDC', value: 0, unit: 'USD', source: 'pool' })
 * // 'poolReserve of USDC by pool is 0; above 0 would be right'
 */
export function fault(measure: Measure): string | null {
  const { name, value, unit, asOf, at } = measure
  const feed = of(name)
  if (feed === undefined) return unknownName(name)
  const said = `${label(measure)} is ${value}`
  if (unit !== feed.unit) return `${label(measure)} comes in "${unit}"; "${feed.unit}" would be right`
  if (!Number.isFinite(value)) return `${said}; a number would be right`
  if (feed.positive ? value <= feed.least : value < feed.least)
    return `${said}; ${feed.positive ? `above ${feed.least}` : `${feed.least} or more`} would be right`
  if (value > feed.most) return `${said}; ${feed.most} or less would be right`
  return asOf > at ? `${label(measure)} is of a time that had not come when it was read` : null
}

/** The feed of a name; undefined where there is none. */
export function of(name: string): Feed | undefined {
  return Object.hasOwn(feeds, name) ? feeds[name as FeedName] : undefined
}

/** A reading as people name it. */
export function label({ name, of: about, source }: Pick<Measure, 'name' | 'of' | 'source'>): string {
  return `${name}${about === '' ? '' : ` of ${about}`} by ${source}`
}

function unknownName(name: string): string {
  const meant = nearest(name, Object.keys(feeds))
  return `no feed is called ${name}${meant === undefined ? '' : `; ${meant} may be meant`}`
}
