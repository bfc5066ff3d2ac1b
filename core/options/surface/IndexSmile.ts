import * as Smile from './Smile.ts'

/** How the form of a smile follows from tenor and SKEW. */
export type Parameters = {
  /** `−ρ` at a month, and what it gains for each e-fold of the tenor */
  readonly lean: number
  readonly leanByTenor: number
  /** `ln ψ` at a month and a SKEW of 125, what it gains for each e-fold of the tenor and each 10 points of SKEW */
  readonly bend: number
  readonly bendByTenor: number
  readonly bendBySkew: number
}

/**
 * Fitted to the chains of eleven days, 2011-01-03 to 2023-09-14, each of six market states weighing the same;
 * `node scripts/fitSurface.ts` prints them with the errors of each state when it is left out.
 */
export const fitted: Parameters = {
  lean: 0.548,
  leanByTenor: 0.0617,
  bend: -0.131,
  bendByTenor: 0.047,
  bendBySkew: 0.159,
}

/** The median of SKEW 1990 to 2010, printed by the same; it stands in where SKEW was not published. */
export const usualSkew = 116

/**
 * The form of the smile at a variance time, trading days, on a day with this SKEW, points.
 *
 * Outside a day to a year and a half, and 100 to 170 of SKEW, the form is that of the nearest end.
 *
 * @example
 * IndexSmile.shape(21, 125, { lean: 0.5, leanByTenor: 0.1, bend: 0, bendByTenor: 0, bendBySkew: 0.2 }) // { rho: -0.5, psi: 1 }
 */
export function shape(traded: number, skew = usualSkew, parameters: Parameters = fitted): Smile.Shape {
  const { lean, leanByTenor, bend, bendByTenor, bendBySkew } = parameters
  const tenor = Math.log(clamp(traded, 1, 375) / month)
  const rho = -clamp(lean + leanByTenor * tenor, 0.05, 0.95)
  const psi = Math.exp(bend + bendByTenor * tenor + (bendBySkew * (clamp(skew, 100, 170) - 125)) / 10)
  return { rho, psi: Math.min(psi, 0.98 * Smile.mostBend(rho)) }
}

/** Trading days of thirty calendar days. */
const month = 21

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
