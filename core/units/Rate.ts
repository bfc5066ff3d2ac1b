import { CutwaterError } from './CutwaterError.ts'
import { year } from './UnixTime.ts'

/** A rate per year of 365.25 days, as a fraction: 0.05 is 5% a year. */
export type Rate = number

/**
 * The same rate per second.
 *
 * @example
 * Rate.perSecond(31_557_600) // 1
 */
export function perSecond(rate: Rate): number {
  return rate / year
}

/**
 * What a rate comes to over `seconds`, by simple interest, as a fraction.
 *
 * @example
 * Rate.over(0.05, 15_778_800) // 0.025
 */
export function over(rate: Rate, seconds: number): number {
  return (rate * seconds) / year
}

/**
 * The share that is left after `elapsedSeconds` of what halves every `halfLifeSeconds`: `2^(-elapsed/half-life)`.
 *
 * A half-life of 0 leaves nothing once any time has passed; an infinite one leaves all. Throws
 * RATE_DECAY_INVALID where either number is negative or not a number.
 *
 * @example
 * Rate.decay(3600, 7200) // 0.25
 * Rate.decay(0, 1) // 0
 */
export function decay(halfLifeSeconds: number, elapsedSeconds: number): number {
  if (!(halfLifeSeconds >= 0 && elapsedSeconds >= 0)) throw decayInvalid(halfLifeSeconds, elapsedSeconds)
  if (elapsedSeconds === 0 || halfLifeSeconds === Number.POSITIVE_INFINITY) return 1
  return 2 ** (-elapsedSeconds / halfLifeSeconds)
}

function decayInvalid(halfLifeSeconds: number, elapsedSeconds: number): CutwaterError {
  const what = `cannot decay for ${elapsedSeconds} s with a half-life of ${halfLifeSeconds} s`
  return new CutwaterError('RATE_DECAY_INVALID', what, { right: 'two numbers of seconds, 0 or more' })
}
