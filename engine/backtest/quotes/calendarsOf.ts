import type { MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import * as Smile from '@cutwater/core/options/surface/Smile.ts'
import * as SpxSurface from '@cutwater/core/options/surface/SpxSurface.ts'
import type { Calendars } from './QuotesResult.ts'

/** On how many days the surface has an option cost less at a later expiry: from three deviations down to three up. */
export function calendarsOf(days: readonly MarketDay[]): Calendars {
  let [faulty, nearest] = [0, Number.POSITIVE_INFINITY]
  for (const day of days) {
    const found = nearestFault(SpxSurface.fromIndices(day))
    if (found === undefined) continue
    faulty++
    nearest = Math.min(nearest, found)
  }
  return { days: days.length, faulty, nearestDays: faulty === 0 ? null : nearest }
}

const tenors = [1, 2, 4, 7, 9, 14, 21, 30, 45, 60, 93, 130, 184, 270, 365]
const deviations = Array.from({ length: 13 }, (_, i) => -3 + i / 2)

function nearestFault(surface: SpxSurface.SpxSurface): number | undefined {
  const smiles = tenors.map((days) => SpxSurface.smile(surface, days / 365))
  return tenors.find((_, i) => {
    const [smile, later] = [smiles[i]!, smiles[i + 1]]
    if (later === undefined) return false
    const deviation = Math.sqrt(smile.theta)
    return deviations.some((x) => {
      const k = x * deviation
      return Smile.totalVariance(later, k) < Smile.totalVariance(smile, k) * (1 - 1e-9)
    })
  })
}
