import type * as OptionChain from '@cutwater/core/options/market/OptionChain.ts'
import * as parity from '@cutwater/core/options/pricing/parity.ts'
import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import { intervalOf } from '../bench/ofWorlds.ts'

/** What conversions, reversals and boxes of recorded chains leave after the spreads alone, before any commission. */
export type ParityStudy = {
  readonly dates: number
  readonly conversions: number
  readonly boxes: number
  /** how many of all of them leave something */
  readonly left: number
  /** basis points of the index a year, the best one of each date taken; over resamples of the dates */
  readonly gain: Estimate
}

/**
 * Looks for trades that parity forbids: in each chain of a date, each against the forward and the discount that the chain
 * itself holds. Chains of less than a week, or with fewer than eight pairs that have bids, are left out.
 */
export function parityStudy(chains: readonly OptionChain.OptionChain[], seed: number): ParityStudy {
  let [conversions, boxes, left] = [0, 0, 0]
  const best = chains.map(({ date, spot, quotes }) => {
    let most = 0
    for (const pairs of slicesOf(quotes, date)) {
      const market = { ...parity.fit(pairs), costs: 0 }
      const gaps = pairs.map((pair) => parity.conversionGap(pair, market))
      const between = pairs.slice(1).map((pair, below) => parity.boxGap(pairs[below]!, pair, market))
      conversions += gaps.length
      boxes += between.length
      for (const gap of [...gaps, ...between]) {
        if (gap !== 0) left += 1
        most = Math.max(most, Math.abs(gap))
      }
    }
    return (1e4 * most) / spot
  })
  return { dates: chains.length, conversions, boxes, left, gain: aYear(best, seed) }
}

/** Options of one root and expiry as pairs of call and put, by strike. */
function slicesOf(
  quotes: readonly OptionChain.OptionQuote[],
  date: number,
): readonly (readonly parity.Pair[])[] {
  const far = quotes.filter(({ root, expiry }) => root.startsWith('SPX') && expiry - date >= 7 * day)
  const slices = new Map<string, OptionChain.OptionQuote[]>()
  for (const quote of far) {
    const key = `${quote.root} ${quote.expiry}`
    const slice = slices.get(key) ?? []
    slice.push(quote)
    slices.set(key, slice)
  }
  return [...slices.values()].map(pairsOf).filter((pairs) => pairs.length >= fewestPairs)
}

const fewestPairs = 8

function pairsOf(quotes: readonly OptionChain.OptionQuote[]): readonly parity.Pair[] {
  const bid = quotes.filter((quote) => quote.bid > 0)
  const puts = new Map(bid.filter(({ kind }) => kind === 'put').map((put) => [put.strike, put]))
  const pairs = bid.flatMap((call) => {
    const put = call.kind === 'call' ? puts.get(call.strike) : undefined
    return put === undefined ? [] : [{ strike: call.strike, call, put }]
  })
  return pairs.sort((a, b) => a.strike - b.strike)
}

function aYear(gains: readonly number[], seed: number): Estimate {
  const rng = Rng.fork(Rng.create(seed), 'dates of chains')
  const yearOf = (dates: readonly number[]) =>
    dates.length === 0 ? 0 : (tradingDays * dates.reduce((sum, each) => sum + each, 0)) / dates.length
  const drawn = Array.from({ length: draws }, () =>
    yearOf(gains.map(() => gains[Rng.integer(rng, gains.length)]!)),
  )
  return intervalOf(yearOf(gains), drawn)
}

const tradingDays = 252
const draws = 1_000
