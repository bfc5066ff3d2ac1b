import * as Rate from '../units/Rate.ts'
import { day } from '../units/UnixTime.ts'
import * as Input from './Input.ts'

/** Something that protected in full on its first day: an audit, a key rotation, a drill. */
export type Part = { readonly ageSeconds: number; readonly halfLifeSeconds: number }

/**
 * What is left of protection that wears away in several ways at once: `Π 2^(−age ÷ half-life)`, 1 fresh to 0 gone; 1
 * for no parts.
 *
 * @example
 * DecayingProtection.left([{ ageSeconds: 100, halfLifeSeconds: 100 }, { ageSeconds: 50, halfLifeSeconds: 25 }]) // 0.125
 */
export function left(parts: readonly Part[]): number {
  let product = 1
  for (const { ageSeconds, halfLifeSeconds } of parts) {
    Input.above(0, halfLifeSeconds, 'half-life')
    product *= Rate.decay(halfLifeSeconds, Input.atLeast(0, ageSeconds, 'age'))
  }
  return product
}

/**
 * Theta: what one more day takes of it, `left · (1 − Π 2^(−1 day ÷ half-life))`, a share per day; the time value of an
 * option that is never exercised.
 *
 * @example
 * DecayingProtection.theta([{ ageSeconds: 0, halfLifeSeconds: 86_400 }]) // 0.5
 */
export function theta(parts: readonly Part[]): number {
  return left(parts) * (1 - left(parts.map(({ halfLifeSeconds }) => ({ ageSeconds: day, halfLifeSeconds }))))
}

/**
 * What the remaining life of that protection is worth today: an annuity of `perYear`, wearing away and discounted at
 * `rate`: `left · perYear ÷ (rate + Σ ln 2 ÷ half-life)`, in the unit of `perYear`.
 *
 * Throws FINANCE_INPUT_INVALID where nothing wears away and nothing is discounted: it would last for ever.
 *
 * @example
 * DecayingProtection.value([{ ageSeconds: 0, halfLifeSeconds: 31_557_600 }], 100, 0) // ≈ 144.27
 */
export function value(parts: readonly Part[], perYear: number, rate: Rate.Rate): number {
  const remaining = left(parts)
  let force = Input.atLeast(0, rate, 'rate')
  for (const { halfLifeSeconds } of parts) force += Math.LN2 / Rate.over(1, halfLifeSeconds)
  return Input.result(
    (remaining * Input.finite(perYear, 'protection')) / Input.above(0, force, 'decay'),
    'value',
  )
}
