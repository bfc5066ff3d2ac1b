import type { PolicyName } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { runPaths } from '@cutwater/core/simulation/attack/runPaths.ts'
import * as Tally from '@cutwater/core/simulation/attack/Tally.ts'
import { adversaryStudy } from '../../simulate/adversaryStudy.ts'
import * as BridgeBench from '../bench/BridgeBench.ts'
import { ofWorlds } from '../bench/ofWorlds.ts'
import { fixed } from '../concepts/Row.ts'
import type { Adversary, SingleLayerRow } from '../Translation.ts'

export const walls: readonly PolicyName[] = ['none', 'rigid', 'near-only', 'mid-only', 'far-only']

/** What rigid single layers lose against 4/4/2. */
export function singleLayerAnswer(bench: BridgeBench.BridgeBench): readonly SingleLayerRow[] {
  return walls.map((name) => {
    const recipe = Plan.recipeOf(name)
    const { value, low, high } = ofWorlds(bench, (world) => {
      const ladder = BridgeBench.totalUsd(bench, fixed, world)
      return (100 * (BridgeBench.totalUsd(bench, { recipe }, world) - ladder)) / ladder
    })
    const totalUsd = BridgeBench.totalUsd(bench, { recipe }, bench.worlds[0]!)
    return { name, totalUsd, aboveLadderPct: value, low, high, shortfallUsd: shortfallUsd(bench, recipe) }
  })
}

/** What an attacker who has read the policy takes from the static ladder, against one who has not. */
export function adversaryAnswer(bench: BridgeBench.BridgeBench): Adversary {
  const study = (world: BridgeBench.World) =>
    adversaryStudy(BridgeBench.modelOf(bench, world), ['static'])[0]!
  const { naiveUsd, responses } = study(bench.worlds[0]!)
  const ratio = ofWorlds(bench, (world) => study(world).ratio ?? 1, worldsLookedAt)
  return {
    policy: 'static',
    naiveUsd,
    adaptedUsd: responses.at(-1)!.shortfallUsd,
    ratio: ratio.value,
    low: ratio.low,
    high: ratio.high,
    responses: responses.map(({ freedom, shortfallUsd }) => ({ freedom, shortfallUsd })),
  }
}

const worldsLookedAt = 13

function shortfallUsd(bench: BridgeBench.BridgeBench, recipe: Plan.Recipe): number {
  const model = BridgeBench.modelOf(bench, bench.worlds[0]!)
  const { seed, paths } = bench
  const [tally] = runPaths({ model, plans: [Plan.of(recipe, model)], seed, firstPath: 0, paths })
  return Tally.mean(tally!, 'shortfall')
}
