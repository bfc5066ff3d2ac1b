import type { Message } from '@cutwater/contracts/TypedData.ts'
import type { Address } from 'viem'
import type { Coin, PerCoin, Place, Ticker } from './Coins.ts'
import { chainIds, coinOf, coins, other } from './Coins.ts'
import type { LimitsByPlace } from './fitLimits.ts'
import type { Verifier } from './Verifier.ts'

/** The bridge with its layers on, and the same bridge without. */
export type Side = 'on' | 'off'

export const sides: readonly Side[] = ['on', 'off']

/** One of the two bridges: the same escrow and verifier, and a guard that works or lets everything pass. */
export type Twin = {
  readonly side: Side
  readonly ends: Readonly<Record<Place, End>>
  readonly verifier: Verifier
  readonly limits: LimitsByPlace
  /** bond and govern; the side without layers has none */
  readonly layers: Layers | null
  /** block in which it was complete; the next one brings its first money */
  readonly completeAt: number
}

/** A bridge's contracts on one chain. */
export type End = {
  readonly place: Place
  readonly escrow: Address
  readonly guard: Address
  readonly verifier: Address
  /** contracts beside these through which they are called */
  readonly entrances: readonly Address[]
  readonly tokens: PerCoin
}

/** Money that waits for a loss, all of it in dollars on North. */
export type Layers = {
  readonly vault: Address
  readonly policy: bigint
  readonly reserve: Address
  readonly treasury: Address
  /** stake of validators and watchers, on South, where lies about South are plain */
  readonly bond: Address
}

/** A message of a twin with the fields a sender does not choose filled in. */
export function messageOf(
  twin: Twin,
  from: Place,
  symbol: Ticker,
  rest: Pick<Message, 'nonce' | 'sender' | 'beneficiary' | 'amount'>,
): Message {
  const [source, destination] = [twin.ends[from], twin.ends[other(from)]]
  return {
    ...rest,
    sourceChain: BigInt(chainIds[from]),
    sourceBridge: source.escrow,
    tokenSource: source.tokens[symbol],
    destinationChain: BigInt(chainIds[other(from)]),
    destinationBridge: destination.escrow,
    token: destination.tokens[symbol],
  }
}

/** The coin whose contract this is at a place. */
export function coinAt({ ends }: Pick<Twin, 'ends'>, place: Place, token: string): Coin {
  return coins.find(({ symbol }) => ends[place].tokens[symbol] === token.toLowerCase())!
}

/** Whether a coin is locked at this place, rather than minted. */
export function isHome(symbol: Ticker, place: Place): boolean {
  return coinOf(symbol).home === place
}
