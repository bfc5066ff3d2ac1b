import { CutwaterError } from '../units/CutwaterError.ts'
import * as Input from './Input.ts'

/** One good of the basket: how much of it is bought, its price at the base and its price now. */
export type Item = { readonly quantity: number; readonly base: number; readonly price: number }

/**
 * The cost of a fixed basket against its cost at the base, which is 100: `100 · Σ q·p ÷ Σ q·p₀` (Laspeyres, Jahrbücher
 * für Nationalökonomie und Statistik 16, 1871), the form of consumer price indices.
 *
 * Throws PRICE_INDEX_EMPTY where the basket cost nothing at the base.
 *
 * @example
 * priceIndex([{ quantity: 15, base: 20, price: 40 }, { quantity: 20, base: 80, price: 82 }, { quantity: 10, base: 60, price: 75 }])
 * // ≈ 119.6
 */
export function priceIndex(basket: readonly Item[]): number {
  let [now, then] = [0, 0]
  for (const { quantity, base, price } of basket) {
    then += Input.atLeast(0, quantity, 'quantity') * Input.atLeast(0, base, 'price at the base')
    now += quantity * Input.atLeast(0, price, 'price')
  }
  if (then > 0) return Input.result((100 * now) / then, 'price index')
  throw new CutwaterError('PRICE_INDEX_EMPTY', 'the basket cost nothing at the base', {
    right: 'a quantity and a price above 0',
  })
}
