import * as Input from '../../finance/Input.ts'
import type { MarketDay } from '../market/MarketDay.ts'
import * as Smile from './Smile.ts'

/** How the volatility of VIX futures falls with the time they have left, and how VIX options lean. */
export type Parameters = {
  /** variance a year that stays at the far end, as a share of that at expiry */
  readonly farShare: number
  /** how fast the rest is lost, per year */
  readonly speed: number
  /** the form of the smile: calls cost more than puts */
  readonly shape: Smile.Shape
}

/**
 * `farShare` and `speed` are fitted to daily changes of VIX futures by the days they have left, 2006 to 2023 (`node
 * scripts/fitVix.ts` prints them, and those of both halves). That options fall off as futures do is an assumption: there is
 * no VIX option chain to fit.
 *
 * So is the lean. It puts the 0.30-delta call of a month, which Cboe's VIX Tail Hedge index buys, 12% above VVIX and the
 * one of 0.50 some 3% below it, relative; what that index was worth after rolls that paid says 11% (the same command).
 */
export const fitted: Parameters = {
  farShare: 0.098,
  speed: 4.74,
  shape: { rho: 0.6, psi: 0.8 },
}

/**
 * The volatility of a VIX option, per year, for Black's formula on the future of the same expiry: VVIX, which is of thirty
 * days, carried to the tenor; `undefined` on a day without VVIX.
 *
 * Throws FINANCE_INPUT_INVALID for what no option has.
 *
 * @example
 * const day = { indices: { vvix: 90 } }
 * VixVolatility.volatility(day, { years: 30 / 365, strike: 20, forward: 20 }) // ≈ 0.844352
 * VixVolatility.volatility(day, { years: 220 / 365, strike: 20, forward: 20 }) // ≈ 0.511458
 * VixVolatility.volatility({ indices: {} }, { years: 0.1, strike: 20, forward: 20 }) // undefined
 */
export function volatility(
  day: Pick<MarketDay, 'indices'>,
  { years, strike, forward }: { readonly years: number; readonly strike: number; readonly forward: number },
  parameters: Parameters = fitted,
): number | undefined {
  const found = smile(day, years, parameters)
  const k = Math.log(Input.above(0, strike, 'strike') / Input.above(0, forward, 'forward'))
  return found && Smile.volatility(found, k, years)
}

/** The smile behind it, for many strikes of one expiry. */
export function smile(
  { indices }: Pick<MarketDay, 'indices'>,
  years: number,
  parameters: Parameters = fitted,
): Smile.Smile | undefined {
  if (indices.vvix === undefined) return undefined
  const level = (indices.vvix / 100) * tenorScale(years, parameters)
  return Smile.ofModelFree(level ** 2 * years, parameters.shape)
}

/**
 * What VVIX is multiplied by at a tenor: 1 at thirty days, else `√(A(T)/A(30d))`, where
 * `A(T) = f + (1 − f)·(1 − e^(−2κT))/(2κT)` is the mean variance until expiry of a future that has `T` left.
 *
 * @example
 * VixVolatility.tenorScale(110 / 365) // ≈ 0.739
 */
export function tenorScale(
  years: number,
  { farShare, speed }: Pick<Parameters, 'farShare' | 'speed'> = fitted,
): number {
  const mean = (time: number) =>
    farShare + ((1 - farShare) * -Math.expm1(-2 * speed * time)) / (2 * speed * time)
  return Math.sqrt(mean(Input.above(0, years, 'years')) / mean(30 / 365))
}
