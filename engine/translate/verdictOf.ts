import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import type { Verdict } from './Translation.ts'

/** An effect of less than this is of no use: a basis point a year, $20,000 on $200M, half a percent of the budget. */
export const usefulBp = 1

/**
 * The verdict on a concept, by one rule for all, written down before any was measured. Effects in basis points a year,
 * with intervals; undefined where a side was not measured.
 *
 * - *cannot be measured here*: a side is missing.
 * - *translates*: both intervals exclude 0 on the same side, and neither lies within ±1. It does on a bridge what it does
 *   in the options book, be that help or harm.
 * - *does not*: the bridge's interval holds no useful effect, or only effects against those of the options book.
 * - *partly*: all else. The bridge may gain, but one of the two intervals does not tell.
 *
 * @example
 * verdictOf({ value: 9, low: 4, high: 12 }, { value: 5, low: 2, high: 8 }) // 'translates'
 * verdictOf({ value: 9, low: 4, high: 12 }, { value: 0, low: 0, high: 0 }) // 'does not'
 */
export function verdictOf(options: Estimate | undefined, bridge: Estimate | undefined): Verdict {
  if (options === undefined || bridge === undefined) return 'cannot be measured here'
  const [there, here] = [readingOf(options), readingOf(bridge)]
  if (there === here && (here === 'helps' || here === 'harms')) return 'translates'
  if (here === 'nothing') return 'does not'
  if (there === 'harms') return bridge.low > -usefulBp ? 'does not' : 'partly'
  return bridge.high < usefulBp ? 'does not' : 'partly'
}

/** What an interval says by itself. */
export type Reading = 'helps' | 'harms' | 'nothing' | 'open'

export function readingOf({ low, high }: Estimate): Reading {
  if (low > -usefulBp && high < usefulBp) return 'nothing'
  if (low > 0) return 'helps'
  return high < 0 ? 'harms' : 'open'
}
