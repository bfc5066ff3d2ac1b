import * as Account from '@cutwater/core/options/account/Account.ts'
import * as OptionsBook from '@cutwater/core/options/book/OptionsBook.ts'
import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import { step } from '@cutwater/core/options/book/step.ts'
import { tailRolls } from '@cutwater/core/options/hedge/vixTailHedge.ts'
import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as SpxForward from '@cutwater/core/options/surface/SpxForward.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { Point, Replicas } from './BacktestResult.ts'
import { correlation } from './figures.ts'
import { lastAt } from './lastAt.ts'

/**
 * Cboe's two indices rebuilt from their rules: the proof that prices and settlements are right.
 *
 * CNDR runs through the same book as every variant, without spread and commission. VXTH is judged by what its calls add:
 * the published index's return from roll to roll less that of the S&P 500 with dividends.
 */
export function replicasOf(history: MarketHistory, views: readonly View[]): Replicas {
  return { cndr: cndr(history, views), vxth: vxth(history, views) }
}

/** CNDR's rule as a policy of the book: 0.20 and 0.05 delta, from third Friday to third Friday, a tenth at risk. */
export function cndrPolicy(): OptionsPolicy.OptionsPolicy {
  const base = OptionsPolicy.of('balanced')
  return {
    ...base,
    startCents: 1_000_000_000_00,
    condor: {
      ...base.condor,
      days: { least: 20, most: 36 },
      maxOpen: 1,
      shortDelta: 0.2,
      wing: { by: 'delta', value: 0.05 },
    },
    gate: { ...base.gate, on: false },
    hedge: { ...base.hedge, on: false },
    shift: { ...base.shift, on: false },
    costs: { commission: { spx: 0, vix: 0, vixFuture: 0, share: 0 }, spreadPaid: { single: 0, condor: 0 } },
  }
}

function cndr(history: MarketHistory, views: readonly View[]): Replicas['cndr'] {
  const equity = equityOf(views)
  const points = changesOf(history, 'cndr').flatMap(({ from, to, change }) => {
    const [before, after] = [lastAt(views, from), lastAt(views, to)]
    if (before === undefined || after === undefined || before === after) return []
    const ours = equity[after]! / equity[before]! - 1
    return [{ date: UnixTime.formatDate(to), ours, published: change }]
  })
  const [early, late] = [
    points.filter(({ date }) => date < '2008'),
    points.filter(({ date }) => date >= '2008'),
  ]
  return {
    correlation: agreement(late),
    correlationBefore2008: agreement(early),
    months: late.length,
    monthsBefore2008: early.length,
    points,
  }
}

function equityOf(views: readonly View[]): Float64Array {
  const equity = new Float64Array(views.length)
  if (views.length === 0) return equity
  const book = OptionsBook.create(cndrPolicy(), views[0]!.date)
  for (let i = 0; i < views.length; i++) equity[i] = Account.equity(step(book, views[i]!).account)
  return equity
}

function vxth(history: MarketHistory, views: readonly View[]): Replicas['vxth'] {
  const byDate = new Map(views.map((view) => [view.date, view]))
  const dividends = dividendRatio(history)
  const rows = tailRolls(views).flatMap((roll) => {
    const [a, b] = [byDate.get(roll.from)!, byDate.get(roll.to)!]
    const [before, after] = [a.day.indices.vxth, b.day.indices.vxth]
    if (before === undefined || after === undefined) return []
    const equity = (b.day.spx.close * dividends(roll.to)) / (a.day.spx.close * dividends(roll.from))
    const ours = (spread: number) => roll.weight * (roll.payoff / (roll.price * (1 + spread)) - equity)
    return [
      {
        date: UnixTime.formatDate(roll.to),
        published: after / before - equity,
        ours,
        isHedged: roll.weight > 0,
      },
    ]
  })
  const points = rows.map(({ date, published, ours }) => ({ date, published, ours: ours(0) }))
  return {
    overlayCorrelation: agreement(points),
    withoutLargest: agreement(points.toSorted((a, b) => a.published - b.published).slice(0, -1)),
    rolls: rows.length,
    hedgedRolls: rows.filter(({ isHedged }) => isHedged).length,
    fittedSpread: fitSpread(rows),
    points,
  }
}

/** What must be paid above the middle for both overlays to add up to the same: a root by bisection. */
function fitSpread(
  rows: readonly { readonly published: number; readonly ours: (spread: number) => number }[],
): number {
  const gap = (spread: number) => rows.reduce((sum, { published, ours }) => sum + ours(spread) - published, 0)
  let [low, high] = [-0.5, 2]
  if (!(gap(low) > 0 && gap(high) < 0)) return 0
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (gap(middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** What dividends made of SPX by date: SPTR over SPX, between months by straight lines; by published yields where it ends. */
function dividendRatio(history: MarketHistory): (date: UnixTime.UnixTime) => number {
  const spx = new Map(publishedOf(history, 'spx').map(({ at, value }) => [at, value]))
  const ratios = publishedOf(history, 'sptr').flatMap(({ at, value }) => {
    const price = spx.get(at)
    return price === undefined ? [] : [{ at, ratio: Math.log(value / price) }]
  })
  const last = ratios.at(-1)
  return (date) => {
    const after = ratios.findIndex(({ at }) => at >= date)
    if (after < 0) return Math.exp((last?.ratio ?? 0) + paid(last?.at ?? history.days[0]?.date ?? date, date))
    const [a, b] = [ratios[Math.max(0, after - 1)]!, ratios[after]!]
    const share = b.at > a.at ? (date - a.at) / (b.at - a.at) : 0
    return Math.exp(a.ratio + share * (b.ratio - a.ratio))
  }
}

// The published yields of the years between two dates.
function paid(from: UnixTime.UnixTime, to: UnixTime.UnixTime): number {
  let sum = 0
  for (let at = from; at < to; ) {
    const { year } = UnixTime.toCivil(at)
    const end = Math.min(to, UnixTime.fromCivil({ year: year + 1, month: 1, dayOfMonth: 1 }))
    sum += (SpxForward.yieldOf(year) * (end - at)) / UnixTime.year
    at = end
  }
  return sum
}

function publishedOf(
  { strategies }: MarketHistory,
  name: string,
): readonly { at: UnixTime.UnixTime; value: number }[] {
  return strategies.flatMap(({ date, values }) => {
    const value = values[name]
    return value === undefined ? [] : [{ at: date, value }]
  })
}

function changesOf(history: MarketHistory, name: string) {
  const rows = publishedOf(history, name)
  return rows
    .slice(1)
    .map(({ at, value }, i) => ({ from: rows[i]!.at, to: at, change: value / rows[i]!.value - 1 }))
}

function agreement(points: readonly Point[]): number {
  return correlation(
    points.map(({ ours }) => ours),
    points.map(({ published }) => published),
  )
}
