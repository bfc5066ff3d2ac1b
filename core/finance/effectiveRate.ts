import { CutwaterError } from '../units/CutwaterError.ts'
import * as Input from './Input.ts'

/** One partner: the rate against it, what it weighs, and the price levels here and there (1 and 1 leave it nominal). */
export type Partner = {
  readonly rate: number
  readonly weight: number
  readonly levelHere: number
  readonly levelThere: number
}

/**
 * The real effective rate, 1 at par: `Π (rateᵢ · levelHere ÷ levelThere)^(wᵢ)` with weights that sum to one, the
 * geometric index of the Bank for International Settlements (Klau and Fung, BIS Quarterly Review, March 2006).
 *
 * Throws EFFECTIVE_RATE_NO_WEIGHT where nothing weighs anything.
 *
 * @example
 * effectiveRate([{ rate: 4, weight: 1, levelHere: 1, levelThere: 1 }, { rate: 1, weight: 1, levelHere: 1, levelThere: 1 }]) // ≈ 2
 */
export function effectiveRate(partners: readonly Partner[]): number {
  let [logs, weights] = [0, 0]
  for (const { rate, weight, levelHere, levelThere } of partners) {
    weights += Input.atLeast(0, weight, 'weight')
    const real =
      (Input.above(0, rate, 'rate') * Input.above(0, levelHere, 'price level')) /
      Input.above(0, levelThere, 'price level')
    logs += weight * Math.log(real)
  }
  if (weights > 0) return Input.result(Math.exp(logs / weights), 'effective rate')
  throw new CutwaterError('EFFECTIVE_RATE_NO_WEIGHT', 'no partner weighs anything', {
    right: 'a weight above 0',
  })
}
