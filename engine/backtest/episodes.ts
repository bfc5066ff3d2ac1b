import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { EpisodeResult } from './BacktestResult.ts'
import { drawdown } from './figures.ts'
import { lastAt } from './lastAt.ts'
import type { Track } from './Track.ts'

/** A time of high volatility, dates included. */
export type Episode = { readonly name: string; readonly from: string; readonly to: string }

// From the last calm close to the lowest of the S&P 500, or to where VIX had fallen back.
export const episodes: readonly Episode[] = [
  { name: '2008', from: '2008-08-29', to: '2008-12-31' },
  { name: '2010-05', from: '2010-04-23', to: '2010-07-02' },
  { name: '2011-08', from: '2011-07-22', to: '2011-10-03' },
  { name: '2015-08', from: '2015-08-17', to: '2015-09-30' },
  { name: '2018-02', from: '2018-01-26', to: '2018-03-01' },
  { name: '2020-03', from: '2020-02-19', to: '2020-04-30' },
  { name: '2022', from: '2022-01-03', to: '2022-10-14' },
  // After the record at hand: the two times that VIX closed above 35 again, as the exchange published it.
  { name: '2024-08', from: '2024-07-16', to: '2024-08-30' },
  { name: '2025-04', from: '2025-02-19', to: '2025-05-12' },
]

/** What a track did in each episode that it wholly spans. */
export function episodesOf(track: Track): readonly EpisodeResult[] {
  return episodes.flatMap((episode) => {
    const result = episodeOf(track, episode)
    return result === undefined ? [] : [result]
  })
}

/** The same for one stretch of time; undefined where the track has not all of it. */
export function episodeOf(
  { views, equity, hedge, interest }: Track,
  { name, from, to }: Episode,
): EpisodeResult | undefined {
  const start = lastAt(views, UnixTime.parse(from)!)
  const end = lastAt(views, UnixTime.parse(to)!)
  if (start === undefined || end === undefined || start >= end) return undefined
  const base = equity[start]!
  if (!(base > 0)) return undefined
  const earned = (of: ArrayLike<number>) => (of[end]! - of[start]!) / base
  const [total, hedged] = [earned(equity), earned(hedge)]
  const condors = total - hedged - earned(interest)
  return {
    name,
    from,
    to,
    peakVix: Math.max(...views.slice(start, end + 1).map(({ day }) => day.vix.close)),
    return: total,
    drawdown: drawdown(equity.subarray(start, end + 1)).depth,
    condors,
    hedge: hedged,
    payoff: condors < 0 ? hedged / -condors : null,
  }
}
