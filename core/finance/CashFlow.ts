import type { UnixTime } from '../units/UnixTime.ts'
import { day } from '../units/UnixTime.ts'
import * as Input from './Input.ts'

/** Money paid (negative) or received (positive) at a time, in whatever unit of money the caller keeps. */
export type CashFlow = { readonly at: UnixTime; readonly amount: number }

/** The year of spreadsheets: XNPV and XIRR count 365 days, whatever the calendar says. */
export const yearSeconds = 365 * day

/**
 * Net present value at `from`, in the unit of the flows: `Σ aᵢ·(1 + r)^(−(tᵢ − from)/365 days)`.
 *
 * This is XNPV of spreadsheets where `from` is the first flow, and NPV where `from` is one period before it. Throws
 * FINANCE_INPUT_INVALID for a rate of −1 or less.
 *
 * @param rate per year of 365 days
 *
 * @example
 * CashFlow.npv(0.1, [{ at: 31_536_000, amount: 110 }], 0) // ≈ 100
 */
export function npv(rate: number, flows: readonly CashFlow[], from: UnixTime = flows[0]?.at ?? 0): number {
  Input.above(-1, rate, 'rate')
  return Input.result(valueAt(Math.log1p(rate), flows, from), 'net present value')
}

/** The same by force of interest: `x = ln(1 + r)`, under which every rate above −1 has a place on the whole line. */
export function valueAt(force: number, flows: readonly CashFlow[], from: UnixTime): number {
  let sum = 0
  for (const { at, amount } of flows) sum += amount * Math.exp((-force * (at - from)) / yearSeconds)
  return sum
}
