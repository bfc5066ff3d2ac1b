import type { Weights } from '../ladder/Weights.ts'
import { year } from '../units/UnixTime.ts'
import type { Usd } from '../units/Usd.ts'

/** What the bond and govern layers hold, in cents: cover capital in force and the reserve saved so far. */
export type Protection = { coverUsd: Usd; reserveUsd: Usd; carryUsd: Usd }

/** How money becomes protection: one named parameter each, with its source in `economyParameters`. */
export type Economy = {
  /** yearly security budget as a share of the value locked */
  readonly budgetPerYear: number
  /** what a dollar of cover capital costs a year: WACC − yield + load */
  readonly coverCostPerYear: number
  /** share of the cover that is gone when it is needed, because it fails with the bridge */
  readonly coverCorrelation: number
  /** share of the govern layer's money that is saved as reserve; the rest pays audits and drills */
  readonly reserveShare: number
  /** seconds from a proven loss to paid claims */
  readonly claimSeconds: number
  /** what a held dollar costs its owner, per year */
  readonly frictionPerYear: number
  /** seconds until people outside notice, when the watchers are deceived */
  readonly humanSeconds: number
}

export const defaultEconomy: Economy = {
  budgetPerYear: 0.02,
  coverCostPerYear: 0.1,
  coverCorrelation: 0.2,
  reserveShare: 0.5,
  claimSeconds: 259_200,
  frictionPerYear: 0.1,
  humanSeconds: 13_320,
}

/** Where each parameter comes from; an assumption is called one. */
export const economyParameters: readonly {
  readonly name: keyof Economy
  readonly unit: string
  readonly source: string
}[] = [
  {
    name: 'budgetPerYear',
    unit: 'share of value locked per year',
    source: 'default of the design; the board’s real number where known',
  },
  {
    name: 'coverCostPerYear',
    unit: 'dollars per dollar of cover and year',
    source: 'assumption: WACC 12% − yield 4% + load 2%; range 5–25%',
  },
  {
    name: 'coverCorrelation',
    unit: 'share',
    source: 'assumption: cover held partly in bridged tokens; range 0–0.5',
  },
  {
    name: 'reserveShare',
    unit: 'share',
    source: 'assumption: half to audits and drills, half saved; range 0.2–0.8',
  },
  {
    name: 'claimSeconds',
    unit: 's',
    source: 'assumption: three days from proof to payment; range 1–14 days',
  },
  {
    name: 'frictionPerYear',
    unit: 'per year',
    source: 'assumption: cost of capital of the held user; range 5–20%',
  },
  {
    name: 'humanSeconds',
    unit: 's',
    source: 'median time to public notice, 17 timed bridge incidents 2021–2026 (3.7 h)',
  },
]

export function create(): Protection {
  return { coverUsd: 0, reserveUsd: 0, carryUsd: 0 }
}

/**
 * Spends one stretch of time's budget by the weights: the mid layer keeps cover in force, the far layer saves.
 *
 * `K = w_mid·B·(1 − correlation) ÷ cost of cover`, B the yearly budget; the near layer's share buys watching and
 * friction, whose effect is the guard's own.
 */
export function accrue(
  protection: Protection,
  economy: Economy,
  weights: Weights,
  lockedUsd: Usd,
  seconds: number,
  spends: boolean,
): void {
  if (!spends) return
  const budgetPerYear = economy.budgetPerYear * Math.max(0, lockedUsd)
  const spent = (budgetPerYear * seconds) / year
  protection.coverUsd =
    (weights.mid * budgetPerYear * (1 - economy.coverCorrelation)) / economy.coverCostPerYear
  protection.reserveUsd += weights.far * spent * economy.reserveShare
  protection.carryUsd += spent
}
