import type { IndexName, MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import type { TermPoint } from './PlanResult.ts'

/** What volatility costs by horizon at a close, nearest first: the published indices, and the futures by expiry. */
export function termStructure({ date, vix, indices, futures }: MarketDay): readonly TermPoint[] {
  const published = Object.entries(horizons).flatMap(([name, days]) => {
    const points = name === 'vix' ? vix.close : indices[name as IndexName]
    return points === undefined ? [] : [{ of: name.toUpperCase(), kind: 'index' as const, days, points }]
  })
  const traded = futures
    .filter(({ expiry }) => expiry > date)
    .map(({ expiry, settle }) => {
      return { of: 'VX', kind: 'future' as const, days: Math.round((expiry - date) / day), points: settle }
    })
  return [...published, ...traded]
}

// Calendar days that each index looks ahead, as its methodology says (Cboe).
const horizons = { vix1d: 1, vix9d: 9, vix: 30, vix3m: 93, vix6m: 184, vix1y: 365 } as const
