import { BlackScholes } from '@uqee/black-scholes'
import type { QuotedBatch } from './quotedOptions.ts'

// The fastest of the packages on npm that price options, which stands in where QuantLib is absent. It prices on a spot
// without dividends: the forward, discounted.

export const name = '@uqee/black-scholes'

type Terms = Parameters<BlackScholes['option']>[0]

/** Each option as the package takes it. */
export function termsOf({ options }: QuotedBatch): readonly (Terms & { readonly price: number })[] {
  return options.map(({ kind, forward, strike, years, volatility, discount, price }) => ({
    type: kind,
    underlying: forward * discount,
    strike,
    time: years,
    sigma: volatility,
    rate: -Math.log(discount) / years,
    price,
  }))
}

/** Prices, and greeks with them, by its exact normal distribution. */
export function pricer(): BlackScholes {
  return new BlackScholes({ sigmaToPricePrecision: 'double' })
}

/** Implied volatilities by bisection: its Newton's method gives something else on most options out of the money. */
export function inverter(): BlackScholes {
  return new BlackScholes({ priceToSigmaAccuracy: 1e-9, sigmaToPricePrecision: 'double' })
}
