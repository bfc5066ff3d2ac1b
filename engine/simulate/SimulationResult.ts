import type { Weights } from '@cutwater/core/ladder/Weights.ts'
import type { Assumption } from '@cutwater/core/simulation/attack/Assumptions.ts'
import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'

/** What a simulation says; its keys are a contract. Money in dollars a year, intervals of 95%. */
export type SimulationResult = {
  readonly bridge: { readonly name: string; readonly valueUsd: number; readonly years: number }
  readonly seed: number
  readonly paths: number
  /** whether the intervals were narrow enough before all paths were run */
  readonly stoppedEarly: boolean
  readonly policies: readonly PlanResult[]
  /** the simplex of fixed splits, when it was asked for */
  readonly sweep: Sweep | null
  readonly attemptsPerYear: number
  readonly assumptions: readonly Assumption[]
  readonly notes: readonly string[]
}

export type PlanResult = {
  readonly name: string
  readonly weights: Weights
  /** spent, waited, paid from the reserve and lost by users */
  readonly costUsd: Estimate
  readonly shortfallUsd: Estimate
  /** mean shortfall of the worst hundredth of the paths */
  readonly cvar99Usd: Estimate
  /** chance of a path that ends the bridge */
  readonly ruin: Estimate
  /** the same by splitting, for ruin too rare to be seen on plain paths; null when it was not asked for */
  readonly rareRuin: Estimate | null
  /** cost plus the price of the tail */
  readonly totalUsd: number
  readonly waterfall: {
    readonly baselineUsd: number
    readonly preventedUsd: number
    readonly coveredUsd: number
    readonly backstoppedUsd: number
    readonly shortfallUsd: number
  }
  readonly carryUsd: number
  readonly frictionUsd: number
  /** cost less that of the first policy, on the same paths */
  readonly againstFirstUsd: Estimate
}

export type Sweep = {
  readonly splits: readonly SplitResult[]
  /** the split of least total cost among them */
  readonly best: SplitResult
  /** 40/40/20 */
  readonly ladder: SplitResult
}

export type SplitResult = { readonly weights: Weights; readonly totalUsd: number; readonly costUsd: number }
