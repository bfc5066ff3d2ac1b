/** What `cutwater translate --json` prints, as far as this page shows it. Effects are basis points a year. */
export type Translation = {
  readonly usefulBp: number
  readonly concepts: readonly Concept[]
  readonly split: {
    readonly best: Weights
    readonly regretOf442Pct: number
    readonly low: number
    readonly high: number
  }
  readonly breakEvenSignal: {
    readonly hitRate: number
    readonly falseAlarmRate: number | null
    readonly recordHitRate: number
  }
  readonly singleLayer: readonly {
    readonly name: string
    readonly aboveLadderPct: number
    readonly low: number
    readonly high: number
  }[]
  readonly adversary: {
    readonly policy: string
    readonly ratio: number
    readonly low: number
    readonly high: number
  }
  readonly notes: readonly string[]
}

type Weights = { readonly near: number; readonly mid: number; readonly far: number }

export type Concept = {
  readonly name: string
  readonly options: Side
  readonly bridge: Side
  readonly verdict: Verdict
  readonly why: string
}

/** One concept in one book; null where nothing could be measured. */
export type Side = {
  readonly definition: string
  readonly effect: number | null
  readonly low: number | null
  readonly high: number | null
}

export type Verdict = (typeof verdicts)[number]

export const verdicts = ['translates', 'partly', 'does not', 'cannot be measured here'] as const
