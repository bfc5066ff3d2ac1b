import type * as Rng from '@cutwater/core/simulation/Rng.ts'
import { pick, uniformOpen } from '@cutwater/core/simulation/Rng.ts'
import { type Coin, coins, type Place, places } from '../bridge/Coins.ts'

/** An honest transfer before it has a sender. */
export type Draft = { readonly coin: Coin; readonly from: Place; readonly dollars: number }

/**
 * Honest sizes: lognormal with median $400 and a tenth above $4,000, at most $50,000. Nomad's were spread wider
 * (median $1,100, a tenth above $86,000) but came three an hour; the lab sends one per block.
 */
export const sizes = { medianDollars: 400, sigma: 1.8, mostDollars: 50_000 }

/** Draws the next honest transfer. */
export function drawTransfer(rng: Rng.Rng): Draft {
  const coin = pick(rng, coins)
  const from = pick(rng, places)
  return { coin, from, dollars: lognormal(rng, sizes) }
}

/** Draws whole dollars, at least one. */
export function lognormal(rng: Rng.Rng, { medianDollars, sigma, mostDollars }: typeof sizes): number {
  return Math.max(1, Math.round(Math.min(mostDollars, medianDollars * Math.exp(sigma * normal(rng)))))
}

// Box and Muller's first of two.
function normal(rng: Rng.Rng): number {
  return Math.sqrt(-2 * Math.log(uniformOpen(rng))) * Math.cos(2 * Math.PI * uniformOpen(rng))
}
