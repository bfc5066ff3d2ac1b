import type { Token } from '@cutwater/core/bridge/Bridge.ts'
import { centsPerUnit, type Usd } from '@cutwater/core/units/Usd.ts'
import type { Address } from 'viem'

/** The lab's two chains by role. */
export type Place = 'north' | 'south'

export const places: readonly Place[] = ['north', 'south']
export const chainIds: Readonly<Record<Place, number>> = { north: 31_337_001, south: 31_337_002 }
export const chainNames: Readonly<Record<Place, string>> = { north: 'North', south: 'South' }

export function other(place: Place): Place {
  return place === 'north' ? 'south' : 'north'
}

export function placeOf(chainId: number | bigint): Place {
  return Number(chainId) === chainIds.north ? 'north' : 'south'
}

/** A token the lab's bridges carry; its price never moves, so that a loss in dollars is a loss in tokens. */
export type Coin = {
  readonly symbol: 'USD' | 'ETH' | 'SLV'
  readonly name: string
  readonly decimals: number
  readonly home: Place
  /** dollars per whole token */
  readonly price: number
  /** whole tokens locked before anything happens */
  readonly locked: number
}

/** $200M are locked, about as much as Nomad held ($190M, reference table of incidents). */
export const coins: readonly Coin[] = [
  { symbol: 'USD', name: 'Dollar', decimals: 6, home: 'north', price: 1, locked: 60_000_000 },
  { symbol: 'ETH', name: 'Ether', decimals: 18, home: 'north', price: 2_000, locked: 50_000 },
  { symbol: 'SLV', name: 'Silver', decimals: 18, home: 'south', price: 5, locked: 8_000_000 },
]

export type Ticker = Coin['symbol']
/** One address per coin. */
export type PerCoin = Readonly<Record<Ticker, Address>>

export function coinOf(symbol: Ticker): Coin {
  return coins.find((coin) => coin.symbol === symbol)!
}

/**
 * Raw units of a number of whole tokens, exact to a millionth of a token.
 *
 * @example
 * Coins.units(Coins.coinOf('USD'), 1.5) // 1500000n
 */
export function units({ decimals }: Coin, tokens: number): bigint {
  return BigInt(Math.round(tokens * 1e6)) * 10n ** BigInt(decimals - 6)
}

/** Raw units worth so many dollars. */
export function unitsOfDollars(coin: Coin, dollars: number): bigint {
  return units(coin, dollars / coin.price)
}

/** The value of raw units, in cents. */
export function usdOf({ price, decimals }: Coin, amount: bigint): Usd {
  return Math.round(Number(amount) * centsPerUnit(price, decimals))
}

/** A coin as the book knows it, with its contract on each chain. */
export function tokenOf(coin: Coin, contracts: Readonly<Record<Place, PerCoin>>): Token {
  return {
    symbol: coin.symbol,
    decimals: coin.decimals,
    home: chainIds[coin.home],
    priceId: coin.symbol,
    contracts: places.map((place) => ({ chain: chainIds[place], address: contracts[place][coin.symbol] })),
  }
}
