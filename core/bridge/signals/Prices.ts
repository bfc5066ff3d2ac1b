import { effectiveRate } from '../../finance/effectiveRate.ts'
import { type Item, priceIndex } from '../../finance/priceIndex.ts'
import type { FeedName } from './Feed.ts'
import * as Measures from './Measures.ts'
import * as Signal from './Signal.ts'
import * as View from './View.ts'

/** The costs at which an index began, by what they are of; the index is 100 there. */
export type Base = { readonly costs: Map<string, number> }

const base = (): Base => ({ costs: new Map() })

/**
 * CPI: what a fixed basket of transfers costs, fee, gas and slippage, against its cost when it was first fed, 100. One
 * transfer of each size that is fed (`transferCost` of 1000, 10000, 100000).
 */
export const cpi: Signal.Signal<Base> = {
  name: 'cpi',
  concept: 'CPI of transfers',
  unit: '100 at first sight',
  layer: 'near',
  presses: { near: 0.5, mid: 0, far: 0 },
  acute: 'high',
  warmUpHours: 0,
  create: base,
  step: (state, view) => index(state, view, 'transferCost', 'a basket of transfers costs'),
}

/** PPI: what one message costs the operator, attestation, relay and monitors, against when it was first fed, 100. */
export const ppi: Signal.Signal<Base> = {
  name: 'ppi',
  concept: 'PPI of operators',
  unit: '100 at first sight',
  layer: 'mid',
  presses: { near: 0, mid: 0.5, far: 0.5 },
  acute: 'high',
  warmUpHours: 0,
  create: base,
  step: (state, view) => index(state, view, 'messageCost', 'a message costs its operator'),
}

/**
 * REER: `Π Pᵢ^wᵢ` of wrapped in canonical prices, 1 at par, weighted by value locked and deflated by the price level
 * of each side where both are fed (`priceLevel` of the token's home chain and of the bridge's other chains).
 */
export const reer: Signal.Signal<null> = {
  name: 'reer',
  concept: 'Real effective rate (REER)',
  unit: '1 at par',
  layer: 'mid',
  presses: { near: 0.5, mid: 0.5, far: 0 },
  acute: 'low',
  ...Signal.forgetful,
  step(_, view) {
    const prices = View.byToken(view, (symbol) => View.feed(view, 'wrappedPrice', symbol))
    if ('why' in prices) return prices
    const weighing = prices.filter(({ weight }) => weight > 0)
    const levels = levelsOf(view)
    const value = effectiveRate(
      weighing.map(({ symbol, value: rate, weight }) => {
        const home = String(view.tokens.find((token) => token.symbol === symbol)!.home)
        return { rate, weight, levelHere: levels.away(home), levelThere: levels.at(home) }
      }),
    )
    const asOf = Math.max(...prices.map((price) => price.asOf))
    const kind = levels.known ? 'real' : 'nominal, as no price level is fed'
    return { value, asOf, says: `wrapped tokens stand at ${value.toFixed(4)} of canonical ones (${kind})` }
  },
}

function index(state: Base, view: View.View, name: FeedName, what: string): Signal.Sight {
  const all = Measures.readAll(view.measures, name, view.at)
  if (all.length === 0) return { why: `no ${name} is fed` }
  const items: Item[] = []
  let [asOf, cost] = [0, 0]
  for (const { of, answer } of all) {
    // A basket with a hole in it would be another basket.
    if (!answer.known) return { why: answer.why }
    if (!state.costs.has(of)) state.costs.set(of, answer.value)
    items.push({ quantity: 1, base: state.costs.get(of)!, price: answer.value })
    asOf = Math.max(asOf, answer.asOf)
    cost += answer.value
  }
  if (items.every(({ base: cost }) => cost < 1e-6)) return { why: `${what} nothing at the base` }
  const value = priceIndex(items)
  return { value, asOf, says: `${what} $${cost.toFixed(2)}, ${value.toFixed(1)} against 100 at first sight` }
}

function levelsOf(view: View.View) {
  const levels = new Map<string, number>()
  for (const { of, answer } of Measures.readAll(view.measures, 'priceLevel', view.at)) {
    if (answer.known) levels.set(of, answer.value)
  }
  const at = (chain: string) => levels.get(chain) ?? 1
  const away = (home: string) => {
    const others = [...levels].filter(([chain]) => chain !== home)
    return others.length === 0
      ? 1
      : Math.exp(others.reduce((sum, [, level]) => sum + Math.log(level), 0) / others.length)
  }
  return { known: levels.size > 0, at, away }
}
