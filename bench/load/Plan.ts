import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'

/** What is fed to a watch: how many chains and routes, how fast, for how long. */
export type Plan = {
  readonly chains: number
  /** routes that leave each chain */
  readonly routes: number
  /** legs a second over all chains */
  readonly rate: number
  readonly seconds: number
  /** before any of it is counted */
  readonly warmSeconds: number
  readonly blockSeconds: number
  readonly finalitySeconds: number
  /** reorgs an hour on each chain */
  readonly reorgs: number
  readonly seed: number
}

/** Tokens of the bridge; each route carries two of them. */
export const tokens = 4

/** A bridge of so many chains, each token at home on one of the first and with a contract on all. */
export function bridgeOf({ chains, finalitySeconds }: Plan): Bridge {
  const ids = Array.from({ length: chains }, (_, nth) => nth + 1)
  return {
    name: 'Load',
    synthetic: true,
    chains: ids.map((id) => ({ id, name: `chain ${id}`, finalitySeconds })),
    tokens: Array.from({ length: tokens }, (_, nth) => ({
      symbol: `T${nth}`,
      decimals: 6,
      home: homeOf(nth, chains),
      priceId: `t${nth}`,
      contracts: ids.map((chain) => ({ chain, address: contractOf(nth, chain) })),
    })),
  }
}

export function homeOf(token: number, chains: number): number {
  return (token % chains) + 1
}

export function contractOf(token: number, chain: number): string {
  return `0x${(0xc0de0000 + token * 1_000 + chain).toString(16).padStart(40, '0')}`
}

/** The chains that messages of a chain go to: the next ones, in a ring. */
export function peersOf({ chains, routes }: Plan, chain: number): readonly number[] {
  return Array.from({ length: routes }, (_, nth) => ((chain + nth) % chains) + 1)
}
