import * as Input from '../../finance/Input.ts'
import * as NormalisedBlack from './NormalisedBlack.ts'
import * as normal from './normal.ts'

/** A European option on a forward. */
export type Option = {
  readonly kind: Kind
  /** points, above 0 */
  readonly forward: number
  /** points, above 0 */
  readonly strike: number
  /** until expiry, 0 or more */
  readonly years: number
  /** per year, as a fraction: 0.2 is 20%; 0 or more */
  readonly volatility: number
  /** what a dollar at expiry is worth now, above 0 */
  readonly discount: number
}

export type Kind = 'call' | 'put'

export type Greeks = {
  /** dollars per unit of the option */
  readonly price: number
  /** change of the price per point of the forward */
  readonly delta: number
  /** change of delta per point of the forward */
  readonly gamma: number
  /** change of the price per 1.00 of volatility, that is, per 100 percentage points */
  readonly vega: number
  /** change of the price per year that passes, at the same forward and rate */
  readonly theta: number
  /** change of the price per 1.00 of the rate behind `discount`, at the same forward */
  readonly rho: number
  /** change of delta per 1.00 of volatility */
  readonly vanna: number
  /** change of vega per 1.00 of volatility */
  readonly volga: number
}

/**
 * What a European option on a forward is worth, dollars per unit: `discount · (F N(d₁) − K N(d₂))` for a call
 * (Black, "The pricing of commodity contracts", Journal of Financial Economics 3, 1976).
 *
 * Good to 1e-12 relative, also far out of the money. Throws FINANCE_INPUT_INVALID for what no option has.
 *
 * @example
 * const option = { kind: 'put', forward: 19, strike: 19, years: 0.75, volatility: 0.28, discount: Math.exp(-0.075) }
 * Black76.price(option) // ≈ 1.7011
 * Black76.price({ ...option, years: 0, strike: 20 }) // ≈ 0.92774
 */
export function price(option: Option): number {
  check(option)
  const { forward, strike, discount } = option
  Input.atLeast(0, option.volatility, 'volatility')
  const value = intrinsic(option) + timeValue(forward, strike, deviation(option))
  return Input.result(discount * value, 'price')
}

/**
 * The price and how it moves with what it is made of.
 *
 * At expiry, or without volatility, they are those of the payoff: delta is that of the side the forward is on, ½ at the
 * strike itself, and what would be infinite there is 0. Throws as `price` does.
 *
 * @example
 * const option = { kind: 'call', forward: 20, strike: 22, years: 0.25, volatility: 0.9, discount: 0.99 }
 * Black76.greeks(option).delta // ≈ 0.500213
 */
export function greeks(option: Option): Greeks {
  const value = price(option)
  const { forward, strike, years, volatility, discount } = option
  const s = deviation(option)
  const x = logMoneyness(forward, strike)
  const [d1, d2] = s > 0 ? [x / s + s / 2, x / s - s / 2] : [sided(x), sided(x)]
  const side = sideOf(option)
  const density = s > 0 ? discount * normal.pdf(d1) : 0
  const vega = forward * density * Math.sqrt(years)
  const rate = years > 0 ? -Math.log(discount) / years : 0
  return {
    price: value,
    delta: side * discount * normal.cdf(side * d1),
    gamma: Input.result(density === 0 ? 0 : density / s / forward, 'gamma'),
    vega: Input.result(vega, 'vega'),
    theta: Input.result(rate * value - (vega === 0 ? 0 : (vega * volatility) / (2 * years)), 'theta'),
    rho: Input.result(-years * value, 'rho'),
    vanna: Input.result(density === 0 ? 0 : (-density * d2) / volatility, 'vanna'),
    volga: Input.result(vega === 0 ? 0 : (vega * d1 * d2) / volatility, 'volga'),
  }
}

/**
 * `ln(F/K)`, exact to the last place also where forward and strike are close.
 *
 * @example
 * Black76.logMoneyness(110, 100) // ≈ 0.0953101798
 */
export function logMoneyness(forward: number, strike: number): number {
  const ratio = forward / strike
  if (ratio > 0.5 && ratio < 2) return Math.log1p((forward - strike) / strike)
  if (ratio > 1e-300 && ratio < 1e300) return Math.log(ratio)
  return Math.log(forward) - Math.log(strike)
}

/** What it would pay if it expired now, dollars, not discounted. */
export function intrinsic({ kind, forward, strike }: Pick<Option, 'kind' | 'forward' | 'strike'>): number {
  return Math.max(0, kind === 'call' ? forward - strike : strike - forward)
}

/** Throws FINANCE_INPUT_INVALID for what no option has, whatever its volatility. */
export function check({ forward, strike, years, discount }: Omit<Option, 'volatility'>): void {
  Input.above(0, forward, 'forward')
  Input.above(0, strike, 'strike')
  Input.atLeast(0, years, 'years')
  Input.above(0, discount, 'discount')
}

// Calls and puts of a strike are worth the same above what they would pay now.
function timeValue(forward: number, strike: number, s: number): number {
  if (s === 0) return 0
  const unit = Math.sqrt(forward) * Math.sqrt(strike)
  return Math.min(
    Math.min(forward, strike),
    unit * NormalisedBlack.price(-Math.abs(logMoneyness(forward, strike)), s),
  )
}

function deviation({ volatility, years }: Option): number {
  return volatility * Math.sqrt(years)
}

function sided(x: number): number {
  return x === 0 ? 0 : x * Number.POSITIVE_INFINITY
}

function sideOf({ kind }: Option): 1 | -1 {
  return kind === 'call' ? 1 : -1
}
