import * as LossIntensity from '../../finance/LossIntensity.ts'
import * as Decayed from '../../signals/Decayed.ts'
import { day, year } from '../../units/UnixTime.ts'
import { assumptions } from './Assumptions.ts'
import * as Measures from './Measures.ts'
import * as Signal from './Signal.ts'
import * as View from './View.ts'

/**
 * The bridge volatility index, implied: losses a year that the discount of wrapped tokens implies,
 * `λ* = −ln(1 − d/LGD)/τ` by token, weighted by value locked; d = 1 − price, τ the time of a redemption.
 */
export const implied: Signal.Signal<null> = {
  name: 'impliedLoss',
  concept: 'Bridge volatility index, implied (VIX)',
  unit: 'losses per year',
  layer: 'near',
  presses: { near: 1, mid: 1, far: 0 },
  acute: 'high',
  ...Signal.forgetful,
  step(_, view) {
    const prices = View.byToken(view, (symbol) => View.feed(view, 'wrappedPrice', symbol))
    if ('why' in prices) return prices
    const { lossGivenFailure, pegHorizonSeconds } = assumptions
    let [value, asOf] = [0, 0]
    let worst = prices[0]!
    for (const price of prices) {
      const quote = { discount: 1 - price.value, seconds: pegHorizonSeconds }
      value += price.weight * LossIntensity.of(quote, lossGivenFailure)
      asOf = Math.max(asOf, price.asOf)
      if (price.value < worst.value) worst = price
    }
    const says = `${worst.symbol} trades ${Signal.percent(Math.max(0, 1 - worst.value))} below par at worst, which implies ${value.toFixed(2)} losses a year`
    return { value, asOf, says }
  },
}

/**
 * The same, realised: hard findings a year, `S·ln 2 ÷ half-life` of a count S that fades with a half-life of thirty
 * days. Watched and not weighed: findings press by themselves.
 */
export const realised: Signal.Signal<null> = {
  name: 'realisedLoss',
  concept: 'Bridge volatility index, realised (VIX)',
  unit: 'hard findings per year',
  layer: 'near',
  presses: Signal.noWeight,
  acute: 'high',
  ...Signal.forgetful,
  step(_, { at, tally }) {
    if (tally === null) return { why: 'nobody counts the findings' }
    const fading = Decayed.read(tally.hardFindings, Math.max(at, tally.hardFindings.at))
    const value = (fading * Math.LN2 * year) / (30 * day)
    return { value, asOf: at, says: `hard findings come at a rate of ${value.toFixed(1)} a year` }
  },
}

/**
 * The term structure of implied loss: `ln(λ_nearest ÷ λ_farthest)` over pool (a day), claim queue (a week), cover (90
 * days) and bond (a year), of those that are fed. Above 0 the near end is dearer, as volatility is in a panic.
 */
export const termStructure: Signal.Signal<null> = {
  name: 'termStructure',
  concept: 'Term structure of implied loss',
  unit: 'ln(near ÷ far)',
  layer: 'near',
  presses: { near: 1, mid: 0.5, far: 0 },
  acute: 'high',
  ...Signal.forgetful,
  step(_, view) {
    const points = curve(view)
    const asOf = Math.max(0, ...points.map((point) => point.asOf))
    const slope = LossIntensity.slope(LossIntensity.termStructure(points, assumptions.lossGivenFailure))
    if (slope === null) {
      return { why: `a slope needs two horizons that price a loss, and ${points.length} of four are fed` }
    }
    const shape = slope > 0 ? 'the near end is dearer: backwardation' : 'the far end is dearer: contango'
    return { value: slope, asOf, says: `over ${points.length} horizons ${shape}` }
  },
}

/** Discounts by horizon, of those that are fed. */
function curve(view: View.View): readonly (LossIntensity.Quote & { readonly asOf: number })[] {
  const prices = View.byToken(view, (symbol) => View.feed(view, 'wrappedPrice', symbol))
  const pool = 'why' in prices ? [] : prices
  const quotes = [
    {
      answer: total(pool),
      seconds: assumptions.pegHorizonSeconds,
    },
    { answer: View.feed(view, 'claimDiscount'), seconds: assumptions.queueHorizonSeconds },
    {
      answer: over(View.feed(view, 'coverRate'), assumptions.coverHorizonSeconds),
      seconds: assumptions.coverHorizonSeconds,
    },
    { answer: View.feed(view, 'bondSpread'), seconds: assumptions.bondHorizonSeconds },
  ]
  return quotes.flatMap(({ answer, seconds }) =>
    answer.known ? [{ discount: answer.value, seconds, asOf: answer.asOf }] : [],
  )
}

function total(pool: readonly View.Weighed[]): Measures.Answer {
  if (pool.length === 0) return Measures.missing('wrappedPrice')
  const value = pool.reduce((sum, { value: price, weight }) => sum + weight * (1 - price), 0)
  return { known: true, value, asOf: Math.max(...pool.map(({ asOf }) => asOf)) }
}

function over(answer: Measures.Answer, seconds: number): Measures.Answer {
  return answer.known ? { ...answer, value: (answer.value * seconds) / year } : answer
}
