import type { PolicyName } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import { compare, type Study } from './compare.ts'

/** What one wall loses against the ladder on the same budget. */
export type SingleLayer = {
  readonly name: PolicyName
  readonly totalUsd: number
  /** dollars a year more than static 4/4/2; below zero it is cheaper */
  readonly aboveLadderUsd: Estimate
  readonly aboveLadderPct: number
  readonly shortfallUsd: number
  readonly ruin: number
}

const walls: readonly PolicyName[] = ['none', 'rigid', 'near-only', 'mid-only', 'far-only']

/** Every policy of one layer, and none, against the static ladder on the same paths. */
export async function singleLayers(study: Study): Promise<readonly SingleLayer[]> {
  const [ladder, ...rows] = await compare(
    study,
    (['static', ...walls] as const).map((name) => Plan.recipeOf(name)),
  )
  return rows.map(({ totalUsd, againstFirstUsd, shortfallUsd, ruin }, index) => ({
    name: walls[index]!,
    totalUsd,
    aboveLadderUsd: againstFirstUsd,
    aboveLadderPct: (100 * againstFirstUsd.value) / ladder!.totalUsd,
    shortfallUsd,
    ruin,
  }))
}
