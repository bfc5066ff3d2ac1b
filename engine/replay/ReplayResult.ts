import type { PerLayer } from '@cutwater/core/ladder/Layer.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/** Everything one replay has to say; the keys are a contract. Dollars are plain numbers with two decimals. */
export type ReplayResult = {
  readonly bridge: { readonly name: string; readonly synthetic: boolean; readonly source: string }
  readonly range: { readonly from: UnixTime; readonly to: UnixTime; readonly events: number }
  readonly posture: string
  readonly matched: { readonly deposits: number; readonly withdrawals: number }
  readonly finalityBreaches: { readonly deposits: number; readonly withdrawals: number }
  readonly withoutSource: { readonly releases: number; readonly mints: number }
  /** count by name of finding */
  readonly findings: Readonly<Record<string, number>>
  readonly baselineLossUsd: number
  readonly attackReleases: number
  readonly firstAttackFinding: FirstFinding | null
  readonly policies: readonly PolicyResult[]
  readonly lossByReaction: readonly { readonly seconds: number; readonly usd: number }[]
  readonly series: Series
  readonly notable: readonly NotableFinding[]
  readonly decisions: readonly { readonly at: UnixTime; readonly sentence: string }[]
  /** every assumption with its unit and source */
  readonly parameters: readonly Parameter[]
  /** what a reader must know: data that was not there, figures that were not reached */
  readonly notes: readonly string[]
}

export type Attack = 'recorded' | 'split' | 'slow' | 'deceived'

export type PolicyResult = {
  readonly name: string
  /** 0 observe, 1 pause, 2 limit, 3 prove */
  readonly level: number
  readonly attack: Attack
  readonly lostUsd: number
  readonly preventedUsd: number
  readonly coveredUsd: number
  readonly backstoppedUsd: number
  readonly shortfallUsd: number
  readonly carryUsdPerYear: number
  readonly frictionUsd: number
  /** the loss bound in force just before the attack; null below level 2, where there is none */
  readonly boundUsd: number | null
  /** honest releases that had to wait */
  readonly held: Held
  /** over all honest releases, seconds */
  readonly meanWaitSeconds: number
  readonly honestReleases: number
  /** honest mints that had to wait */
  readonly heldMints: Held
  readonly honestMints: number
  /** legs without source that are no attack and were not let through */
  readonly refused: { readonly count: number; readonly usd: number }
  readonly pauses: readonly Pause[]
  /** weights at the moment of the first attack release */
  readonly weights: PerLayer<number>
}

export type Held = { readonly count: number; readonly usd: number; readonly hours: number }

export type Pause = {
  readonly at: UnixTime
  /** 'message:…', 'token:…', 'route:…' or 'bridge' */
  readonly scope: string
  /** null for one that people must end */
  readonly until: UnixTime | null
  readonly reason: string
}

export type FirstFinding = {
  readonly at: UnixTime
  readonly name: string
  readonly chain: number
  /** null for what no transaction shows */
  readonly tx: string | null
  readonly message: string | null
  readonly usd: number | null
}

export type NotableFinding = FirstFinding & { readonly severity: string; readonly sentence: string }

/** One row a day, all columns of one length; from `adaptive`, or else the first guarded policy asked for. */
export type Series = {
  readonly at: readonly UnixTime[]
  readonly lockedUsd: readonly number[]
  readonly inflowUsd: readonly number[]
  readonly outflowUsd: readonly number[]
  readonly findings: readonly number[]
  readonly stress: PerLayer<readonly number[]>
  readonly weights: PerLayer<readonly number[]>
  readonly boundUsd: readonly (number | null)[]
}

export type Parameter = {
  readonly name: string
  readonly value: number | string
  readonly unit: string
  readonly source: string
}
