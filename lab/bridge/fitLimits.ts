import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Catalog from '@cutwater/core/bridge/Catalog.ts'
import * as Guard from '@cutwater/core/bridge/guard/Guard.ts'
import { step } from '@cutwater/core/bridge/step.ts'
import { tuning } from '@cutwater/core/bridge/tuning.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { drawTransfer } from '../agents/drawTransfer.ts'
import { bridgeOf } from './BridgePlan.ts'
import {
  type Coin,
  chainIds,
  coins,
  other,
  type PerCoin,
  type Place,
  type Ticker,
  unitsOfDollars,
} from './Coins.ts'
import { blockSeconds, finalityBlocks } from './finality.ts'
import * as Scale from './Scale.ts'

/** What may pass on one chain for one token: raw units at once, refilled once in its window. */
export type Limits = {
  readonly unproven: bigint
  readonly unprovenWindowSeconds: number
  readonly total: bigint
  readonly totalWindowSeconds: number
}

export type LimitsByPlace = Readonly<Record<Place, Readonly<Record<Ticker, Limits>>>>

/** How many honest transfers the limits are fitted on: eight hours of the lab's own traffic. */
export const rehearsed = 2_500

/**
 * The limits a policy asks for: the book itself folds so much honest traffic as the lab makes, and its lanes say
 * what they came to. The traffic of a run is drawn from another stream, so nothing is fitted on what is to come.
 */
export function fitLimits(policy: BridgePolicy, seed: number, { locked } = Scale.own): LimitsByPlace {
  const key = JSON.stringify([policy, seed, Scale.perCoin((symbol) => String(locked[symbol]))])
  const limits = fitted.get(key) ?? rehearse(policy, seed, locked)
  fitted.set(key, limits)
  return limits
}

// Every run of a lab asks for the same ones.
const fitted = new Map<string, LimitsByPlace>()

function rehearse(policy: BridgePolicy, seed: number, locked: Scale.Scale['locked']): LimitsByPlace {
  const bridge = bridgeOf({ north: { tokens: namesOn('N') }, south: { tokens: namesOn('S') } })
  const book = Book.create(bridge, policy)
  let at = 1_700_000_000
  const rng = Rng.fork(Rng.create(seed), 'rehearsal')
  for (const { symbol, price } of coins) step(book, { kind: 'price', at, priceId: symbol, price })
  const transfer = transferOn(bridge, book)
  for (const coin of coins) lock(bridge, book, coin, locked[coin.symbol], at)
  for (let nth = 0; nth < rehearsed; nth++) {
    at += blockSeconds
    const { coin, from, dollars } = drawTransfer(rng)
    transfer(coin.symbol, from, unitsOfDollars(coin, dollars), at)
  }
  Guard.tune(book.guard, tuning(book, Book.lockedUsd(book)), at)
  return { north: limitsAt(book, 'north'), south: limitsAt(book, 'south') }
}

// Where the contracts are does not matter to a rehearsal.
function namesOn(place: string): PerCoin {
  return { USD: `0x${place}USD`, ETH: `0x${place}ETH`, SLV: `0x${place}SLV` }
}

// What is locked from the start came in long ago and says nothing about a day's traffic: it gets no in leg.
function lock(bridge: Bridge, book: Book.BridgeBook, coin: Coin, amount: bigint, at: number): void {
  const token = bridge.tokens.find(({ symbol }) => symbol === coin.symbol)!
  const addresses = {
    tokenSource: token.contracts.find(({ chain }) => chain === token.home)!.address,
    token: null,
  }
  const chains = { chain: token.home, peer: chainIds[other(coin.home)] }
  const who = {
    message: `locked ${coin.symbol}`,
    tx: `locked ${coin.symbol}`,
    sender: null,
    beneficiary: '0x',
  }
  step(book, { kind: 'lock', at, ...chains, ...addresses, ...who, amount, index: 0, block: null })
}

function transferOn(bridge: Bridge, book: Book.BridgeBook) {
  let nonce = 0
  return (symbol: Ticker, from: Place, amount: bigint, at: number): void => {
    const token = bridge.tokens.find((each) => each.symbol === symbol)!
    const [source, destination] = [chainIds[from], chainIds[other(from)]]
    const contract = (chain: number) => token.contracts.find((each) => each.chain === chain)!.address
    const message = String(nonce++)
    const common = { message, amount, tokenSource: contract(source), token: contract(destination) }
    const rest = { ...common, index: 0, block: null, sender: null, beneficiary: '0x' }
    const isHome = token.home === source
    const out: BridgeEvent = {
      ...rest,
      kind: isHome ? 'lock' : 'burn',
      at,
      chain: source,
      peer: destination,
      tx: `out${message}`,
    }
    step(book, out)
    step(book, {
      ...rest,
      kind: isHome ? 'mint' : 'release',
      // At once, so that legs stay in order; what is fitted are sums over hours.
      at: at + finalityBlocks * blockSeconds,
      chain: destination,
      peer: source,
      tx: `in${message}`,
    })
  }
}

function limitsAt(book: Book.BridgeBook, place: Place): Readonly<Record<Ticker, Limits>> {
  const { catalog, guard } = book
  const source = catalog.chainIndex.get(chainIds[other(place)])!
  const destination = catalog.chainIndex.get(chainIds[place])!
  const route = source * Catalog.chainCount(catalog) + destination
  const { windowSeconds, unprovenWindowSeconds } = guard.settings
  const entries = catalog.bridge.tokens.map(({ symbol }, token) => {
    const lane = guard.lanes[Catalog.laneOf(catalog, route, token)]!
    const limits: Limits = {
      unproven: BigInt(Math.floor(lane.unproven.capacity)),
      unprovenWindowSeconds,
      total: BigInt(Math.floor(lane.total.capacity)),
      totalWindowSeconds: windowSeconds,
    }
    return [symbol, limits]
  })
  return Object.fromEntries(entries) as Readonly<Record<Ticker, Limits>>
}
