import { CutwaterError } from '../units/CutwaterError.ts'
import type { Bridge } from './Bridge.ts'
import type { BridgeEvent, ChainId } from './BridgeEvent.ts'
import { isOut } from './BridgeEvent.ts'
import type { Scope } from './guard/Pauses.ts'

/**
 * A bridge compiled for look-ups by number: chains, tokens, routes and lanes.
 *
 * A route leads from one chain to another. A lane is one token on one route: limits and pauses live there.
 */
export type Catalog = {
  readonly bridge: Bridge
  readonly chainIndex: ReadonlyMap<ChainId, number>
  readonly tokensByChain: readonly ReadonlyMap<string, number>[]
  /** chain index of each token's home */
  readonly homeOf: readonly number[]
  readonly finalityOf: readonly number[]
}

/** What the catalog does not know is `none`. */
export const none = -1

export function create(bridge: Bridge): Catalog {
  const chainIndex = new Map(bridge.chains.map((chain, index) => [chain.id, index]))
  const tokensByChain = bridge.chains.map(() => new Map<string, number>())
  const homeOf: number[] = []
  for (const [index, token] of bridge.tokens.entries()) {
    homeOf.push(indexOfChain(chainIndex, token.home, token.symbol))
    for (const { chain, address } of token.contracts) {
      tokensByChain[indexOfChain(chainIndex, chain, token.symbol)]!.set(address, index)
    }
  }
  return {
    bridge,
    chainIndex,
    tokensByChain,
    homeOf,
    finalityOf: bridge.chains.map((chain) => chain.finalitySeconds),
  }
}

export function chainCount(catalog: Catalog): number {
  return catalog.bridge.chains.length
}

export function tokenCount(catalog: Catalog): number {
  return catalog.bridge.tokens.length
}

export function routeCount(catalog: Catalog): number {
  return chainCount(catalog) ** 2
}

/** The index of the chain an event is on. */
export function chainOf(catalog: Catalog, event: BridgeEvent): number {
  return known(catalog, event.chain, event)
}

/** The route an event belongs to, the same for both legs: source chain × number of chains + destination chain. */
export function routeOf(catalog: Catalog, event: BridgeEvent, chain: number): number {
  const peer = known(catalog, event.peer, event)
  return isOut(event.kind) ? chain * chainCount(catalog) + peer : peer * chainCount(catalog) + chain
}

export function sourceOf(catalog: Catalog, route: number): number {
  return Math.floor(route / chainCount(catalog))
}

export function destinationOf(catalog: Catalog, route: number): number {
  return route % chainCount(catalog)
}

/** The token an event moves, by the contract on the event's own chain; `none` when the mapping lacks it. */
export function tokenOf(catalog: Catalog, event: BridgeEvent, chain: number): number {
  const address = isOut(event.kind) ? event.tokenSource : event.token
  return address === null ? none : (catalog.tokensByChain[chain]!.get(address) ?? none)
}

/** The contract of a token on a chain; null where it has none. */
export function contractOn(catalog: Catalog, token: number, chain: number): string | null {
  const id = catalog.bridge.chains[chain]!.id
  return catalog.bridge.tokens[token]!.contracts.find((contract) => contract.chain === id)?.address ?? null
}

/** The index of a token's lane on a route; what nobody mapped has one lane on each route, behind all others. */
export function laneOf(catalog: Catalog, route: number, token: number): number {
  const mapped = routeCount(catalog) * tokenCount(catalog)
  return token === none ? mapped + route : route * tokenCount(catalog) + token
}

/** The token of each lane by index; `none` where no mapped one can be: one chain or no contract on a side. */
export function laneTokens(catalog: Catalog): number[] {
  const mapped = routeCount(catalog) * tokenCount(catalog)
  return Array.from({ length: mapped + routeCount(catalog) }, (_, lane) => {
    if (lane >= mapped) return none
    const token = lane % tokenCount(catalog)
    const route = Math.floor(lane / tokenCount(catalog))
    const ends = [sourceOf(catalog, route), destinationOf(catalog, route)] as const
    const isUsed = ends[0] !== ends[1] && ends.every((chain) => contractOn(catalog, token, chain) !== null)
    return isUsed ? token : none
  })
}

/**
 * A route as people name it.
 *
 * @example
 * Catalog.routeName(Catalog.create({ name: 'x', synthetic: false, tokens: [], chains: [
 *   { id: 1, name: 'Ethereum', finalitySeconds: 780 }, { id: 10, name: 'Optimism', finalitySeconds: 780 }] }), 1)
 * // 'Ethereum→Optimism'
 */
export function routeName(catalog: Catalog, route: number): string {
  const { chains } = catalog.bridge
  return `${chains[sourceOf(catalog, route)]!.name}→${chains[destinationOf(catalog, route)]!.name}`
}

export function laneName(catalog: Catalog, route: number, token: number): string {
  const symbol = token === none ? 'unmapped' : catalog.bridge.tokens[token]!.symbol
  return `${symbol} ${routeName(catalog, route)}`
}

/** A pause's scope as people name it. */
export function scopeName(catalog: Catalog, scope: Scope): string {
  switch (scope.kind) {
    case 'message':
      return `message:${scope.message} ${routeName(catalog, scope.route)}`
    case 'lane':
      return `token:${laneName(catalog, Math.floor(scope.lane / tokenCount(catalog)), scope.lane % tokenCount(catalog))}`
    case 'route':
      return `route:${routeName(catalog, scope.route)}`
    case 'bridge':
      return 'bridge'
  }
}

function known(catalog: Catalog, chain: ChainId, event: BridgeEvent): number {
  const index = catalog.chainIndex.get(chain)
  if (index === undefined) {
    throw new CutwaterError('CHAIN_UNKNOWN', `event ${event.tx} names chain ${chain}`, {
      where: `chain ${event.chain}, transaction ${event.tx}`,
      right: `one of ${[...catalog.chainIndex.keys()].join(', ')}`,
    })
  }
  return index
}

function indexOfChain(chainIndex: ReadonlyMap<ChainId, number>, chain: ChainId, symbol: string): number {
  const index = chainIndex.get(chain)
  if (index === undefined) {
    throw new CutwaterError('CHAIN_UNKNOWN', `token ${symbol} names chain ${chain}`, {
      right: `one of ${[...chainIndex.keys()].join(', ')}`,
    })
  }
  return index
}
