import type { UnixTime } from '../units/UnixTime.ts'
import type { BridgeEvent, ChainId } from './BridgeEvent.ts'
import * as Event from './BridgeEvent.ts'

/** Anything the journal holds that the bridge book folds over, in order of time. */
export type Observation =
  | BridgeEvent
  | PricePoint
  | Order
  | Head
  | Change
  | Trouble
  | Quote
  | Holding
  | Attempt
  | Signed
  | LimitsSet
  | Measure

/** A token's price, known from `at` on: a day's close is known when the day has ended, not before. */
export type PricePoint = {
  readonly kind: 'price'
  readonly at: UnixTime
  readonly priceId: string
  /** dollars per whole token */
  readonly price: number
}

/** What people decide, whatever the rules say: stop the whole bridge, until they say otherwise. */
export type Order = {
  readonly kind: 'order'
  readonly at: UnixTime
  readonly action: 'pause'
  readonly reason: string
}

/** A chain has been seen up to and including `at`: whatever it did until then is known. */
export type Head = { readonly kind: 'head'; readonly at: UnixTime; readonly chain: ChainId }

/** Who may act on the bridge has changed, or by which rules: signers, owner, code, peer, threshold, limit. */
export type Change = {
  readonly kind: 'change'
  readonly at: UnixTime
  readonly chain: ChainId
  readonly tx: string
  readonly index: number
  readonly block: number | null
  readonly name: 'SignerSetChanged' | 'ConfigChanged'
  /** what changed, as one clause */
  readonly what: string
  /** whether it came through the timelock, with its delay */
  readonly announced: boolean
}

/** The watcher's own view of a chain is in doubt. */
export type Trouble = {
  readonly kind: 'trouble'
  readonly at: UnixTime
  readonly chain: ChainId
  readonly name: 'SourceStale' | 'SourceDisagreement'
  readonly what: string
}

/** A price of a token by one source; two sources of one token may disagree. */
export type Quote = {
  readonly kind: 'quote'
  readonly at: UnixTime
  readonly chain: ChainId
  readonly tx: string
  readonly index: number
  readonly block: number | null
  /** symbol of the token priced, in units of its canonical twin: 1 is par */
  readonly token: string
  /** 'pool' trades at it, 'oracle' is believed by a contract */
  readonly source: 'pool' | 'oracle'
  readonly price: number
}

/** What a contract really holds or has issued at the end of a block, read from its state and not from its log. */
export type Holding = {
  readonly kind: 'holding'
  readonly at: UnixTime
  readonly chain: ChainId
  readonly block: number | null
  /** contract address of the token */
  readonly token: string
  /** 'locked' is what the bridge holds of a token at home, 'minted' the supply of a wrapped one */
  readonly what: 'locked' | 'minted'
  /** raw units */
  readonly amount: bigint
}

/** A guard on chain holds a release: somebody asked for it, and nothing has moved. */
export type Attempt = {
  readonly kind: 'attempt'
  readonly at: UnixTime
  readonly chain: ChainId
  readonly tx: string
  readonly index: number
  readonly block: number | null
  /** contract address of the token on this chain */
  readonly token: string
  /** raw units */
  readonly amount: bigint
}

/**
 * A named reading of a feed that no log of transfers has: a pool, a rate, an oracle, a fee, a stake, a fact on paper.
 *
 * What each name means, in which unit and range, stands in signals/Feed.ts. A reading that does not fit is kept all the
 * same, and named as what is wrong with it.
 */
export type Measure = {
  readonly kind: 'measure'
  /** when it became known here */
  readonly at: UnixTime
  readonly name: string
  /** what it is about: a token's symbol, a chain, an operator, an event; '' for the bridge as a whole */
  readonly of: string
  readonly value: number
  readonly unit: string
  readonly source: string
  /** when it was so, by the source's own word */
  readonly asOf: UnixTime
}

/** Who signed a message, of one set of signers, as far as its release shows. */
export type Signed = {
  readonly kind: 'signed'
  readonly at: UnixTime
  readonly chain: ChainId
  readonly tx: string
  /** that of the leg */
  readonly index: number
  readonly block: number | null
  /** whose signatures: 'watchers' of a guard, 'validators' of a bridge, or another name for a set on this chain */
  readonly set: string
  readonly by: readonly string[]
}

/** The limits of a guard on chain, as they stand from here on. */
export type LimitsSet = {
  readonly kind: 'limits'
  readonly at: UnixTime
  readonly chain: ChainId
  readonly tx: string
  readonly index: number
  readonly block: number | null
  /** contract address of the token on this chain */
  readonly token: string
  readonly direction: 'in' | 'out'
  readonly unproven: Limit
  readonly total: Limit
}

/** What passes at once, raw units, refilled once in a window. */
export type Limit = { readonly capacity: bigint; readonly windowSeconds: number }

export function isLeg(observation: Observation): observation is BridgeEvent {
  const { kind } = observation
  return kind === 'lock' || kind === 'mint' || kind === 'burn' || kind === 'release'
}

/** Every kind of observation, with true for those that happened in a log of a chain. */
export const kinds: Readonly<Record<Observation['kind'], boolean>> = {
  lock: true,
  mint: true,
  burn: true,
  release: true,
  change: true,
  quote: true,
  attempt: true,
  limits: true,
  price: false,
  order: false,
  head: false,
  trouble: false,
  holding: false,
  signed: false,
  measure: false,
}

/**
 * The identity of an observation on every run: a log's own, else what it is about and when.
 *
 * @example
 * Observation.id({ kind: 'price', at: 1659312000, priceId: 'usdc', price: 1 }) // 'usdc@1659312000'
 * Observation.id({ kind: 'head', at: 1659312000, chain: 10 }) // 'head:10@1659312000'
 */
export function id(observation: Observation): string {
  switch (observation.kind) {
    case 'price':
      return `${observation.priceId}@${observation.at}`
    case 'order':
      return `order:${observation.action}@${observation.at}`
    case 'head':
      return `head:${observation.chain}@${observation.at}`
    case 'trouble':
      return `${observation.name}:${observation.chain}@${observation.at}`
    case 'holding':
      return `holding:${observation.chain}:${observation.token}:${observation.what}@${observation.at}`
    case 'measure':
      return `measure:${observation.name}:${observation.of}:${observation.source}@${observation.at}`
    case 'signed':
      return `signed:${observation.set}:${Event.id(observation)}`
    default:
      return Event.id(observation)
  }
}
