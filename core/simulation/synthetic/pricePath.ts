import type { PricePoint } from '../../bridge/Observation.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import { day } from '../../units/UnixTime.ts'
import { normal } from '../Distribution.ts'
import type * as Rng from '../Rng.ts'
import type { Asset } from './syntheticBridge.ts'

/**
 * One price for each day from `start` on, in dollars per whole token, known at the day's start.
 *
 * A geometric random walk without drift in the median; a stable token stays within tenths of a cent of one
 * dollar (USDC, January to July 2022: daily deviation about 0.0003).
 */
export function pricePath(rng: Rng.Rng, asset: Asset, days: number): number[] {
  const prices: number[] = []
  let logPrice = 0
  for (let at = 0; at < days; at++) {
    prices.push(toSixDigits(asset.firstPrice * Math.exp(logPrice)))
    if (asset.volatility === null) logPrice = 0.5 * logPrice + stableDeviation * normal(rng)
    else logPrice += (asset.volatility / Math.sqrt(daysPerYear)) * normal(rng)
  }
  return prices
}

/** The same prices as observations; none for a token that has no price. */
export function pricePoints(asset: Asset, prices: readonly number[], start: UnixTime): PricePoint[] {
  const { priceId } = asset.token
  if (priceId === null) return []
  return prices.map((price, at) => ({ kind: 'price', at: start + at * day, priceId, price }))
}

function toSixDigits(price: number): number {
  return Number(price.toPrecision(6))
}

const stableDeviation = 0.0003
const daysPerYear = 365.25
