import type { Rate } from '../units/Rate.ts'
import * as Input from './Input.ts'

export type Security = {
  /** what security costs a year, and what it protects: one unit of money */
  readonly costPerYear: number
  readonly protectedValue: number
  /** cost of capital, and what the protected value itself earns, per year */
  readonly wacc: Rate
  readonly yield: Rate
}

/**
 * What protection must earn to pay for itself, and what capital asks beyond the yield: `point = cost ÷ value`,
 * `hurdle = WACC − yield`, both per year. Above the hurdle the money would do better elsewhere: time to rebalance.
 *
 * @example
 * breakEven({ costPerYear: 2, protectedValue: 100, wacc: 0.12, yield: 0.04 }) // ≈ { point: 0.02, hurdle: 0.08, gap: -0.06 }
 */
export function breakEven({ costPerYear, protectedValue, wacc, yield: earned }: Security): BreakEven {
  const cost = Input.atLeast(0, costPerYear, 'yearly cost')
  const point = Input.result(cost / Input.above(0, protectedValue, 'value protected'), 'break-even')
  const hurdle = Input.finite(wacc, 'cost of capital') - Input.finite(earned, 'yield')
  return { point, hurdle, gap: point - hurdle }
}

/** All per year; `gap` above 0 calls for a rebalance. */
export type BreakEven = { readonly point: Rate; readonly hurdle: Rate; readonly gap: Rate }
