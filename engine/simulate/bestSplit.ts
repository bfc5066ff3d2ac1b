import * as Weights from '@cutwater/core/ladder/Weights.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { compare, type Study } from './compare.ts'
import { runMany } from './runMany.ts'
import { simplex } from './simplex.ts'
import { totalOf } from './totalOf.ts'

/** How far 4/4/2 is from the split that costs least. */
export type BestSplit = {
  readonly best: Weights.Weights
  readonly bestTotalUsd: number
  readonly ladderTotalUsd: number
  /** how much more 4/4/2 costs than the best, in percent of the best; 95% interval */
  readonly regretOf442Pct: number
  readonly low: number
  readonly high: number
  /** splits of the coarse grid that cost at most five percent more than its best */
  readonly nearlyAsGood: readonly Weights.Weights[]
}

/**
 * Searches the fixed splits of the budget, coarse and then fine around the cheapest, and measures the regret of 4/4/2
 * on paths that the search has not seen, so that the luck of the winner does not count.
 */
export async function bestSplit(study: Study): Promise<BestSplit> {
  const coarse = await totals(study, simplex(10))
  const leader = cheapest(coarse)
  const fine = await totals(study, around(leader.weights))
  const best = cheapest(fine).weights
  const [ladder, chosen] = await compare({ ...study, seed: study.seed + 2 }, [
    Plan.recipeOfSplit(Weights.base),
    Plan.recipeOfSplit(best),
  ])
  const { value, low, high } = chosen!.againstFirstUsd
  const percent = (usd: number) => (100 * usd) / chosen!.totalUsd
  return {
    best,
    bestTotalUsd: chosen!.totalUsd,
    ladderTotalUsd: ladder!.totalUsd,
    regretOf442Pct: percent(-value),
    low: percent(-high),
    high: percent(-low),
    nearlyAsGood: coarse.filter(({ usd }) => usd <= 1.05 * leader.usd).map(({ weights }) => weights),
  }
}

type Total = { readonly weights: Weights.Weights; readonly usd: number }

async function totals(
  { model, crew, paths, seed }: Study,
  splits: readonly Weights.Weights[],
): Promise<readonly Total[]> {
  const plans = splits.map((split) => Plan.of(Plan.recipeOfSplit(split), model))
  const { tallies } = await runMany({ job: { model, plans, seed }, paths: Math.ceil(paths / 2), crew })
  return tallies.map((tally, index) => ({ weights: splits[index]!, usd: totalOf(tally, model) }))
}

/** The fine grid, a fortieth apart, within a tenth of a split. */
function around({ near, mid }: Weights.Weights): readonly Weights.Weights[] {
  return simplex(40).filter(
    (split) => Math.abs(split.near - near) < 0.1001 && Math.abs(split.mid - mid) < 0.1001,
  )
}

function cheapest(all: readonly Total[]): Total {
  return all.reduce((least, each) => (each.usd < least.usd ? each : least))
}
