import type { PolicyName } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as BridgePolicy from '@cutwater/core/bridge/BridgePolicy.ts'
import { bestResponses, type Response } from '@cutwater/core/simulation/attack/adversary.ts'
import type { Model } from '@cutwater/core/simulation/attack/Model.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'

/** What an attack takes from users when the attacker has read the policy, against one who has not. */
export type AdversaryStudy = {
  readonly policy: PolicyName
  /** dollars that users lose to one attack of the record's kind */
  readonly naiveUsd: number
  /** by what the attacker may choose, each freedom more than the one before */
  readonly responses: readonly Response[]
  /** loss to the freest attacker over the naive one's; null where the naive one takes nothing */
  readonly ratio: number | null
}

/** Best responses to every policy. */
export function adversaryStudy(
  model: Model,
  policies: readonly PolicyName[] = BridgePolicy.names,
): readonly AdversaryStudy[] {
  return policies.map((policy) => {
    const responses = bestResponses(model, Plan.of(Plan.recipeOf(policy), model))
    const naiveUsd = responses[0]!.shortfallUsd
    return {
      policy,
      naiveUsd,
      responses,
      ratio: naiveUsd > 0 ? responses.at(-1)!.shortfallUsd / naiveUsd : null,
    }
  })
}
