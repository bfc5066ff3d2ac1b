import type { Usd } from '../../units/Usd.ts'
import type { Spending } from './guarding.ts'

/** What the bond layer holds in force, in cents. */
export type Bonding = {
  /** pays whatever the cause */
  readonly coverUsd: Usd
  /** part of it that is gone when the operators themselves are taken */
  readonly stakeUsd: Usd
}

/**
 * The bond's curve: cover in force for a yearly premium, whose price rises with the share of the value covered.
 *
 * K solves `K·c·(1 + surge·K ÷ V) = spend`; what pays is `K·(1 − correlation)`. With surge 0 it is the line of
 * docs/decisions/0010-budget-to-protection.md.
 *
 * @example
 * const economy = { ...Protection.defaultEconomy, coverCostPerYear: 0.1, coverCorrelation: 0 }
 * bonding({ spendUsd: 10, lockedUsd: 1000, economy, curves: { ...Curves.defaultCurves, coverSurge: 0 } }).coverUsd // 100
 */
export function bonding({ spendUsd, lockedUsd, economy, curves }: Spending): Bonding {
  const face = faceUsd(spendUsd / economy.coverCostPerYear, curves.coverSurge / Math.max(1, lockedUsd))
  const coverUsd = face * (1 - economy.coverCorrelation)
  return { coverUsd, stakeUsd: coverUsd * curves.stakeShare }
}

/** The positive root of `K + bend·K² = line`, written so that a bend of 0 gives the line itself. */
function faceUsd(line: Usd, bend: number): Usd {
  return (2 * line) / (1 + Math.sqrt(1 + 4 * bend * line))
}
