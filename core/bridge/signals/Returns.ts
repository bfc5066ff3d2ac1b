import * as Ddm from '../../finance/Ddm.ts'
import { irr } from '../../finance/irr.ts'
import { priceToCashFlow } from '../../finance/priceToCashFlow.ts'
import { year } from '../../units/UnixTime.ts'
import { assumptions } from './Assumptions.ts'
import type { FeedName } from './Feed.ts'
import * as Signal from './Signal.ts'
import * as View from './View.ts'

/**
 * IRR of a provider of cover who puts in the capital today, takes half of a year's income in its middle and half at
 * its end, and then what claims have left of the capital: per year.
 */
export const coverIrr: Signal.Signal<null> = {
  name: 'coverIrr',
  concept: 'IRR of cover providers',
  unit: 'per year',
  layer: 'mid',
  presses: { near: 0, mid: 0.5, far: 0 },
  acute: 'low',
  ...Signal.forgetful,
  step: (_, view) => returnOf(view, 'coverCapital', 'coverIncome', 'coverClaim', 'a provider of cover'),
}

/** IRR of a validator's stake by the same year: stake, rewards, what is slashed. */
export const validatorIrr: Signal.Signal<null> = {
  name: 'validatorIrr',
  concept: 'IRR of validators',
  unit: 'per year',
  layer: 'mid',
  presses: { near: 0, mid: 0.5, far: 0.5 },
  acute: 'low',
  ...Signal.forgetful,
  step: (_, view) => returnOf(view, 'stake', 'stakeIncome', 'slashed', 'a validator'),
}

/**
 * DDM against the market: the bonded token's income, growing at the long rate and discounted at WACC, ÷ its market
 * value. Below 1 the market pays for hope.
 */
export const ddm: Signal.Signal<null> = {
  name: 'ddm',
  concept: 'DDM ÷ market value',
  unit: 'ratio',
  layer: 'mid',
  presses: { near: 0, mid: 0.5, far: 0 },
  acute: 'low',
  ...Signal.forgetful,
  step(_, view) {
    const [income, cap] = [View.total(view, 'stakeIncome'), View.feed(view, 'bondMarketCap')]
    const cost = view.values.get('wacc')
    if (!income.known) return income
    if (!cap.known) return cap
    if (cost === undefined) return { why: 'there is no WACC' }
    const { longGrowth } = assumptions
    if (!(cost > longGrowth))
      return {
        why: `WACC of ${Signal.percent(cost)} is not above the growth of ${Signal.percent(longGrowth)}`,
      }
    if (cap.value < 1) return { why: 'the bonded token has no market value' }
    const value = Ddm.constantGrowth({ next: income.value, growth: longGrowth, cost }) / cap.value
    return {
      value,
      asOf: cap.asOf,
      says: `its income is worth ${value.toFixed(2)} of the bonded token’s market value`,
    }
  },
}

/** P/CF: market value of the wrapped tokens ÷ fees a year, in years. */
export const priceToFees: Signal.Signal<null> = {
  name: 'priceToCashFlow',
  concept: 'P/CF',
  unit: 'years',
  layer: 'mid',
  presses: { near: 0, mid: 0.25, far: 0 },
  acute: 'high',
  ...Signal.forgetful,
  step(_, view) {
    const [cap, fees] = [View.total(view, 'wrappedCap'), View.feed(view, 'feesPerYear')]
    if (!cap.known) return cap
    if (!fees.known) return fees
    const value = fees.value < 1 ? null : priceToCashFlow(cap.value, fees.value)
    if (value === null) return { why: 'the bridge earns no fees' }
    return { value, asOf: fees.asOf, says: `wrapped tokens are worth ${value.toFixed(0)} years of fees` }
  },
}

function returnOf(
  view: View.View,
  capital: FeedName,
  income: FeedName,
  loss: FeedName,
  who: string,
): Signal.Sight {
  const [put, earned, lost] = [View.total(view, capital), View.total(view, income), View.total(view, loss)]
  if (!put.known) return put
  if (!earned.known) return earned
  if (!lost.known && !lost.missing) return lost
  if (put.value < 1) return { why: 'there is no capital' }
  const taken = Math.min(put.value, lost.known ? lost.value : 0)
  const back = put.value - taken + earned.value / 2
  if (back + earned.value < 1) return { why: 'nothing comes back of the capital: no rate says that' }
  const value = irr([
    { at: view.at, amount: -put.value },
    { at: view.at + year / 2, amount: earned.value / 2 },
    { at: view.at + year, amount: back },
  ])
  return { value, asOf: put.asOf, says: `${who} earns ${Signal.percent(value)} a year` }
}
