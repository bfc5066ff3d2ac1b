import type * as Model from '@cutwater/core/simulation/attack/Model.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { tailLevel } from '@cutwater/core/simulation/attack/runPaths.ts'
import * as Tally from '@cutwater/core/simulation/attack/Tally.ts'
import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import type { Crew } from '../ports/Crew.ts'
import { runMany } from './runMany.ts'

/** What studies of one bridge have in common. */
export type Study = {
  readonly model: Model.Model
  readonly crew: Crew
  readonly paths: number
  readonly seed: number
}

export type Compared = {
  readonly name: string
  /** cost and the price of the tail, dollars a year */
  readonly totalUsd: number
  /** total less that of the first, on the same paths */
  readonly againstFirstUsd: Estimate
  readonly shortfallUsd: number
  readonly ruin: number
}

/**
 * Plans side by side on the same paths, tail included, with an interval for each difference.
 *
 * A fifth of the paths finds where each plan's tail begins; the others, from another seed, do not know the choice.
 */
export async function compare(
  { model, crew, paths, seed }: Study,
  recipes: readonly Plan.Recipe[],
): Promise<readonly Compared[]> {
  const plans = recipes.map((recipe) => Plan.of(recipe, model))
  const pilot = await runMany({ job: { model, plans, seed }, paths: Math.ceil(paths / 5), crew })
  const tailFrom = pilot.tallies.map((tally) => Tally.tail(tally, tailLevel).quantile)
  const job = { model, plans, seed: seed + 1, tailFrom }
  const { tallies } = await runMany({ job, paths, crew })
  return tallies.map((tally, index) => {
    const difference = Tally.mean(tally, 'difference')
    const half = 1.96 * Tally.standardError(tally, 'difference')
    return {
      name: plans[index]!.name,
      totalUsd: Tally.mean(tally, 'objective') / model.years,
      againstFirstUsd: {
        value: difference / model.years,
        low: (difference - half) / model.years,
        high: (difference + half) / model.years,
      },
      shortfallUsd: Tally.mean(tally, 'shortfall') / model.years,
      ruin: Tally.mean(tally, 'ruined'),
    }
  })
}
