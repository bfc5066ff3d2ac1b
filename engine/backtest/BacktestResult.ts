import type { PerLayer } from '@cutwater/core/ladder/Layer.ts'

/** Everything one backtest has to say; the keys are a contract. Dates are `2020-03-16`, rates and returns fractions. */
export type BacktestResult = {
  readonly range: { readonly from: string; readonly to: string; readonly days: number }
  readonly posture: string
  readonly startUsd: number
  readonly variants: readonly VariantResult[]
  readonly benchmarks: readonly Benchmark[]
  readonly invariants: Invariants
  readonly replicas: Replicas
  readonly claims: readonly Claim[]
  readonly series: Series
  /** every assumption with its unit and source */
  readonly parameters: readonly Parameter[]
  /** what a reader must know: data that was not there, rules that daily prices cannot test */
  readonly notes: readonly string[]
}

export type VariantResult = Figures & {
  readonly name: string
  /** what is on: the rules that set it apart from the others */
  readonly what: string
  readonly from: string
  readonly to: string
  /** share of condor trades that ended with a profit; null where there was none */
  readonly winRate: number | null
  readonly trades: number
  /** what the hedge cost, net of what it paid, a year, as a share of the mean equity; below 0 it paid */
  readonly hedgeCostPerYear: number
  /** the same by layer */
  readonly hedgeByLayer: PerLayer<number>
  /** the same in dollars for ten condors */
  readonly hedgeUsdPerTenCondors: number
  /** 95% by block bootstrap */
  readonly intervals: {
    readonly cagr: Interval
    readonly vol: Interval
    readonly maxDrawdown: Interval
    readonly hedgeCostPerYear: Interval
  }
  readonly episodes: readonly EpisodeResult[]
  /** days on which a rule kept a condor from being opened, and the like */
  readonly counts: Readonly<Record<string, number>>
}

export type Figures = {
  readonly cagr: number
  /** standard deviation of daily returns, a year */
  readonly vol: number
  /** from a highest equity to the lowest after it, as a share of the highest */
  readonly maxDrawdown: number
  readonly maxDrawdownFrom: string
  readonly maxDrawdownTo: string
  /** mean of the worst hundredth of daily returns */
  readonly cvar99: number
  readonly worstMonth: { readonly month: string; readonly return: number }
  /** monthly returns against those of SPX: correlation, and mean return in its rising and falling months over its own */
  readonly correlation: number
  readonly capture: { readonly up: number; readonly down: number }
}

export type Benchmark = Figures & {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly of: string
}

export type Interval = readonly [low: number, high: number]

/** A spike of volatility, as shares of the equity at its beginning. */
export type EpisodeResult = {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly peakVix: number
  readonly return: number
  readonly drawdown: number
  readonly condors: number
  readonly hedge: number
  /** what the hedge made for each dollar the condors lost; null where they lost nothing */
  readonly payoff: number | null
}

export type Invariants = {
  readonly violations: number
  readonly checks: number
  /** the first few, in words */
  readonly first: readonly string[]
}

export type Replicas = {
  readonly cndr: {
    /** of monthly returns, 2008 on */
    readonly correlation: number
    /** of monthly returns, 1990 to 2007 */
    readonly correlationBefore2008: number
    readonly months: number
    readonly monthsBefore2008: number
    /** monthly returns, ours and published, for the picture */
    readonly points: readonly Point[]
  }
  readonly vxth: {
    /** of roll-to-roll returns of VXTH less its equity */
    readonly overlayCorrelation: number
    /** the same without the roll on which the index gained most: one great spike can carry a correlation */
    readonly withoutLargest: number
    readonly rolls: number
    readonly hedgedRolls: number
    /** what must be paid above the middle, as a share of the price, for both to end level */
    readonly fittedSpread: number
    readonly points: readonly Point[]
  }
}

export type Point = { readonly date: string; readonly ours: number; readonly published: number }

export type Verdict = 'holds' | 'does not hold' | 'cannot be tested'

export type Claim = {
  readonly id: string
  readonly claimed: string
  /** the number that was measured, a fraction; null where nothing could be */
  readonly measured: number | null
  /** 95% interval; null where there is none */
  readonly low: number | null
  readonly high: number | null
  readonly verdict: Verdict
  readonly why: string
  /** dollars of account for ten condors at which a cost claim would hold */
  readonly accountUsd?: number
}

/** One row a day, equal in length; equity in dollars. */
export type Series = {
  readonly dates: readonly string[]
  readonly variants: readonly { readonly name: string; readonly equity: readonly (number | null)[] }[]
  /** contracts held by layer, of the last variant of monthly condors with a hedge */
  readonly ladder: PerLayer<readonly number[]>
  readonly vix: readonly number[]
}

export type Parameter = {
  readonly name: string
  readonly value: number | string
  readonly unit: string
  readonly source: string
}
