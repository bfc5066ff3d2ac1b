import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import { check } from '@cutwater/core/options/book/OptionsPolicy.ts'
import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import { prepare } from '@cutwater/core/options/view/prepare.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { cagr } from '../figures.ts'
import { byCube } from './byCube.ts'
import * as Grid from './Grid.ts'
import * as LegCube from './LegCube.ts'
import { byFold, type Outcome } from './outcome.ts'

export type SweepResult = {
  readonly range: { readonly from: string; readonly to: string; readonly days: number }
  readonly sets: readonly SweepSet[]
  readonly notes: readonly string[]
}

export type SweepSet = {
  readonly values: Readonly<Record<string, Grid.Value>>
  readonly cagr: number
  readonly maxDrawdown: number
  readonly endUsd: number
  readonly trades: number
  readonly winRate: number | null
}

export type SweepOptions = {
  readonly from?: UnixTime.UnixTime
  readonly to?: UnixTime.UnixTime
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Every set of a grid over the same days. Sets of condors alone share their legs; all others are folded one by one, with
 * the same result.
 *
 * Throws BACKTEST_EMPTY, SWEEP_* and OPTIONS_POLICY_INVALID.
 */
export function sweep(
  history: MarketHistory,
  base: OptionsPolicy,
  grid: Grid.Grid,
  options: SweepOptions = {},
): SweepResult {
  const { from = defaultFrom, to = Number.POSITIVE_INFINITY, onProgress } = options
  const points = Grid.points(base, grid)
  for (const { policy } of points) check(policy)
  const views = prepare(history).filter(({ date }) => date >= from && date <= to)
  const [first, last] = [views[0], views.at(-1)]
  if (first === undefined || last === undefined) throw empty()
  const outcomes = outcomesOf(
    views,
    points.map(({ policy }) => policy),
    onProgress,
  )
  const sets = points.map(({ policy, values }, index) => {
    const { endCents, maxDrawdown, trades, wins } = outcomes[index]!
    const growth = { dates: [first.date, last.date], values: [policy.startCents, endCents] }
    return {
      values,
      cagr: cagr(growth),
      maxDrawdown,
      endUsd: toDollars(endCents),
      trades,
      winRate: trades > 0 ? wins / trades : null,
    }
  })
  return {
    range: { from: UnixTime.formatDate(first.date), to: UnixTime.formatDate(last.date), days: views.length },
    sets,
    notes: [`${sets.length} sets were tried on one history: the best of them is the best by luck too.`],
  }
}

/** Outcomes in the order of the policies: those of condors alone from shared legs, the others one by one. */
export function outcomesOf(
  views: readonly View[],
  policies: readonly OptionsPolicy[],
  onProgress?: SweepOptions['onProgress'],
): readonly Outcome[] {
  const shared = byCube(LegCube.create(views), policies.filter(LegCube.fits)).values()
  return policies.map((policy, index) => {
    const outcome = LegCube.fits(policy) ? shared.next().value! : byFold(views, policy)
    onProgress?.(index + 1, policies.length)
    return outcome
  })
}

const defaultFrom = UnixTime.parse('2004-03-26')!

function empty(): CutwaterError {
  return new CutwaterError('BACKTEST_EMPTY', 'there is no day to test', {
    right: 'a range that holds trading days',
  })
}
