import * as Signal from './Signal.ts'
import * as View from './View.ts'

/**
 * The interest-rate differential: supply rate of the wrapped asset less that of the canonical one, per year, weighted
 * by value locked. What lenders ask more for holding the wrapped one is what they fear of the bridge.
 */
export const differential: Signal.Signal<null> = {
  name: 'interestDifferential',
  concept: 'Interest-rate differential',
  unit: 'per year',
  layer: 'mid',
  presses: { near: 0, mid: 1, far: 0 },
  acute: 'high',
  ...Signal.forgetful,
  step(_, view) {
    const rates = View.byToken(view, (symbol) => {
      const wrapped = View.feed(view, 'wrappedApy', symbol)
      const canonical = View.feed(view, 'canonicalApy', symbol)
      if (!wrapped.known) return wrapped
      if (!canonical.known) return canonical
      const asOf = Math.min(wrapped.asOf, canonical.asOf)
      return { known: true, value: wrapped.value - canonical.value, asOf }
    })
    if ('why' in rates) return rates
    const value = rates.reduce((sum, rate) => sum + rate.weight * rate.value, 0)
    const asOf = Math.max(...rates.map((rate) => rate.asOf))
    return {
      value,
      asOf,
      says: `lenders ask ${Signal.percent(value)} a year more of wrapped than of canonical tokens`,
    }
  },
}
