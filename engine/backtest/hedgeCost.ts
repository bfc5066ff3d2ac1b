import * as Layer from '@cutwater/core/ladder/Layer.ts'
import type { Interval } from './BacktestResult.ts'
import { bootstrap } from './bootstrap.ts'
import { daysPerYear, mean } from './figures.ts'
import type { Track } from './Track.ts'

/** What the ladder cost, net of what it paid, a year, as a share of equity, with its interval; below 0 it paid. */
export function hedgeCost(track: Track): { readonly value: number; readonly interval: Interval } {
  const daily = dailyCosts(track, track.hedge)
  const days = daysPerYear(track.views.map(({ date }) => date))
  const [interval] = bootstrap(daily.length, (indices) => {
    let sum = 0
    for (const index of indices) sum += daily[index]!
    return [(sum / daily.length) * days]
  })
  return { value: mean(daily) * days, interval: interval! }
}

/** The same for each layer. */
export function hedgeCostByLayer(track: Track): Layer.PerLayer<number> {
  const days = daysPerYear(track.views.map(({ date }) => date))
  return Layer.map((layer) => mean(dailyCosts(track, track.layers[layer])) * days)
}

function dailyCosts({ equity }: Track, earned: Float64Array): Float64Array {
  const daily = new Float64Array(Math.max(0, equity.length - 1))
  for (let i = 0; i < daily.length; i++)
    daily[i] = equity[i]! > 0 ? -(earned[i + 1]! - earned[i]!) / equity[i]! : 0
  return daily
}

/** The same in dollars for ten condors: a ladder of 4/4/2 calls. */
export function usdPerTenCondors({ views, book, hedge, ladder }: Track): number {
  const days = daysPerYear(views.map(({ date }) => date))
  const units = mean(views.map((_, i) => (ladder.near[i]! + ladder.mid[i]! + ladder.far[i]!) / 10))
  const earned = hedge.at(-1)! / 100
  const perCondor = book.policy.hedge.perCondor
  return units > 0 ? (-earned / (views.length - 1)) * (days / units) * perCondor : 0
}
