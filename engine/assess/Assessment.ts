import type { Corruption } from '@cutwater/core/bridge/economics/corruption.ts'
import type * as LayerYear from '@cutwater/core/bridge/economics/LayerYear.ts'
import type { Survival } from '@cutwater/core/bridge/economics/optimisticWindow.ts'
import type { Lint } from '@cutwater/core/bridge/setup/lint.ts'
import type { BreakEven } from '@cutwater/core/finance/breakEven.ts'
import type { Layer, PerLayer } from '@cutwater/core/ladder/Layer.ts'
import type { PostureName } from '@cutwater/core/ladder/Posture.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { LastDrill } from './LastDrill.ts'

/** A board's page about a bridge at one moment; its keys are a contract. Dollars are numbers. */
export type Assessment = {
  readonly bridge: { readonly name: string; readonly source: string; readonly synthetic: boolean }
  readonly at: UnixTime
  readonly posture: PostureName
  readonly lockedUsd: number
  readonly layers: readonly LayerState[]
  readonly signals: readonly SignalState[]
  /** what is fed and not believed */
  readonly doubts: readonly string[]
  readonly economics: Economics
  readonly postures: readonly PostureState[]
  readonly lint: readonly Lint[]
  /** the newest drill on a copy of it; null where none is known of */
  readonly drill: LastDrill | null
  /** the three next things to do, first things first */
  readonly actions: readonly Action[]
  readonly notes: readonly string[]
}

export type LayerState = {
  readonly layer: Layer
  readonly name: string
  readonly weight: number
  readonly base: number
  /** 0 calm to 1 acute */
  readonly stress: number
  readonly budgetUsdPerYear: number
  /** share of what the ladder saves that this layer carries */
  readonly carries: number
  /** dollars of expected loss that one more dollar a year saves */
  readonly marginal: number
  readonly sentence: string
}

export type SignalState = {
  readonly name: string
  /** null where there is no data, or none that can be believed */
  readonly value: number | null
  readonly unit: string
  /** 0 calm to 1 acute; 0.5 where nothing is known */
  readonly rank: number
  readonly layer: Layer
  /** whether it moves the ladder now */
  readonly presses: boolean
  /** change within a day */
  readonly trend: number | null
  readonly asOf: UnixTime | null
  readonly sentence: string
}

/** Each part, or the reason why it cannot be said. */
export type Economics = {
  readonly budgetUsdPerYear: number
  /** the most that leaves before a stop, with the guard at this level; null where nothing bounds it */
  readonly boundUsd: number | null
  readonly corruption: Corruption | Unsaid
  readonly exit: { readonly fetchesUsd: number; readonly mostUsd: number } | Unsaid
  readonly cover: Cover | Unsaid
  readonly optimistic: Survival | Unsaid
  readonly breakEven: (BreakEven & { readonly measured: boolean }) | Unsaid
  readonly year: LayerYear.Year | Unsaid
  readonly marginal: PerLayer<number> | Unsaid
  readonly parameters: readonly Parameter[]
}

export type Unsaid = { readonly why: string }

export type Cover = {
  readonly inForceUsd: number
  readonly expectedUsd: number
  readonly tailUsd: number
  readonly premiumUsd: number
  /** what the same cover would cost without the guard's bound */
  readonly unboundedPremiumUsd: number
  readonly fundUsd: number
}

export type Parameter = {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly source: string
  /** the least and the most that one might reasonably take instead, where that is said apart */
  readonly low?: number
  readonly high?: number
}

export type PostureState = {
  readonly name: PostureName
  readonly weights: PerLayer<number>
  readonly sentence: string
}

export type Action = {
  readonly what: string
  readonly because: string
  /** null where it costs a decision and no money */
  readonly costUsdPerYear: number | null
  readonly effect: string
}

/** Whether a part could be said. */
export function isSaid<Part>(part: Part | Unsaid): part is Part {
  return !(typeof part === 'object' && part !== null && 'why' in part)
}
