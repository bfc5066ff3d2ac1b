import * as Black76 from '@cutwater/core/options/pricing/Black76.ts'
import type { Batch } from '@cutwater/core/options/pricing/priceMany.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'

/** Options out of the money with their prices, both as columns and one by one. */
export type QuotedBatch = Batch & {
  readonly prices: Float64Array
  readonly options: readonly (Black76.Option & { readonly price: number })[]
}

/**
 * SPX-like options, the same at each run: forwards of 3000 to 5000, a week to a year, volatilities of 10 to 60%, strikes up to
 * 2.5 deviations out of the money.
 */
export function quotedOptions(count: number): QuotedBatch {
  const rng = Rng.create(76)
  const between = (least: number, most: number) => least + (most - least) * Rng.uniform(rng)
  const options = Array.from({ length: count }, () => {
    const forward = between(3000, 5000)
    const years = between(7 / 365, 1)
    const volatility = between(0.1, 0.6)
    const deviations = between(-2.5, 2.5)
    const strike = forward * Math.exp(deviations * volatility * Math.sqrt(years))
    const kind: Black76.Kind = deviations < 0 ? 'put' : 'call'
    const option = { kind, forward, strike, years, volatility, discount: Math.exp(-0.04 * years) }
    return { ...option, price: Black76.price(option) }
  })
  const column = (name: 'forward' | 'strike' | 'years' | 'volatility' | 'discount' | 'price') =>
    Float64Array.from(options, (option) => option[name])
  return {
    options,
    puts: Uint8Array.from(options, ({ kind }) => (kind === 'put' ? 1 : 0)),
    forwards: column('forward'),
    strikes: column('strike'),
    years: column('years'),
    volatilities: column('volatility'),
    discounts: column('discount'),
    prices: column('price'),
  }
}
