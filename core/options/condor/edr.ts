import type { EdrPolicy } from '../book/OptionsPolicy.ts'
import type { View } from '../view/View.ts'

/**
 * The expected daily range of SPX at a day's close, as a fraction of its level.
 *
 * `vix` is VIX over the root of 252. `blend` reads the method's other formula, 0.1 of VIX9D and 0.5 of realised
 * volatility times a multiplier, as yearly percent and divides by the same root: as printed it gives 7.8 where the
 * rules compare it with 0.94%. VIX stands in for VIX9D before that was published, and for the realised volatility of
 * the first twenty days.
 */
export function edr({ day, facts }: View, { version, multiplier }: EdrPolicy): number {
  const vix = day.vix.close / 100
  if (version === 'vix') return vix / rootOfYear
  const nineDays = (day.indices.vix9d ?? day.vix.close) / 100
  return (nineDays * 0.1 + (facts.realised20 ?? vix) * 0.5 * multiplier) / rootOfYear
}

const rootOfYear = Math.sqrt(252)
