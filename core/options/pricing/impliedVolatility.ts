import * as Input from '../../finance/Input.ts'
import * as Black76 from './Black76.ts'
import { impliedDeviation } from './impliedDeviation.ts'

/** An option with a price, dollars per unit, in place of a volatility. */
export type Priced = Omit<Black76.Option, 'volatility'> & { readonly price: number }

/**
 * The volatility per year at which Black's formula gives `price`; `undefined` where none does, as the price is below what the
 * option would pay now, or not below all it could ever pay. 0 at exactly what it would pay now.
 *
 * `years` is above 0. Exact to 1e-12, relative, plus what one last place of the price means in volatility: for options out of
 * the money down to prices of 1e-290 that is the 1e-12; deep in the money it is what the price still tells. Throws
 * FINANCE_INPUT_INVALID for what no option has.
 *
 * @example
 * const option = { kind: 'call', forward: 20, strike: 30, years: 0.25, discount: 0.99 }
 * impliedVolatility({ ...option, price: Black76.price({ ...option, volatility: 0.9 }) }) // ≈ 0.9
 * impliedVolatility({ ...option, price: 19.9 }) // undefined
 */
export function impliedVolatility(priced: Priced): number | undefined {
  const { forward, strike, years, discount } = priced
  Black76.check(priced)
  Input.above(0, years, 'years')
  const value = Input.finite(priced.price, 'price') / discount - Black76.intrinsic(priced)
  if (value === 0) return 0
  const x = -Math.abs(Black76.logMoneyness(forward, strike))
  const beta = value / (Math.sqrt(forward) * Math.sqrt(strike))
  if (!(beta > 0 && beta < Math.exp(0.5 * x))) return undefined
  return Input.result(impliedDeviation(beta, x) / Math.sqrt(years), 'implied volatility')
}
