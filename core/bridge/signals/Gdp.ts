import { sum } from '../../units/sum.ts'
import { day, hour } from '../../units/UnixTime.ts'
import * as Signal from './Signal.ts'

/** Dollars settled in each of the last hours, the newest last: eight days, to compare a day with the one a week before. */
export type State = { readonly settled: number[] }

const hoursADay = day / hour
const hoursKept = 8 * hoursADay

/**
 * GDP, nominal: dollars delivered honestly, with an out leg that was found, over the last day. Watched and not weighed.
 */
export const nominal: Signal.Signal<State> = {
  name: 'gdp',
  concept: 'GDP, nominal',
  unit: 'USD per day',
  layer: 'mid',
  presses: Signal.noWeight,
  acute: 'low',
  warmUpHours: hoursADay,
  create: () => ({ settled: [] }),
  step({ settled }, { at, tally }) {
    if (tally === null) return { why: 'nobody counts the legs' }
    settled.push(tally.settledUsd)
    if (settled.length > hoursKept) settled.shift()
    if (settled.length < hoursADay) return { why: `it has seen ${settled.length} of the 24 hours it needs` }
    const value = sum(settled.slice(-hoursADay))
    const before = settled.length === hoursKept ? sum(settled.slice(0, hoursADay)) : 0
    const growth = before > 0 ? `, ${Signal.percent(value / before - 1)} against a week ago` : ''
    return {
      value,
      asOf: at,
      says: `$${Math.round(value).toLocaleString('en-US')} were settled within a day${growth}`,
    }
  },
}

/** GDP, real: the nominal one at the prices of the CPI's base. */
export const real: Signal.Signal<null> = {
  name: 'realGdp',
  concept: 'GDP, real',
  unit: 'USD per day at base prices',
  layer: 'mid',
  presses: Signal.noWeight,
  acute: 'low',
  ...Signal.forgetful,
  step(_, { at, values }) {
    const [gdp, cpi] = [values.get(nominal.name), values.get('cpi')]
    if (cpi === undefined || cpi < 1e-6) return { why: 'no CPI to divide by: no transferCost is fed' }
    if (gdp === undefined) return { why: 'there is no nominal GDP yet' }
    const value = (100 * gdp) / cpi
    return { value, asOf: at, says: `$${Math.round(value).toLocaleString('en-US')} a day at base prices` }
  },
}
