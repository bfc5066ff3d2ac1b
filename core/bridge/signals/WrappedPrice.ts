import * as Rsi from '../../signals/Rsi.ts'
import type { Signal } from './Signal.ts'
import * as View from './View.ts'

/**
 * RSI (14 hours, Wilder) of the price of wrapped tokens in canonical ones, weighted by value locked: 0 only fell, 100
 * only rose.
 */
export const rsi: Signal<Rsi.State> = {
  name: 'priceRsi',
  concept: 'RSI of wrapped ÷ canonical price',
  unit: 'RSI',
  layer: 'near',
  presses: { near: 0.5, mid: 0, far: 0 },
  acute: 'low',
  warmUpHours: 14,
  create: () => Rsi.create({ period: 14 }),
  step(state, view) {
    const prices = View.byToken(view, (symbol) => View.feed(view, 'wrappedPrice', symbol))
    if ('why' in prices) return prices
    let [price, asOf] = [0, 0]
    for (const { value, weight, asOf: of } of prices) {
      price += value * weight
      asOf = Math.max(asOf, of)
    }
    const value = Rsi.step(state, price)
    if (Number.isNaN(value)) return { why: `it has seen ${state.seen} of the 15 prices it needs` }
    return {
      value,
      asOf,
      says: `wrapped tokens stand at ${price.toFixed(4)} of canonical ones, with an RSI of ${value.toFixed(0)}`,
    }
  },
}
