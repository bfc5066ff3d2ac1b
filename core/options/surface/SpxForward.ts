import * as UnixTime from '../../units/UnixTime.ts'

/** What an index would cost at a later time: its level now, and what carries it. */
export type Carry = {
  /** points */
  readonly spot: number
  /** continuously compounded, per year */
  readonly rate: number
  /** the same */
  readonly dividendYield: number
}

/**
 * The forward, points: `S·e^((r − q)·T)`.
 *
 * @example
 * SpxForward.at({ spot: 4000, rate: 0.05, dividendYield: 0.015 }, 0.5) // ≈ 4070.6
 */
export function at({ spot, rate, dividendYield }: Carry, years: number): number {
  return spot * Math.exp((rate - dividendYield) * years)
}

/**
 * The dividend yield of the SPX as it was known on `date`, per year: that of the last whole year before it.
 *
 * @example
 * SpxForward.dividendYield(UnixTime.parse('2020-03-16')) // 0.02
 */
export function dividendYield(date: UnixTime.UnixTime): number {
  return yieldOf(UnixTime.toCivil(date).year - 1)
}

/**
 * What the SPX paid in a year, which is known only after it; that of the nearest year on record for any other.
 *
 * @example
 * SpxForward.yieldOf(2022) // ≈ 0.0164
 */
export function yieldOf(year: number): number {
  return percentByYear[Math.min(Math.max(year, firstYear), lastYear) - firstYear]! / 100
}

/**
 * Percent by year: total return of the SPX over its price return. To 2021 from Cboe's monthly table of strategy indices
 * (`sptr` and `spx`), printed by `node scripts/fitSurface.ts`; later years from the returns that S&P Dow Jones Indices
 * publishes, 2022 to 2025 -18.11%, 26.29%, 25.02% and 17.88% with dividends, -19.44%, 24.23%, 23.31% and 16.39% without.
 * Where the list ends its last year stays.
 */
const firstYear = 1989
const percentByYear = [
  3.43, 3.63, 3.24, 2.98, 2.79, 2.86, 2.55, 2.22, 1.78, 1.5, 1.26, 1.14, 1.32, 1.64, 1.81, 1.72, 1.84, 1.9,
  1.88, 2.39, 2.41, 2.0, 2.09, 2.26, 2.13, 2.04, 2.1, 2.19, 2.0, 1.96, 2.0, 1.82, 1.42, 1.64, 1.64, 1.38,
  1.27,
]

/** The last year whose dividends are on record here. */
export const lastYear = firstYear + percentByYear.length - 1
