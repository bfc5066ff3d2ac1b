import type { UnixTime } from '../../units/UnixTime.ts'
import type { Bridge, Chain, Contract, Token } from '../Bridge.ts'
import type { BridgeBook } from '../BridgeBook.ts'
import * as Book from '../BridgeBook.ts'
import type { BridgeEvent, ChainId } from '../BridgeEvent.ts'
import * as Policy from '../BridgePolicy.ts'
import * as Catalog from '../Catalog.ts'
import type { PricePoint } from '../Observation.ts'

/** When sample histories begin: 2020-09-13T12:00:00Z, a whole hour. */
export const begin: UnixTime = 1_599_998_400

/** Chains whose finality is slow, quick and at once. */
export const alpha: Chain = { id: 1, name: 'Alpha', finalitySeconds: 600 }
export const beta: Chain = { id: 2, name: 'Beta', finalitySeconds: 60 }
export const gamma: Chain = { id: 3, name: 'Gamma', finalitySeconds: 0 }

/** A dollar coin at home on Alpha; a volatile coin at home on Beta; a coin at home on Alpha that nobody prices. */
export const gold: Token = token('GOLD', 6, alpha, 'gold')
export const silver: Token = token('SILVER', 18, beta, 'silver')
export const lead: Token = token('LEAD', 8, alpha, null)

/** A bridge of made-up chains and tokens; every token has a contract on every chain. */
export function sampleBridge(
  chains: readonly Chain[] = [alpha, beta],
  tokens: readonly Token[] = [gold, silver, lead],
): Bridge {
  const isHere = ({ chain }: Contract) => chains.some(({ id }) => id === chain)
  const here = tokens.map((token) => ({ ...token, contracts: token.contracts.filter(isHere) }))
  return { name: 'sample', synthetic: true, chains, tokens: here }
}

/** An empty book of a sample bridge. */
export function sampleBook(
  policy: Policy.PolicyName = 'adaptive',
  options: Policy.Options = {},
  bridge: Bridge = sampleBridge(),
): BridgeBook {
  return Book.create(bridge, Policy.of(policy, options))
}

/** A transfer of a token from one chain to another. */
export type Transfer = {
  readonly token: Token
  readonly from: Chain
  readonly to: Chain
  /** raw units */
  readonly amount: bigint
  readonly message: string
  /** time of the out leg */
  readonly at: UnixTime
  /** seconds until the in leg; the finality of the source unless given */
  readonly latencySeconds?: number
  readonly beneficiary?: string
}

/** Both legs of a transfer. */
export function legs(transfer: Transfer): readonly [BridgeEvent, BridgeEvent] {
  return [outLeg(transfer), inLeg(transfer)]
}

/** The leg on the source chain: a lock where the token is at home, a burn elsewhere. */
export function outLeg(transfer: Transfer): BridgeEvent {
  const { token, from, to, at } = transfer
  const kind = token.home === from.id ? 'lock' : 'burn'
  return {
    ...common(transfer),
    kind,
    at,
    chain: from.id,
    peer: to.id,
    tx: `${kind}-${from.id}-${transfer.message}`,
  }
}

/** The leg on the destination chain: a release where the token is at home, a mint elsewhere. */
export function inLeg(transfer: Transfer): BridgeEvent {
  const { token, from, to, at, latencySeconds = from.finalitySeconds } = transfer
  const kind = token.home === to.id ? 'release' : 'mint'
  const tx = `${kind}-${from.id}-${to.id}-${transfer.message}`
  return { ...common(transfer), kind, at: at + latencySeconds, chain: to.id, peer: from.id, tx, sender: null }
}

/** An in leg that no out leg stands behind, at `at`. */
export function forgery(transfer: Transfer): BridgeEvent {
  return inLeg({ latencySeconds: 0, ...transfer })
}

/** The address of a token on a chain. */
export function contractOn({ symbol }: Pick<Token, 'symbol'>, chain: ChainId): string {
  return `${symbol.toLowerCase()}-${chain}`
}

/** A price in dollars per whole token, known from `at` on. */
export function price({ priceId }: Token, dollars: number, at: UnixTime = begin): PricePoint {
  return { kind: 'price', at, priceId: priceId ?? 'none', price: dollars }
}

/** What a whole token is worth in sample histories, dollars; a coin that nobody prices counts as one. */
export function dollarsOf({ symbol }: Token): number {
  return symbol === silver.symbol ? 20 : 1
}

/** Raw units of so many whole tokens. */
export function whole({ decimals }: Token, tokens: number): bigint {
  return (BigInt(Math.round(tokens * 1e6)) * 10n ** BigInt(decimals)) / 1_000_000n
}

/** The number of a route in a book. */
export function routeOf({ catalog }: BridgeBook, from: Chain, to: Chain): number {
  const { chains } = catalog.bridge
  return chains.indexOf(from) * chains.length + chains.indexOf(to)
}

/** The number of a token's lane in a book. */
export function laneOf(book: BridgeBook, token: Token, from: Chain, to: Chain): number {
  const index = book.catalog.bridge.tokens.findIndex(({ symbol }) => symbol === token.symbol)
  return Catalog.laneOf(book.catalog, routeOf(book, from, to), index)
}

function common({ token, from, to, amount, message, beneficiary = 'alice' }: Transfer) {
  return {
    index: 0,
    block: null,
    message,
    tokenSource: contractOn(token, from.id),
    token: contractOn(token, to.id),
    sender: beneficiary,
    beneficiary,
    amount,
  }
}

function token(symbol: string, decimals: number, home: Chain, priceId: string | null): Token {
  const contracts = [alpha, beta, gamma].map(({ id }) => ({ chain: id, address: contractOn({ symbol }, id) }))
  return { symbol, decimals, home: home.id, priceId, contracts }
}
