import type { MarketDay } from '../market/MarketDay.ts'
import * as Bow from './Bow.ts'
import * as Smile from './Smile.ts'

/** How the form of a smile follows from tenor, VVIX and SKEW. */
export type Parameters = {
  /** `−ρ` at a month and a VVIX of 90, what it gains for each e-fold of the tenor and of VVIX */
  readonly lean: number
  readonly leanByTenor: number
  readonly leanByVvix: number
  /** `ln ψ` at a month and a SKEW of 125, what it gains for each e-fold of the tenor and each 10 points of SKEW */
  readonly bend: number
  readonly bendByTenor: number
  readonly bendBySkew: number
  /** what index options have beside lean and bend */
  readonly bow: Bow.Bow
}

/**
 * Fitted to the chains of eleven days, 2011-01-03 to 2023-09-14, each of six market states weighing the same;
 * `node scripts/fitSurface.ts` prints them with the errors of each state when it is left out.
 */
export const fitted: Parameters = {
  lean: 0.508,
  leanByTenor: 0.09,
  leanByVvix: 0.526,
  bend: -0.183,
  bendByTenor: 0.068,
  bendBySkew: 0.18,
  bow: Bow.fitted,
}

/** What stands in where they were not published: the medians of SKEW 1990 to 2010 and of VVIX until 2010, printed by the same. */
export const usual = { skew: 116, vvix: 82 }

type Indices = Pick<MarketDay['indices'], 'skew' | 'vvix'>

/** The smile at a variance time, trading days, where an index of that tenor measures this total variance. */
export function of(
  variance: number,
  traded: number,
  indices: Indices,
  parameters: Parameters = fitted,
): Smile.Smile {
  return Smile.ofModelFree(variance, shape(traded, indices, parameters))
}

/**
 * The form of the smile at a variance time, trading days, on a day with these indices, points.
 *
 * Outside a day to a year and a half, 100 to 170 of SKEW, and 75 to 130 of VVIX, the form is that of the nearest end.
 *
 * @example
 * const parameters = { lean: 0.5, leanByTenor: 0.1, leanByVvix: 0.6, bend: 0, bendByTenor: 0, bendBySkew: 0.2, bow: Bow.fitted }
 * const { rho, psi } = IndexSmile.shape(21, { skew: 125, vvix: 90 }, parameters)
 * [rho, psi] // [-0.5, 1]
 */
export function shape(
  traded: number,
  { skew = usual.skew, vvix = usual.vvix }: Indices,
  parameters: Parameters = fitted,
): Smile.Shape {
  const { lean, leanByTenor, leanByVvix, bend, bendByTenor, bendBySkew, bow } = parameters
  const tenor = Math.log(clamp(traded, 1, 375) / month)
  const nervous = Math.log(clamp(vvix, 75, 130) / 90)
  const rho = -clamp(lean + leanByTenor * tenor + leanByVvix * nervous, 0.05, 0.95)
  const psi = Math.exp(bend + bendByTenor * tenor + (bendBySkew * (clamp(skew, 100, 170) - 125)) / 10)
  return { rho, psi: Math.min(psi, 0.94 * Smile.mostBend(rho)), bow }
}

/** Trading days of thirty calendar days. */
const month = 21

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
