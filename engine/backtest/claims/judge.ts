import type { Claim, Interval, Verdict } from '../BacktestResult.ts'

/** What a page says, as the range of values under which it would be true. */
export type Said = { readonly id: string; readonly claimed: string; readonly range: Interval }

export type Measured = {
  readonly value: number
  /** absent where there is one event only, and so nothing to resample */
  readonly interval?: Interval
  readonly why: string
  readonly accountUsd?: number
}

/**
 * Holds a measured value against what is claimed: it holds within the range; it does not when the range lies wholly
 * outside of the interval; in between the record cannot tell.
 *
 * @example
 * judge({ id: 'C15', claimed: 'over 80%', range: [0.8, 1] }, { value: 0.7, interval: [0.6, 0.75], why: '' }).verdict // 'does not hold'
 */
export function judge({ id, claimed, range }: Said, { value, interval, why, accountUsd }: Measured): Claim {
  const [low, high] = interval ?? [value, value]
  const isWithin = value >= range[0] && value <= range[1]
  const isApart = high < range[0] || low > range[1]
  const verdict: Verdict = isWithin ? 'holds' : isApart ? 'does not hold' : 'cannot be tested'
  return {
    id,
    claimed,
    measured: value,
    low: interval ? low : null,
    high: interval ? high : null,
    verdict,
    why: verdict === 'cannot be tested' ? `${why} The record is too short to tell this from the claim.` : why,
    ...(accountUsd === undefined ? {} : { accountUsd }),
  }
}

/** A claim that nothing here can decide, with what could be measured in its place. */
export function untestable(
  { id, claimed }: Omit<Said, 'range'>,
  why: string,
  measured: number | null = null,
): Claim {
  return { id, claimed, measured, low: null, high: null, verdict: 'cannot be tested', why }
}

/** A share as a person writes it. */
export function percent(value: number, digits = 1): string {
  return `${(100 * value).toFixed(digits)}%`
}
