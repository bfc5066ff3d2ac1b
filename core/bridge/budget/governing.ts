import type { Usd } from '../../units/Usd.ts'
import { unreached } from './Curves.ts'
import type { Spending } from './guarding.ts'

/** What the govern layer is worth at a yearly spending; money in cents. */
export type Governing = {
  /** share of bugs and bad upgrades that a fresh audit keeps from happening */
  readonly bugCut: number
  readonly reserveUsd: Usd
  readonly reservePerYearUsd: Usd
  /** audits and drills: spent and gone */
  readonly consumedPerYearUsd: Usd
}

/**
 * The govern layer's curve: review that finds fewer bugs with each further dollar, and a reserve that grows.
 *
 * A fresh audit cuts `findable·(1 − 2^(−spend ÷ half))` of bugs and bad upgrades, none of stolen keys; its worth
 * halves every `auditHalfLifeSeconds`.
 */
export function governing({ spendUsd, economy, curves }: Omit<Spending, 'lockedUsd'>): Governing {
  const reservePerYearUsd = spendUsd * economy.reserveShare
  const consumedPerYearUsd = spendUsd - reservePerYearUsd
  return {
    bugCut: curves.findableShare * (1 - unreached(consumedPerYearUsd, curves.auditDollars * 100)),
    reserveUsd: reservePerYearUsd * curves.reserveYears,
    reservePerYearUsd,
    consumedPerYearUsd,
  }
}

/** Share of key thefts that a wall of signers prevents when the whole budget goes into it. */
export function signerCut({ spendUsd, curves }: Pick<Spending, 'spendUsd' | 'curves'>): number {
  return curves.signerShare * (1 - unreached(spendUsd, curves.signerDollars * 100))
}
