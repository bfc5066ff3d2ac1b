import type { Model } from './Model.ts'
import * as PathDraws from './PathDraws.ts'
import type { Plan } from './Plan.ts'
import { type Outcome, outcome, settlePath } from './settlePath.ts'
import * as Tally from './Tally.ts'

/** Paths to run: all plans on each of them, so that plans are compared on the same luck. */
export type Batch = {
  readonly model: Model
  readonly plans: readonly Plan[]
  readonly seed: number
  readonly firstPath: number
  readonly paths: number
  /**
   * dollars a year of shortfall from which on it is priced as tail, plan by plan; without it, comparisons are of the
   * plain cost
   */
  readonly tailFrom?: readonly number[]
}

/**
 * Runs a batch and returns one tally for each plan. Differences are against the first plan.
 *
 * The price of the tail is `load·(q + (S − q)⁺ ÷ 1%)`, whose least mean over q is `load·CVaR99` (Rockafellar and
 * Uryasev, "Optimization of conditional value-at-risk", Journal of Risk 2, 2000): with a q found before, plans differ
 * by a plain mean, which has a plain standard error.
 */
export function runPaths({ model, plans, seed, firstPath, paths, tailFrom }: Batch): Tally.Tally[] {
  const tallies = plans.map(() => Tally.create())
  const withSignals = plans.some(({ adapts }) => adapts)
  const draws = PathDraws.create(PathDraws.roomFor(model))
  const drawPath = PathDraws.drawer(draws, model, seed, withSignals)
  const out = outcome()
  // Nothing comes on most paths: they are counted here and added together.
  let quiet = 0
  for (let path = firstPath; path < firstPath + paths; path++) {
    drawPath(path)
    if (draws.attacks === 0 && draws.signals === 0) quiet++
    else addAll(1)
  }
  draws.attacks = 0
  draws.signals = 0
  if (quiet > 0) addAll(quiet)
  return tallies

  function addAll(times: number): void {
    let first = 0
    for (let index = 0; index < plans.length; index++) {
      settlePath(model, plans[index]!, draws, out)
      const objective = objectiveOf(out, model.assumptions.riskLoad, tailFrom?.[index])
      if (index === 0) first = objective
      Tally.add(tallies[index]!, out, objective, first, times)
    }
  }
}

/** The level of the tail that is priced. */
export const tailLevel = 0.99

function objectiveOf(out: Outcome, riskLoad: number, tailFrom: number | undefined): number {
  const cost = out.costUsd / 100
  if (tailFrom === undefined) return cost
  const above = Math.max(0, out.shortfallUsd / 100 - tailFrom)
  return cost + riskLoad * (tailFrom + above / (1 - tailLevel))
}
