import { CutwaterError } from '../units/CutwaterError.ts'
import type { Rate } from '../units/Rate.ts'
import * as Input from './Input.ts'

/** What a stream of payments is worth: `next` is paid in a year, grows at `growth` for ever, discounted at `cost`. */
export type Constant = { readonly next: number; readonly growth: Rate; readonly cost: Rate }

/**
 * The value today of payments that grow at one rate for ever: `D₁ ÷ (r − g)` (Gordon, Review of Economics and
 * Statistics 41, 1959), in the unit of the payments.
 *
 * Throws DDM_GROWTH_TOO_HIGH unless the cost of capital is above the growth: the sum would have no end.
 *
 * @example
 * Ddm.constantGrowth({ next: 3.69792, growth: 0.07, cost: 0.15 }) // ≈ 46.224
 */
export function constantGrowth({ next, growth, cost }: Constant): number {
  Input.atLeast(0, next, 'next payment')
  Input.above(-1, growth, 'growth')
  if (!(Input.finite(cost, 'cost of capital') > growth)) throw growthTooHigh(growth, cost)
  return Input.result(next / (cost - growth), 'value')
}

/** Growth of `growth` for `years` whole years, and of `growthAfter` from then on. */
export type TwoStage = Constant & { readonly years: number; readonly growthAfter: Rate }

/**
 * The value today of payments that grow at one rate for some years and at another for ever after:
 * `Σ_{t≤n} D₁(1+g)^(t−1)/(1+r)^t + D₁(1+g)^(n−1)(1+g′) ÷ ((r − g′)(1+r)^n)`.
 *
 * Throws DDM_GROWTH_TOO_HIGH unless the cost of capital is above the later growth.
 *
 * @example
 * Ddm.twoStage({ next: 2.4, growth: 0.2, years: 3, growthAfter: 0.07, cost: 0.15 }) // ≈ 36.930057
 */
export function twoStage({ next, growth, years, growthAfter, cost }: TwoStage): number {
  Input.above(-1, growth, 'growth')
  Input.above(-1, cost, 'cost of capital')
  Input.atLeast(0, years, 'years')
  let [value, payment, discount] = [0, Input.atLeast(0, next, 'next payment'), 1]
  for (let t = 1; t <= Math.floor(years); t++) {
    discount /= 1 + cost
    value += payment * discount
    payment *= 1 + (t < Math.floor(years) ? growth : growthAfter)
  }
  return value + discount * constantGrowth({ next: payment, growth: growthAfter, cost })
}

function growthTooHigh(growth: Rate, cost: Rate): CutwaterError {
  return new CutwaterError(
    'DDM_GROWTH_TOO_HIGH',
    `payments grow at ${growth} for ever and are discounted at ${cost}`,
    {
      right: 'a cost of capital above the growth',
    },
  )
}
