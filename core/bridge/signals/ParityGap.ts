import { parityGap } from '../../finance/parityGap.ts'
import { assumptions } from './Assumptions.ts'
import * as Measures from './Measures.ts'
import * as Signal from './Signal.ts'
import * as View from './View.ts'

/**
 * Conversion and reversal: how far a wrapped token is from par after the bridge's fee, the pool's, gas and the time
 * value of a redemption; the widest of all tokens, as a share. Open it means nobody trusts the trade enough to close it.
 */
export const gap: Signal.Signal<null> = {
  name: 'parityGap',
  concept: 'Parity gap (conversion, reversal)',
  unit: 'share after costs',
  layer: 'near',
  presses: { near: 1, mid: 0.5, far: 0 },
  acute: 'high',
  ...Signal.forgetful,
  step(_, view) {
    const prices = View.byToken(view, (symbol) => View.feed(view, 'wrappedPrice', symbol))
    if ('why' in prices) return prices
    const [fee, rate] = [View.feed(view, 'bridgeFee'), View.feed(view, 'riskFree')]
    const costs = {
      fee: assumptions.poolFee + (fee.known ? fee.value : 0),
      gas: gasShare(view),
      seconds: assumptions.pegHorizonSeconds,
      rate: rate.known ? rate.value : 0,
    }
    let widest = { symbol: '', gap: 0, asOf: 0 }
    for (const { symbol, value: price, asOf } of prices) {
      const open = parityGap({ ...costs, price })
      if (widest.symbol === '' || Math.abs(open) > Math.abs(widest.gap)) widest = { symbol, gap: open, asOf }
    }
    const trade = widest.gap > 0 ? 'buying it and redeeming' : 'wrapping and selling it'
    const says =
      widest.gap === 0
        ? 'no token is off par by more than a trade costs'
        : `${trade} ${widest.symbol} pays ${Signal.percent(Math.abs(widest.gap))} after costs`
    return { value: Math.abs(widest.gap), asOf: widest.asOf, says }
  },
}

// What a transfer of $10,000 costs, where that is fed; gas that nobody feeds counts as none.
function gasShare(view: View.View): number {
  const cost = Measures.read(view.measures, 'transferCost', String(assumptions.typicalUsd), view.at)
  return cost.known ? cost.value / assumptions.typicalUsd : 0
}
