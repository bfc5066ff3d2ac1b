import type { Weights } from '@cutwater/core/ladder/Weights.ts'

/**
 * Whether the options method translates to bridges, concept by concept; its keys are a contract.
 *
 * Effects are basis points a year of what is protected, better with the concept than without it above 0; intervals of 95%.
 */
export type Translation = {
  readonly bridge: { readonly valueUsd: number }
  /** what was there to measure with; null where it was not */
  readonly inputs: Inputs
  /** an effect below this, basis points a year, is of no use to anybody */
  readonly usefulBp: number
  readonly concepts: readonly Concept[]
  /** the recorded attack, replayed with one signal left out at a time; null without a recorded bridge */
  readonly replayed: Replayed | null
  readonly counts: Readonly<Record<Verdict, number>>
  readonly split: Split
  readonly breakEvenSignal: BreakEven
  readonly singleLayer: readonly SingleLayerRow[]
  readonly adversary: Adversary
  readonly breaks: readonly Break[]
  readonly tornado: TornadoAnswer
  readonly notes: readonly string[]
}

export type Inputs = {
  readonly incidents: { readonly count: number; readonly from: string; readonly to: string }
  readonly market: { readonly from: string; readonly to: string; readonly days: number } | null
  readonly record: { readonly name: string; readonly attackAt: string; readonly quietDays: number } | null
}

export type Verdict = 'translates' | 'partly' | 'does not' | 'cannot be measured here'

export const verdicts: readonly Verdict[] = ['translates', 'partly', 'does not', 'cannot be measured here']

export type Concept = {
  readonly name: string
  readonly group: Group
  readonly options: Side
  readonly bridge: Side
  readonly verdict: Verdict
  readonly why: string
}

/** The method's own parts; what it reads; what it reckons with. */
export type Group = 'method' | 'signal' | 'economics'

/** One concept in one book: what it is there, what was compared, and what it is worth; null where nothing could be. */
export type Side = {
  readonly definition: string
  readonly measured: string
  readonly unit: string
  readonly effect: number | null
  readonly low: number | null
  readonly high: number | null
  /** on the bridge: what it saved on the recorded attack, replayed with deceived watchers; dollars */
  readonly replaySavedUsd?: number
}

/** What the recorded bridge would have lost under the adaptive policy, level 3; one attack, so no intervals. Dollars. */
export type Replayed = {
  /** with deceived watchers: the ladder tilted by all signals, and held fixed */
  readonly allUsd: number
  readonly staticUsd: number
  /** with watchers that see what is there */
  readonly honestUsd: number
  readonly honestReleases: number
  readonly signals: readonly ReplayedSignal[]
}

export type ReplayedSignal = {
  readonly name: string
  /** what it reads */
  readonly says: string
  /** lost with deceived watchers when this signal is not in the stress; what having it saves */
  readonly withoutUsd: number
  readonly savedUsd: number
  /** honest releases held because of it */
  readonly heldMore: number
  /** lost without it where the watchers see what is there */
  readonly honestWithoutUsd: number
}

export type Range = { readonly value: number; readonly low: number; readonly high: number }

export type Split = {
  readonly best: Weights
  /** how much more 4/4/2 costs than the best split, percent of the best's total; chance and the fit to the record */
  readonly regretOf442Pct: number
  readonly low: number
  readonly high: number
  readonly bySize: readonly SplitOfSize[]
}

export type SplitOfSize = {
  readonly valueUsd: number
  readonly best: Weights
  readonly regretOf442Pct: number
  readonly low: number
  readonly high: number
}

export type BreakEven = {
  /** share of signs caught at which adaptive costs what static does, at `falseAlarmRate`; null where none is enough */
  readonly hitRate: number
  /** false alarms a year up to which moving with the signal pays, at `hitRate` */
  readonly falseAlarmRate: number | null
  readonly low: number | null
  readonly high: number | null
  /** share of the recorded incidents with a sign before: no signal of signs can catch more attacks */
  readonly recordHitRate: number
  readonly recordLow: number
  readonly recordHigh: number
  readonly bySize: readonly BreakEvenOfSize[]
}

export type BreakEvenOfSize = {
  readonly valueUsd: number
  readonly savedPerHitUsd: number
  readonly costPerAlarmUsd: number
  readonly falseAlarmRate: Range | null
  /** what a signal that catches every sign and never errs would save, basis points a year */
  readonly perfectBp: Range
}

export type SingleLayerRow = {
  readonly name: string
  readonly totalUsd: number
  /** percent of 4/4/2's total; above 0 it costs more than the ladder */
  readonly aboveLadderPct: number
  readonly low: number
  readonly high: number
  readonly shortfallUsd: number
}

export type Adversary = {
  readonly policy: string
  readonly naiveUsd: number
  readonly adaptedUsd: number
  /** what the freest attacker takes over what the naive one does */
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly responses: readonly { readonly freedom: string; readonly shortfallUsd: number }[]
}

export type TornadoAnswer = {
  /** what the ladder saves against the cheapest single layer, percent of its total; over the resamples of the record */
  readonly asAssumedPct: number
  readonly low: number
  readonly high: number
  readonly cheapestWall: string
  readonly bars: readonly TornadoBar[]
  /** assumptions that turn the answer within their range */
  readonly flips: readonly string[]
  /** those whose ends would turn it in some resamples of the record */
  readonly mayFlip: readonly string[]
}

export type TornadoBar = {
  readonly name: string
  readonly low: number
  readonly high: number
  /** the answer at each end of the assumption's range, over the resamples of the record */
  readonly atLowPct: Range
  readonly atHighPct: Range
  readonly flips: boolean
  readonly mayFlip: boolean
}

/** A place where the analogy breaks: the same quantity in both books. */
export type Break = {
  readonly name: string
  readonly says: string
  readonly unit: string
  readonly options: Range | null
  readonly bridge: Range | null
}
