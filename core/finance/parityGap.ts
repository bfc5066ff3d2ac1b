import type { Rate } from '../units/Rate.ts'
import * as Rates from '../units/Rate.ts'
import * as Input from './Input.ts'

export type Parity = {
  /** price of the wrapped asset in units of the canonical one: 1 is par */
  readonly price: number
  /** the bridge's fee and the pool's, as shares of the amount */
  readonly fee: number
  /** gas of both legs ÷ amount moved */
  readonly gas: number
  /** how long the money is on its way, and what it would earn meanwhile */
  readonly seconds: number
  readonly rate: Rate
}

/**
 * What is left of a wrapped asset's distance from par when it is traded away, as a share of the amount:
 * `|ln price| − fee − gas − rate·time`, with the sign of the trade; 0 where costs eat it.
 *
 * Below par one buys the wrapped asset and redeems it (a conversion, positive), above par one wraps and sells (a
 * reversal, negative). The same gap as in a box of options: forward against spot, less carry and commissions (Stoll,
 * Journal of Finance 24, 1969). What stays open after costs is what the market does not trust.
 *
 * @example
 * parityGap({ price: 0.97, fee: 0.001, gas: 0.0005, seconds: 86_400, rate: 0.05 }) // ≈ 0.02882
 * parityGap({ price: 0.9995, fee: 0.001, gas: 0.0005, seconds: 86_400, rate: 0.05 }) // 0
 */
export function parityGap({ price, fee, gas, seconds, rate }: Parity): number {
  const distance = -Math.log(Input.above(0, price, 'price'))
  const carry = Rates.over(Input.atLeast(0, rate, 'rate'), Input.atLeast(0, seconds, 'seconds'))
  const costs = Input.atLeast(0, fee, 'fee') + Input.atLeast(0, gas, 'gas') + carry
  // Adding zero turns the -0 of a reversal that costs eat into 0.
  return Math.sign(distance) * Math.max(0, Math.abs(distance) - costs) + 0
}
