import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as BridgePolicy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { PricePoint } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { encode } from '../journal/encode.ts'

/** 2023-11-14T22:00:00Z, a whole hour. */
export const begin: UnixTime = 1_699_999_200

/** Two chains, and a coin of each that the other wraps. */
export const bridge: Bridge = {
  name: 'Harbour',
  synthetic: true,
  chains: [
    { id: 1, name: 'Alpha', finalitySeconds: 120 },
    { id: 2, name: 'Beta', finalitySeconds: 60 },
  ],
  tokens: [token('GOLD', 1), token('SILVER', 2)],
}

export const prices: readonly PricePoint[] = [
  { kind: 'price', at: begin - 60, priceId: 'gold', price: 1 },
  { kind: 'price', at: begin - 60, priceId: 'silver', price: 2 },
]

export function policy(level: 0 | 1 | 2 | 3 = 1): BridgePolicy.BridgePolicy {
  return BridgePolicy.of('adaptive', { level })
}

/** A transfer of whole coins; its way is told by its token and where it comes from. */
export type Transfer = {
  readonly token: 'GOLD' | 'SILVER'
  readonly from: 1 | 2
  readonly message: number
  readonly coins: number
}

export function outLeg(transfer: Transfer, at: UnixTime): BridgeEvent {
  const { from, message } = transfer
  const kind = isHome(transfer, from) ? 'lock' : 'burn'
  return { ...common(transfer), kind, at, chain: from, peer: other(from), tx: `0xout${from}${message}` }
}

export function inLeg(transfer: Transfer, at: UnixTime): BridgeEvent {
  const { from, message } = transfer
  const kind = isHome(transfer, other(from)) ? 'release' : 'mint'
  return { ...common(transfer), kind, at, chain: other(from), peer: from, tx: `0xin${from}${message}` }
}

export function other(chain: 1 | 2): 1 | 2 {
  return chain === 1 ? 2 : 1
}

export function contractOf(symbol: Transfer['token'], chain: number): string {
  return `${symbol}@${chain}`
}

/** A book as text, without what its last step put out: that is no part of how it goes on. */
export function textOf(book: BridgeBook): string {
  return encode({ ...book, out: [] })
}

function common({ token, from, message, coins }: Transfer) {
  return {
    index: 0,
    block: null,
    message: String(message),
    tokenSource: contractOf(token, from),
    token: contractOf(token, other(from)),
    sender: null,
    beneficiary: `0xuser${message % 5}`,
    amount: BigInt(coins) * 1_000_000n,
  }
}

function isHome({ token }: Transfer, chain: 1 | 2): boolean {
  return (token === 'GOLD' ? 1 : 2) === chain
}

function token(symbol: Transfer['token'], home: 1 | 2): Bridge['tokens'][number] {
  const contracts = [1, 2].map((chain) => ({ chain, address: contractOf(symbol, chain) }))
  return { symbol, decimals: 6, home, priceId: symbol.toLowerCase(), contracts }
}
