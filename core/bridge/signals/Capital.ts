import { breakEven as breakEvenOf } from '../../finance/breakEven.ts'
import * as Capm from '../../finance/Capm.ts'
import { wacc as waccOf } from '../../finance/wacc.ts'
import { hour, year } from '../../units/UnixTime.ts'
import * as Signal from './Signal.ts'
import * as View from './View.ts'

/** Hourly prices of the bonded token and of the market, a month of them. */
export type State = { readonly bond: number[]; readonly market: number[] }

const hoursKept = 720
const hoursNeeded = 168
const recentHours = 48

/**
 * β of the bonded token against ETH, from hourly log returns of a month, scaled by realised (two days) ÷ long-run (a
 * month) volatility of the token.
 */
export const beta: Signal.Signal<State> = {
  name: 'beta',
  concept: 'CAPM β with volatility overlay',
  unit: 'β',
  layer: 'mid',
  presses: { near: 0, mid: 0.5, far: 0 },
  acute: 'high',
  warmUpHours: hoursNeeded,
  create: () => ({ bond: [], market: [] }),
  step({ bond, market }, view) {
    const [own, all] = [View.feed(view, 'bondPrice'), View.feed(view, 'marketPrice')]
    if (!own.known) return own
    if (!all.known) return all
    push(bond, own.value)
    push(market, all.value)
    if (bond.length < hoursNeeded)
      return { why: `it has seen ${bond.length} of the ${hoursNeeded} prices it needs` }
    const [bondReturns, marketReturns] = [Capm.returns(bond), Capm.returns(market)]
    if (marketReturns.every((move) => move === marketReturns[0])) return { why: 'the market has not moved' }
    const longRun = Capm.volatility(bondReturns, year / hour)
    if (longRun === 0) return { why: 'the bonded token has not moved' }
    const realised = Capm.volatility(bondReturns.slice(-recentHours), year / hour)
    const slope = Capm.beta(bondReturns, marketReturns)
    const value = Capm.overlay(slope, realised, longRun)
    const says = `the bonded token moves ${slope.toFixed(2)} as far as ETH, ${value.toFixed(2)} at today’s volatility`
    return { value, asOf: Math.min(own.asOf, all.asOf), says }
  },
}

/**
 * WACC: the cost of staked capital, `r_f + β·premium`, and of cover capital, its income ÷ its amount, weighted by their
 * amounts, per year.
 */
export const wacc: Signal.Signal<null> = {
  name: 'wacc',
  concept: 'WACC',
  unit: 'per year',
  layer: 'mid',
  presses: { near: 0, mid: 0.5, far: 0 },
  acute: 'high',
  ...Signal.forgetful,
  step(_, view) {
    const [riskFree, premium] = [View.feed(view, 'riskFree'), View.feed(view, 'marketPremium')]
    const [stake, cover] = [View.total(view, 'stake'), View.total(view, 'coverCapital')]
    const income = View.total(view, 'coverIncome')
    const slope = view.values.get(beta.name)
    if (!riskFree.known) return riskFree
    if (!premium.known) return premium
    if (!stake.known && !cover.known) return stake
    if (stake.known && slope === undefined) return { why: 'there is no β of the bonded token' }
    if (cover.known && !income.known) return income
    const parts = [
      ...(stake.known
        ? [
            {
              amount: stake.value,
              cost: Capm.cost({ riskFree: riskFree.value, beta: slope!, premium: premium.value }),
            },
          ]
        : []),
      ...(cover.known && income.known && cover.value >= 1
        ? [{ amount: cover.value, cost: income.value / cover.value }]
        : []),
    ]
    if (!parts.some(({ amount }) => amount > 0)) return { why: 'no capital stands behind the bridge' }
    const value = waccOf(parts)
    return {
      value,
      asOf: riskFree.asOf,
      says: `capital behind the bridge costs ${Signal.percent(value)} a year`,
    }
  },
}

/**
 * The break-even point: yearly security cost ÷ value protected, less the hurdle WACC − yield of what is locked. Above 0
 * it calls for a rebalance. On a fixed scale: 0.5 at the hurdle, 1 at twice it, 0 where security costs nothing.
 */
export const breakEven: Signal.Signal<null> = {
  name: 'breakEven',
  concept: 'Break-even point',
  unit: 'per year above the hurdle',
  layer: 'mid',
  presses: { near: 0, mid: 1, far: 0 },
  acute: 'scale',
  ...Signal.forgetful,
  step(_, view) {
    const [cost, earned] = [View.feed(view, 'securityCost'), View.feed(view, 'lockedYield')]
    const capital = view.values.get(wacc.name)
    if (!cost.known) return cost
    if (!earned.known) return earned
    if (capital === undefined) return { why: 'there is no WACC' }
    if (view.locked < 1) return { why: 'nothing is locked' }
    const { point, hurdle, gap } = breakEvenOf({
      costPerYear: cost.value,
      protectedValue: view.locked,
      wacc: capital,
      yield: earned.value,
    })
    const scale = hurdle > 0 ? Signal.clamp(point / (2 * hurdle)) : 1
    const against = gap > 0 ? 'above' : 'below'
    const says = `security costs ${Signal.percent(point)} of what it protects, ${against} the hurdle of ${Signal.percent(hurdle)}${gap > 0 ? ': time to rebalance' : ''}`
    return { value: gap, asOf: cost.asOf, says, scale }
  },
}

function push(series: number[], value: number): void {
  series.push(value)
  if (series.length > hoursKept) series.shift()
}
