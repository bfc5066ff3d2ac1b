import type { Bridge, Chain, Token } from '../../bridge/Bridge.ts'
import { blockSeconds, finalitySeconds } from './Assumptions.ts'

/** A token with what the model needs to know of it. */
export type Asset = {
  readonly token: Token
  /** share of the transfers */
  readonly share: number
  /** dollars on the first day; transfers of a token without a price are sized as if it were this */
  readonly firstPrice: number
  /** of the logarithm, per square root of a year; null for a token that keeps to one dollar */
  readonly volatility: number | null
  /** its transfers over those of other tokens, by value */
  readonly sizeFactor: number
}

export type Bank = Chain & { readonly blockSeconds: number; readonly firstBlock: number }

export const north: Bank = bank(1, 'Northbank', blockSeconds.north, 18_900_000)
export const south: Bank = bank(2, 'Southbank', blockSeconds.south, 5_200_000)

/**
 * Six tokens that differ where it matters: a stable one, two majors, one at home on the far bank, one that is
 * hardly traded and one nobody prices.
 *
 * Shares are chosen near those measured on Nomad (WETH and the dollars carry nine tenths); volatilities are the
 * realised ones of WETH, WBTC, WGLMR and FXS, January to July 2022: 0.92, 0.70, 1.67, 1.64.
 */
export const assets: readonly Asset[] = [
  { token: token('NUSD', 6, north, 'nusd', 1), share: 0.34, firstPrice: 1, volatility: null, sizeFactor: 1 },
  {
    token: token('NETH', 18, north, 'neth', 2),
    share: 0.4,
    firstPrice: 2_000,
    volatility: 0.92,
    sizeFactor: 1,
  },
  {
    token: token('NBTC', 8, north, 'nbtc', 3),
    share: 0.1,
    firstPrice: 30_000,
    volatility: 0.7,
    sizeFactor: 1,
  },
  {
    token: token('BANK', 18, south, 'bank', 4),
    share: 0.08,
    firstPrice: 0.5,
    volatility: 1.67,
    sizeFactor: 0.5,
  },
  {
    token: token('REED', 18, north, 'reed', 5),
    share: 0.05,
    firstPrice: 0.08,
    volatility: 1.64,
    sizeFactor: 0.1,
  },
  { token: token('MOSS', 18, north, null, 6), share: 0.03, firstPrice: 1, volatility: null, sizeFactor: 0.1 },
]

/** A token the bridge carries though its list of tokens lacks it. */
export const unmapped: Asset = {
  token: token('STRAY', 18, north, null, 7),
  share: 0,
  firstPrice: 1,
  volatility: null,
  sizeFactor: 1,
}

export const syntheticBridge: Bridge = {
  name: 'Synthetic bridge',
  chains: [north, south].map(({ id, name, finalitySeconds }) => ({ id, name, finalitySeconds })),
  tokens: assets.map((asset) => asset.token),
  synthetic: true,
}

/** The chain a token is locked on. */
export function homeOf(asset: Asset): Bank {
  return asset.token.home === north.id ? north : south
}

/** The chain a token is minted on. */
export function awayOf(asset: Asset): Bank {
  return asset.token.home === north.id ? south : north
}

/** The token's contract on a chain of the bridge. */
export function contractOn(asset: Asset, chain: Chain): string {
  return asset.token.contracts.find((contract) => contract.chain === chain.id)!.address
}

function bank(id: number, name: string, blockSeconds: number, firstBlock: number): Bank {
  return { id, name, finalitySeconds, blockSeconds, firstBlock }
}

function token(symbol: string, decimals: number, home: Bank, priceId: string | null, place: number): Token {
  const contracts = [north, south].map((chain) => ({
    chain: chain.id,
    address: contractAddress(chain, place),
  }))
  return { symbol, decimals, home: home.id, priceId, contracts }
}

// Plainly made up, and the same for every seed.
function contractAddress(chain: Chain, place: number): string {
  return `0x${'c0'.repeat(18)}${String(chain.id).padStart(2, '0')}${String(place).padStart(2, '0')}`
}
