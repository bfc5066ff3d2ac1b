import { CutwaterError } from '../units/CutwaterError.ts'
import type { Rate } from '../units/Rate.ts'
import * as Input from './Input.ts'

/** A part of the capital: how much of it there is, what it costs per year, and the share of its cost that tax gives back. */
export type Capital = { readonly amount: number; readonly cost: Rate; readonly taxShield?: number }

/**
 * The weighted average cost of capital per year: `Σ (amountᵢ ÷ Σ amount) · costᵢ · (1 − taxᵢ)`
 * (Modigliani and Miller, American Economic Review 53, 1963).
 *
 * Throws WACC_NO_CAPITAL where there is none.
 *
 * @example
 * wacc([{ amount: 75, cost: 0.101 }, { amount: 25, cost: 0.035, taxShield: 0.18 }]) // ≈ 0.082925
 */
export function wacc(parts: readonly Capital[]): Rate {
  let [total, costs] = [0, 0]
  for (const { amount, cost, taxShield = 0 } of parts) {
    total += Input.atLeast(0, amount, 'capital')
    costs += amount * Input.finite(cost, 'cost of capital') * (1 - Input.share(taxShield, 'tax shield'))
  }
  if (total > 0) return Input.result(costs / total, 'cost of capital')
  throw new CutwaterError('WACC_NO_CAPITAL', 'there is no capital', { right: 'an amount above 0' })
}
