import { quickRatio } from '../../finance/quickRatio.ts'
import * as Signal from './Signal.ts'
import * as View from './View.ts'

/**
 * The quick ratio: (liquid treasury + cover in force) ÷ (claims + withdrawals due). On a fixed scale: 1 where nothing
 * is liquid, 0.5 where it is exactly enough, 0 from twice enough on.
 */
export const quick: Signal.Signal<null> = {
  name: 'quickRatio',
  concept: 'Quick ratio',
  unit: 'ratio',
  layer: 'mid',
  presses: { near: 0, mid: 2, far: 0 },
  acute: 'scale',
  ...Signal.forgetful,
  step(_, view) {
    const liquid = View.feed(view, 'liquidTreasury')
    if (!liquid.known) return liquid
    const cover = View.total(view, 'cover')
    const claims = View.feed(view, 'claimsDue')
    const withdrawals = View.feed(view, 'withdrawalsDue')
    // Cover and claims that nobody mentions are none; ones that are in doubt are in doubt.
    for (const answer of [cover, claims, withdrawals]) {
      if (!answer.known && !answer.missing) return answer
    }
    if (!claims.known && !withdrawals.known) return { why: 'neither claimsDue nor withdrawalsDue is fed' }
    const amount = (answer: typeof claims) => (answer.known ? answer.value : 0)
    if (amount(claims) + amount(withdrawals) < 1) return { why: 'nothing is due' }
    const ratio = quickRatio({
      liquid: liquid.value,
      cover: amount(cover),
      claims: amount(claims),
      withdrawals: amount(withdrawals),
    })!
    const says = `what can be paid at once is ${ratio.toFixed(2)} of what is due at once`
    return { value: ratio, asOf: liquid.asOf, says, scale: Signal.clamp(1 - ratio / 2) }
  },
}
