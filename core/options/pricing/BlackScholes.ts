import * as Input from '../../finance/Input.ts'
import * as Black76 from './Black76.ts'

/** A European option on an index or a share that pays a steady yield. */
export type Option = {
  readonly kind: Black76.Kind
  /** points, above 0 */
  readonly spot: number
  /** points, above 0 */
  readonly strike: number
  /** until expiry, 0 or more */
  readonly years: number
  /** per year, as a fraction, 0 or more */
  readonly volatility: number
  /** continuously compounded, per year */
  readonly rate: number
  /** of dividends, continuously compounded, per year */
  readonly dividendYield: number
}

/** As `Black76.Greeks`, by the spot instead of the forward. */
export type Greeks = Black76.Greeks & {
  /** change of the price per 1.00 of the dividend yield */
  readonly dividendRho: number
}

/**
 * What a European option is worth, dollars per unit (Merton, "Theory of rational option pricing", Bell Journal of
 * Economics 4, 1973): Black's formula on the forward `S e^((r − q)T)`.
 *
 * Throws FINANCE_INPUT_INVALID for what no option has.
 *
 * @example
 * const option = { kind: 'put', spot: 100, strike: 95, years: 0.5, volatility: 0.2, rate: 0.1, dividendYield: 0.05 }
 * BlackScholes.price(option) // ≈ 2.4648
 */
export function price(option: Option): number {
  return Black76.price(onForward(option))
}

/**
 * The price and how it moves with what it is made of; units as in `Black76.Greeks`, by the spot. Throws as `price` does.
 *
 * @example
 * const option = { kind: 'call', spot: 105, strike: 100, years: 0.5, volatility: 0.36, rate: 0.1, dividendYield: 0.1 }
 * BlackScholes.greeks(option).delta // ≈ 0.5946
 */
export function greeks(option: Option): Greeks {
  const { spot, years, volatility, rate, dividendYield } = option
  const onward = onForward(option)
  const plain = Black76.greeks(onward)
  const growth = onward.forward / spot
  const invested = plain.delta * onward.forward
  const decay = plain.vega === 0 ? 0 : (plain.vega * volatility) / (2 * years)
  return {
    price: plain.price,
    delta: Input.result(plain.delta * growth, 'delta'),
    gamma: Input.result(plain.gamma * growth * growth, 'gamma'),
    vega: plain.vega,
    theta: Input.result(rate * plain.price - (rate - dividendYield) * invested - decay, 'theta'),
    rho: Input.result(years * (invested - plain.price), 'rho'),
    dividendRho: Input.result(-years * invested, 'dividend rho'),
    vanna: Input.result(plain.vanna * growth, 'vanna'),
    volga: plain.volga,
  }
}

/**
 * The same option as Black's formula takes it.
 *
 * @example
 * BlackScholes.onForward({ kind: 'call', spot: 100, strike: 95, years: 1, volatility: 0.2, rate: 0.05, dividendYield: 0 }).forward
 * // ≈ 105.127
 */
export function onForward(option: Option): Black76.Option {
  const { kind, spot, strike, years, volatility, rate, dividendYield } = option
  const carry = Input.finite(rate, 'rate') - Input.finite(dividendYield, 'dividend yield')
  const forward = Input.above(0, spot, 'spot') * Math.exp(carry * Input.atLeast(0, years, 'years'))
  return { kind, forward, strike, years, volatility, discount: Math.exp(-rate * years) }
}
