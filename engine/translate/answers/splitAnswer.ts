import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { Crew } from '../../ports/Crew.ts'
import { bestSplit } from '../../simulate/bestSplit.ts'
import * as BridgeBench from '../bench/BridgeBench.ts'
import { ofWorlds } from '../bench/ofWorlds.ts'
import { fixed } from '../concepts/Row.ts'
import type { Split, SplitOfSize } from '../Translation.ts'

/**
 * How far 4/4/2 is from the best split, on the bench's bridge and on bridges of other sizes.
 *
 * The split is searched on the record; its advantage is measured on other paths, and in every resample of the record,
 * where another split may be the best.
 */
export async function splitAnswer(
  bench: BridgeBench.BridgeBench,
  crew: Crew,
  sizes: readonly Usd[],
): Promise<Split> {
  const { valueUsd: _, ...own } = await ofSize(bench, crew)
  const bySize: SplitOfSize[] = []
  for (const size of sizes)
    bySize.push(
      size === bench.lockedUsd
        ? { valueUsd: toDollars(size), ...own }
        : await ofSize(BridgeBench.ofSize(bench, size), crew),
    )
  return { ...own, bySize }
}

async function ofSize(bench: BridgeBench.BridgeBench, crew: Crew): Promise<SplitOfSize> {
  const { worlds, paths, seed, lockedUsd } = bench
  const model = BridgeBench.modelOf(bench, worlds[0]!)
  const { best } = await bestSplit({ model, crew, paths, seed: seed + 10 })
  const recipe = Plan.recipeOfSplit(best)
  const { value, low, high } = ofWorlds(bench, (world) => {
    const cheapest = BridgeBench.totalUsd(bench, { recipe }, world)
    return (100 * (BridgeBench.totalUsd(bench, fixed, world) - cheapest)) / cheapest
  })
  return { valueUsd: toDollars(lockedUsd), best, regretOf442Pct: value, low, high }
}
