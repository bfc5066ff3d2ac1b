import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { LimitsSet, PricePoint } from '@cutwater/core/bridge/Observation.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'

/** What a seed's world is like before anything happens in it. */
export type Setting = {
  readonly bridge: Bridge
  /** 1 pauses, 2 limits, 3 proves */
  readonly level: 1 | 2 | 3
  readonly chains: readonly ChainSetting[]
  readonly prices: readonly PricePoint[]
}

export type ChainSetting = {
  readonly id: ChainId
  readonly blockSeconds: number
  /** how many blocks on top make one final; none below is ever replaced */
  readonly depth: number
  readonly nodes: number
  readonly quorum: number
}

/** 2023-11-14T22:00:00Z, a whole hour, seconds. */
export const begin = 1_699_999_200

/** The number of the block before each chain's first. */
export const firstNumber = 99

export const symbols = ['GOLD', 'SILVER'] as const

export function draw(rng: Rng.Rng): Setting {
  const chains = Array.from({ length: Rng.pick(rng, [2, 2, 3]) }, (_, nth) => {
    const nodes = Rng.pick(rng, [1, 2, 3, 4, 5])
    const blockSeconds = Rng.pick(rng, [5, 8, 12])
    const depth = 3 + Rng.integer(rng, 8)
    return { id: nth + 1, blockSeconds, depth, nodes, quorum: Math.floor(nodes / 2) + 1 }
  })
  const bridge: Bridge = {
    name: 'Harbour',
    synthetic: true,
    chains: chains.map(({ id, blockSeconds, depth }) => {
      return { id, name: `Chain ${id}`, finalitySeconds: blockSeconds * depth }
    }),
    tokens: symbols.map((symbol, nth) => ({
      symbol,
      decimals: 6,
      home: nth + 1,
      priceId: symbol.toLowerCase(),
      contracts: chains.map(({ id }) => ({ chain: id, address: addressOf(symbol, id) })),
    })),
  }
  const prices = symbols.map((symbol, nth): PricePoint => {
    return { kind: 'price', at: begin - 60, priceId: symbol.toLowerCase(), price: nth + 1 }
  })
  return { bridge, chains, prices, level: Rng.pick(rng, [1, 2, 3]) }
}

export function addressOf(symbol: string, chain: ChainId): string {
  return `${symbol}@${chain}`
}

export function homeOf({ bridge }: Setting, symbol: string): ChainId {
  return bridge.tokens.find((token) => token.symbol === symbol)!.home
}

/** What raw units of a token are worth. */
export function dollarsOf({ prices }: Setting, address: string, amount: bigint): number {
  return Number(amount) * dollarsPerUnit(prices, address.split('@')[0]!)
}

/** Raw units of a token that are worth so much, rounded up. */
export function unitsOf({ prices }: Setting, symbol: string, usd: number): bigint {
  return BigInt(Math.ceil(usd / dollarsPerUnit(prices, symbol)))
}

function dollarsPerUnit(prices: readonly PricePoint[], symbol: string): number {
  return prices.find(({ priceId }) => priceId === symbol.toLowerCase())!.price / 1e6
}

/** What is locked before anything else: raw units of each token, for each chain that is not its home. */
export const firstAmount = 8_000_000_000_000n

export function lockedAtFirstUsd(setting: Setting): number {
  const others = setting.chains.length - 1
  return symbols.reduce(
    (sum, symbol) => sum + others * dollarsOf(setting, addressOf(symbol, 0), firstAmount),
    0,
  )
}

/** What a guard starts with, per token and for what comes in: a share of what is first locked, refilled in an hour. */
export const startLimits = { unproven: 50_000_000_000n, total: 500_000_000_000n, windowSeconds: 3_600 }

/** The limits of the guards before the first block, as a watch is told them. */
export function limitsSet({ chains, level }: Setting): readonly LimitsSet[] {
  if (level < 2) return []
  const { unproven, total, windowSeconds } = startLimits
  return chains.flatMap(({ id }) =>
    symbols.map((symbol): LimitsSet => {
      const place = { at: begin, chain: id, tx: `as it stands on ${id}`, index: 0, block: null }
      return {
        kind: 'limits',
        ...place,
        token: addressOf(symbol, id),
        direction: 'in',
        unproven: { capacity: unproven, windowSeconds },
        total: { capacity: total, windowSeconds },
      }
    }),
  )
}
