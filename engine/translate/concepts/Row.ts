import type { PostureName } from '@cutwater/core/ladder/Posture.ts'
import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import * as Variant from '../../backtest/Variant.ts'
import type { BridgeCase } from '../bench/BridgeBench.ts'
import type { OptionsCase } from '../bench/OptionsBench.ts'
import type { Group } from '../Translation.ts'

/** One concept of the method with its ablation in each book. */
export type Row = {
  readonly name: string
  readonly group: Group
  readonly options: Ablation<OptionsCase>
  readonly bridge: Ablation<BridgeCase>
  /** the signal of the record whose replay goes beside the simulation */
  readonly replays?: string
  /** what a reader of the verdict should know beside it */
  readonly note?: string
}

/** The concept on, and off; of several ways to do without it, the best is what it is held against. */
export type Ablation<Case> =
  | {
      readonly definition: string
      readonly measured: string
      readonly on: Case
      readonly off: readonly Case[]
    }
  /** what was counted on a record, in place of a case on and off */
  | { readonly definition: string; readonly measured: string; readonly found: Estimate }
  | { readonly definition: string; readonly missing: string }

/** The whole method: gate, ladder and both time shifts; an account so large that whole contracts round nothing away. */
export function whole(posture: PostureName = 'balanced'): OptionsPolicy.OptionsPolicy {
  return { ...Variant.of('all', OptionsPolicy.of(posture)).policy, startCents: 100_000_000_00 }
}

/** The whole method with its ladder tilted. */
export function tilted(posture: PostureName = 'balanced'): OptionsPolicy.OptionsPolicy {
  const policy = whole(posture)
  return { ...policy, hedge: { ...policy.hedge, tilts: true } }
}

export const fixed: BridgeCase = { recipe: Plan.recipeOf('static') }
