import type { Kind } from '@cutwater/core/options/pricing/Black76.ts'

/** What prices of ours are held against: quotes of real chains. Dates are `2022-02-04`, volatilities per year as fractions. */
export type QuotesResult = {
  readonly chains: readonly ChainUsed[]
  /** the surface that a day's indices imply */
  readonly surface: readonly Bias[]
  /** a smile fitted to the very quotes: what is left is its form */
  readonly fitted: readonly Bias[]
  /** where legs of condors of about a month stand */
  readonly strikes: readonly StrikeBias[]
  /** each of these legs */
  readonly legs: readonly Leg[]
  /** the same counted, by what they are priced with */
  readonly within: readonly Within[]
  readonly calendars: Calendars
}

export type ChainUsed = {
  readonly date: string
  readonly expiries: number
  /** of the moment that the indices are of; others are read and counted in nothing */
  readonly isAtClose: boolean
}

/** Modelled less quoted volatility of out-of-the-money options, by delta and calendar days left. */
export type Bias = {
  readonly kind: Kind
  readonly delta: Range
  readonly days: Range
  readonly options: number
  readonly states: number
  /** mean of states, each weighing the same */
  readonly mean: number
  /** its standard error; null of a single state */
  readonly error: number | null
  /** mean without sign, of options */
  readonly apart: number
}

/** At least the first, less than the second. */
export type Range = readonly [from: number, to: number]

/** The delta that quotes give to the strike at which the surface has `delta`. */
export type StrikeBias = {
  readonly kind: Kind
  readonly delta: number
  readonly states: readonly { readonly state: string; readonly mean: number }[]
  readonly mean: number
  readonly error: number | null
}

export type Leg = {
  readonly date: string
  readonly days: number
  readonly kind: Kind
  readonly delta: number
  /** by the surface, and by the quotes, points */
  readonly strike: number
  readonly quotedStrike: number
  /** what quotes have at the strike of the surface */
  readonly quotedDelta: number
  /** of the listed strike nearest to it */
  readonly bid: number
  readonly ask: number
  readonly price: number
  /** half-spreads that the price is from the middle; within from -1 to 1 */
  readonly away: number
}

export type Within = {
  readonly pricedBy: 'surface' | 'form' | 'fitted'
  readonly year: string
  readonly legs: number
  readonly within: number
  /** shares of the middle, in the mean */
  readonly offMiddle: number
  readonly halfSpread: number
}

/** Days on which an option costs less at a later expiry, and so a calendar spread nothing. */
export type Calendars = {
  readonly days: number
  readonly faulty: number
  /** calendar days to the earlier expiry of the nearest one found; null without one */
  readonly nearestDays: number | null
}

/** Whether a leg is priced within its quote, its edges included. */
export function isWithin({ away }: Leg): boolean {
  return Math.abs(away) <= 1 + 1e-9
}
