import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import { formatUnits } from 'viem'
import { coinOf, coins, type Ticker, units } from './Coins.ts'

/** How large the lab's bridges are, who signs for them, and what stands behind them. */
export type Scale = {
  /** raw units that are locked of each coin before anything happens */
  readonly locked: Readonly<Record<Ticker, bigint>>
  /** what the guards check; what the policy asks for where it is null */
  readonly level: Level | null
  /** how long the guards hold what does not fit; as the policy asks where it is null */
  readonly holdSeconds: number | null
  readonly signers: SignerSet
  readonly watchers: SignerSet
  /** how long an upgrade waits in public before it can be done */
  readonly timelockSeconds: number
  /** as much as the policy's budget comes to in a year where it is null */
  readonly money: Money | null
}

/** So many keys of which so many must sign, and dollars of stake behind each, the cheapest first. */
export type SignerSet = {
  readonly size: number
  readonly threshold: number
  readonly stakes: readonly number[]
}

/** Raw units of dollars: cover in force, the reserve, and what the treasury has still to spend. */
export type Money = { readonly cover: bigint; readonly reserve: bigint; readonly treasury: bigint }

/** Dollars of stake behind each validator and watcher: Axelar's and Gravity's order of magnitude, an assumption. */
export const stakeDollars = 250_000

/** The lab's own: three of five sign, as many as Ronin's (five of nine) by share, rounded up. */
export const own: Scale = {
  locked: perCoin((symbol) => units(coinOf(symbol), coinOf(symbol).locked)),
  level: null,
  holdSeconds: null,
  signers: { size: 5, threshold: 3, stakes: Array(5).fill(stakeDollars) },
  watchers: { size: 3, threshold: 2, stakes: Array(3).fill(stakeDollars) },
  timelockSeconds: 2 * day,
  money: null,
}

/**
 * Whole tokens that are locked of a coin.
 *
 * @example
 * Scale.lockedTokens(Scale.own, 'ETH') // 50000
 */
export function lockedTokens({ locked }: Scale, symbol: Ticker): number {
  return Number(formatUnits(locked[symbol], coinOf(symbol).decimals))
}

/** Dollars that are locked. */
export function lockedDollars(scale: Scale): number {
  return coins.reduce((sum, { symbol, price }) => sum + lockedTokens(scale, symbol) * price, 0)
}

/** How much smaller than the lab's own, or larger, it is in the scarcest of some coins: 1 at the lab's own. */
export function shareOf(scale: Scale, symbols: readonly Ticker[]): number {
  return Math.min(...symbols.map((symbol) => lockedTokens(scale, symbol) / coinOf(symbol).locked))
}

export function perCoin<Value>(of: (symbol: Ticker) => Value): Readonly<Record<Ticker, Value>> {
  return { USD: of('USD'), ETH: of('ETH'), SLV: of('SLV') }
}
