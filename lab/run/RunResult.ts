import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import type { Health } from './health.ts'

/** What one run of a scenario came to; money in dollars. */
export type RunResult = {
  readonly name: string
  readonly incident: string
  readonly says: string
  readonly steps: 'single' | 'many'
  readonly limitedBy: string
  readonly level: Level
  readonly seed: number
  readonly on: OnResult
  readonly off: { readonly lostUsd: number }
  /** names of the findings made because of the attack, in the order they came */
  readonly detectedBy: readonly string[]
  /** what a guard that watches the mempool found wrong with a transaction of the attack before it was mined */
  readonly foreseenBy: readonly string[]
  /** the longest the watch has taken to answer a block, wall time */
  readonly answerMilliseconds: number
  /** how honest people were served by both, where that was asked for */
  readonly health?: { readonly on: Health; readonly off: Health }
}

export type OnResult = {
  readonly lostUsd: number
  /** what the other side lost more */
  readonly preventedUsd: number
  /** taken from the stake of who signed what was never sent; part of what is covered */
  readonly slashedUsd: number
  /** paid by stake and the cover vault, on chain */
  readonly coveredUsd: number
  /** paid by the reserve, on chain */
  readonly backstoppedUsd: number
  readonly shortfallUsd: number
  /**
   * from the first bad block to the last in which the attack moved value; null where one transaction is all, and
   * where nothing is seen that could be contained
   */
  readonly blocksToContain: number | null
  /** the same, contained or not */
  readonly blocksMoved: number
  readonly boundUsd: number
}

/** All runs of a scenario at one level: the one in which the guarded bridge lost most, and how far they spread. */
export type ScenarioResult = Omit<RunResult, 'answerMilliseconds'> & {
  readonly runs: number
  readonly worst: {
    /** null as in a run */
    readonly blocksToContain: { readonly blocks: number; readonly seed: number } | null
    /** the largest part of its bound that was lost, 0 to 1 */
    readonly ofBound: { readonly share: number; readonly seed: number }
  }
}

/** What honest traffic suffers with nobody attacking. */
export type HonestResult = {
  readonly transfers: number
  readonly pauses: number
  readonly held: number
  readonly accusations: number
  readonly reorgs: number
  /** what the arbitrageur took to bring the pair back to par, how often its liquidity changed, what was voted through */
  readonly trades: number
  readonly liquidityChanges: number
  readonly proposals: number
  /** how often each rule had something to say */
  readonly findings: Readonly<Record<string, number>>
}

export type LabResult = {
  readonly scenarios: readonly ScenarioResult[]
  readonly honest: HonestResult | null
  readonly summary: Summary
}

/** What all runs say together. */
export type Summary = {
  readonly runs: number
  /** runs of attacks that can be contained */
  readonly containment: {
    readonly runs: number
    /** 95 of 100 are contained within so many blocks after the first bad one; null without runs */
    readonly p95Blocks: number | null
    readonly worst: (RunId & { readonly blocks: number }) | null
  }
  /** runs that lost more than the bound that was stated before */
  readonly overBound: readonly RunId[]
  /** runs in which the open twin lost nothing either: an attack that failed by itself proves nothing */
  readonly harmless: readonly RunId[]
  /** scenarios that lost nothing in any run */
  readonly stopped: readonly string[]
  /** the longest the watch has taken to answer a block, wall time */
  readonly answerMilliseconds: number
}

/** What it takes to run it again. */
export type RunId = { readonly name: string; readonly level: Level; readonly seed: number }
