import * as Layer from '@cutwater/core/ladder/Layer.ts'
import * as Audit from '@cutwater/core/options/account/Audit.ts'
import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import { prepare } from '@cutwater/core/options/view/prepare.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { BacktestResult, Claim, Invariants, Series, VariantResult } from './BacktestResult.ts'
import { benchmarksOf } from './benchmarks.ts'
import { bootstrap } from './bootstrap.ts'
import { checkClaims } from './claims/checkClaims.ts'
import * as Evidence from './claims/Evidence.ts'
import { episodesOf } from './episodes.ts'
import { cagr, daysPerYear, drawdown, figuresOf, returnsOf } from './figures.ts'
import { hedgeCost, hedgeCostByLayer, usdPerTenCondors } from './hedgeCost.ts'
import { notesOf } from './notes.ts'
import { parametersOf } from './parameters.ts'
import { replicasOf } from './replicas.ts'
import * as Track from './Track.ts'
import * as Variant from './Variant.ts'

export type BacktestOptions = {
  readonly policy?: OptionsPolicy.OptionsPolicy
  readonly parts?: readonly Variant.Part[]
  /** first and last day that is traded; signals still learn from all before */
  readonly from?: UnixTime.UnixTime
  readonly to?: UnixTime.UnixTime
  /** called after each of the runs */
  readonly onProgress?: (done: number, total: number) => void
}

/** VIX futures, and with them the term structure that rules ask for, begin on this day. */
export const firstDay = UnixTime.parse('2004-03-26')!

/**
 * Folds every variant over a history, rebuilds two published indices, and holds the method's claims against the result.
 *
 * Throws BACKTEST_EMPTY where no day lies in the range, and OPTIONS_POLICY_INVALID.
 */
export function backtest(history: MarketHistory, options: BacktestOptions = {}): BacktestResult {
  const {
    policy = OptionsPolicy.of(),
    parts = Variant.parts,
    from = firstDay,
    to = Number.POSITIVE_INFINITY,
  } = options
  const past = prepare(history).filter(({ date }) => date <= to)
  const views = past.filter(({ date }) => date >= from)
  const variants = Variant.all(policy, parts).filter(({ from: begins = 0 }) =>
    views.some(({ date }) => date >= begins),
  )
  const total = variants.length + 2
  const tracks = variants.map((variant, index) => {
    const track = Track.run(
      views.filter(({ date }) => date >= (variant.from ?? 0)),
      variant.policy,
    )
    options.onProgress?.(index + 1, total)
    return { variant, track }
  })
  const replicas = replicasOf(history, past)
  options.onProgress?.(variants.length + 1, total)
  const claims = checkClaims(Evidence.of(past, views, policy))
  options.onProgress?.(total, total)
  return {
    range: rangeOf(views),
    posture: policy.posture,
    startUsd: toDollars(policy.startCents),
    variants: tracks.map(({ variant, track }) => resultOf(variant, track)),
    benchmarks: benchmarksOf(history, views),
    invariants: invariantsOf(tracks.map(({ track }) => track)),
    replicas,
    claims,
    series: seriesOf(views, tracks),
    parameters: parametersOf(policy),
    notes: notesOf(history, views),
  }
}

/** The claims alone. */
export function claimsOf(history: MarketHistory, options: BacktestOptions = {}): readonly Claim[] {
  const { policy = OptionsPolicy.of(), from = firstDay, to = Number.POSITIVE_INFINITY } = options
  const past = prepare(history).filter(({ date }) => date <= to)
  return checkClaims(
    Evidence.of(
      past,
      past.filter(({ date }) => date >= from),
      policy,
    ),
  )
}

/** What one track comes to. */
export function resultOf({ name, what }: Variant.Variant, track: Track.Track): VariantResult {
  const { views, book, equity } = track
  const dates = views.map(({ date }) => date)
  const cost = hedgeCost(track)
  const [growth, vol, depth] = intervalsOf(dates, equity)
  const { closed, counts } = book
  return {
    name,
    what,
    from: UnixTime.formatDate(dates[0]!),
    to: UnixTime.formatDate(dates.at(-1)!),
    ...figuresOf(
      { dates, values: equity },
      views.map(({ day }) => day.spx.close),
    ),
    winRate:
      closed.length === 0 ? null : closed.filter(({ profitCents }) => profitCents > 0).length / closed.length,
    trades: closed.length,
    hedgeCostPerYear: cost.value,
    hedgeByLayer: hedgeCostByLayer(track),
    hedgeUsdPerTenCondors: usdPerTenCondors(track),
    intervals: { cagr: growth!, vol: vol!, maxDrawdown: depth!, hedgeCostPerYear: cost.interval },
    episodes: episodesOf(track),
    counts: { ...counts },
  }
}

function intervalsOf(dates: readonly number[], equity: Float64Array) {
  const returns = returnsOf(equity)
  const perYear = daysPerYear(dates)
  const path = new Float64Array(equity.length)
  return bootstrap(returns.length, (indices) => {
    let [sum, squares] = [0, 0]
    path[0] = 1
    for (let i = 0; i < indices.length; i++) {
      const each = returns[indices[i]!]!
      sum += each
      squares += each * each
      path[i + 1] = path[i]! * (1 + each)
    }
    const variance = Math.max(0, squares - (sum * sum) / indices.length) / Math.max(1, indices.length - 1)
    return [cagr({ dates, values: path }), Math.sqrt(variance * perYear), drawdown(path).depth]
  })
}

function invariantsOf(tracks: readonly Track.Track[]): Invariants {
  const audits = tracks.map(({ book }) => book.account.audit)
  const violations = audits.flatMap((audit) => audit.violations)
  return {
    violations: violations.length,
    checks: audits.reduce((sum, { checks }) => sum + checks, 0),
    first: violations.slice(0, 10).map(Audit.describe),
  }
}

// A row a week keeps the shape of twenty years and a tenth of the numbers; highs and lows are in the figures.
function seriesOf(
  views: readonly View[],
  tracks: readonly { variant: Variant.Variant; track: Track.Track }[],
): Series {
  const rows = [...views.keys()].filter((i) => i % 5 === 0 || i === views.length - 1)
  const shown = tracks.findLast(
    ({ variant, track }) => variant.policy.hedge.on && track.views.length === views.length,
  )
  return {
    dates: rows.map((i) => UnixTime.formatDate(views[i]!.date)),
    variants: tracks.map(({ variant, track: { equity } }) => {
      const skipped = views.length - equity.length
      return {
        name: variant.name,
        equity: rows.map((i) => (i < skipped ? null : toDollars(equity[i - skipped]!))),
      }
    }),
    ladder: Layer.map((layer) => rows.map((i) => shown?.track.ladder[layer][i] ?? 0)),
    vix: rows.map((i) => views[i]!.day.vix.close),
  }
}

function rangeOf(views: readonly View[]): BacktestResult['range'] {
  const at = (view: View | undefined) => (view === undefined ? '' : UnixTime.formatDate(view.date))
  return { from: at(views[0]), to: at(views.at(-1)), days: views.length }
}
