import type { Usd } from '../../units/Usd.ts'

/** How much protection a year's spending buys, layer by layer; money in dollars, times in seconds, rates per year. */
export type Curves = {
  /** of the guard's money: share for watchers; share for people on call; what is left is the friction allowance */
  readonly watchShare: number
  readonly onCallShare: number
  /** dollars a year for one watcher with nodes of its own on every chain */
  readonly watcherDollars: number
  /** chance that one watcher alone misses an attack it could see */
  readonly missPerWatcher: number
  /** from a bad leg to a stop in force, when watchers see it */
  readonly watcherSeconds: number
  /** dollars a year on call that halve the time people need */
  readonly onCallDollars: number
  /** least share of people's time that no money takes away */
  readonly onCallFloor: number
  /** value that leaves the bridge honestly in a day, share of the value locked */
  readonly flowPerDay: number
  /** a limit of this share of the value locked holds 1/e of the honest value */
  readonly flowScale: number
  /** no limit is tighter than this share of the value locked */
  readonly limitFloor: number
  /** a limit refills once in this time */
  readonly windowSeconds: number
  /** what is held passes after this time, unless people have stopped it */
  readonly holdSeconds: number
  /** share of held value that its owner would have paid in fees and now takes elsewhere */
  readonly holdLossShare: number
  /** share of the value locked that passes before a seen attack is answered: the hard finding */
  readonly hardShare: number
  /** how the price of cover rises with the share of the value locked that is covered */
  readonly coverSurge: number
  /** share of the bond that is the operators' own stake, gone when the operators are taken */
  readonly stakeShare: number
  /** dollars a year of audits, drills and review that halve the bugs that can be found at all */
  readonly auditDollars: number
  /** share of bugs and bad upgrades that review can find at all */
  readonly findableShare: number
  /** an audit is worth half after this time */
  readonly auditHalfLifeSeconds: number
  /** time from one audit to the next */
  readonly auditIntervalSeconds: number
  /** years that the reserve was saved up before the first day */
  readonly reserveYears: number
  /** what a dollar kept in reserve costs a year */
  readonly reserveCostPerYear: number
  /** rigid: dollars a year on the wall of signers that halve the key thefts a better wall prevents */
  readonly signerDollars: number
  /** rigid: share of key thefts that a better wall can prevent at all */
  readonly signerShare: number
}

export const defaultCurves: Curves = {
  watchShare: 0.4,
  onCallShare: 0.4,
  watcherDollars: 120_000,
  missPerWatcher: 0.2,
  watcherSeconds: 36,
  onCallDollars: 300_000,
  onCallFloor: 0.07,
  flowPerDay: 0.01,
  flowScale: 0.03,
  limitFloor: 0.002,
  windowSeconds: 21_600,
  holdSeconds: 14_400,
  holdLossShare: 0.0005,
  hardShare: 0.001,
  coverSurge: 1,
  stakeShare: 0.25,
  auditDollars: 500_000,
  findableShare: 0.6,
  auditHalfLifeSeconds: 31_557_600,
  auditIntervalSeconds: 31_557_600,
  reserveYears: 2,
  reserveCostPerYear: 0.08,
  signerDollars: 1_000_000,
  signerShare: 0.5,
}

/**
 * The share that money has not reached yet, when every further `halfUsd` reaches half of what is left.
 *
 * @example
 * Curves.unreached(200, 100) // 0.25
 */
export function unreached(spendUsd: Usd, halfUsd: Usd): number {
  return 2 ** (-spendUsd / halfUsd)
}
