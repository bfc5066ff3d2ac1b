import type { MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import type { OptionChain } from '@cutwater/core/options/market/OptionChain.ts'
import * as ChainSlice from '@cutwater/core/options/surface/ChainSlice.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { mean } from '../figures.ts'

/** What one expiry of a real chain says, with the day it belongs to. */
export type Sample = {
  readonly day: MarketDay
  readonly slice: ChainSlice.ChainSlice
  /** the month, `2022-06`: days of the same weeks say the same thing, and count as one */
  readonly state: string
  /** the chain is of the moment that the indices are of */
  readonly isAtClose: boolean
}

/** The expiries of SPX chains up to `longest` years, where the day of the chain is on record. */
export function ofChains(
  days: readonly MarketDay[],
  chains: readonly OptionChain[],
  longest = 1.1,
): readonly Sample[] {
  const byDate = new Map(days.map((day) => [day.date, day]))
  return chains.flatMap((chain) => {
    const day = byDate.get(chain.date)
    if (day === undefined) return []
    const isAtClose = Math.abs(chain.spot / day.spx.close - 1) < sameMoment
    const state = UnixTime.formatDate(chain.date).slice(0, 7)
    const spx = { ...chain, quotes: chain.quotes.filter(({ root }) => root.startsWith('SPX')) }
    return ChainSlice.ofChain(spx, day.billYield)
      .filter(({ years, modelFree }) => years < longest && modelFree > 0)
      .map((slice) => ({ day, slice, state, isAtClose }))
  })
}

/** The expiry nearest to thirty days of each date, if it is within sixteen. */
export function ofMonth(samples: readonly Sample[]): readonly Sample[] {
  const best = new Map<number, Sample>()
  for (const sample of samples) {
    const before = best.get(sample.day.date)
    if (fromMonth(sample) <= 16 && (before === undefined || fromMonth(sample) < fromMonth(before)))
      best.set(sample.day.date, sample)
  }
  return [...best.values()]
}

function fromMonth({ slice }: Sample): number {
  return Math.abs(slice.years * 365 - 30)
}

/** The mean of states' means, each weighing the same, and its standard error; none of a single state. */
export function meanOfStates(found: readonly { readonly state: string; readonly value: number }[]) {
  const groups = new Map<string, number[]>()
  for (const { state, value } of found) groups.set(state, [...(groups.get(state) ?? []), value])
  const means = [...groups].map(([state, values]) => ({ state, mean: mean(values) }))
  const middle = mean(means.map((each) => each.mean))
  const squares = means.reduce((sum, each) => sum + (each.mean - middle) ** 2, 0)
  const { length } = means
  return { mean: middle, error: length < 2 ? null : Math.sqrt(squares / (length - 1) / length), means }
}

// Spot and close of one moment differ by rounding; the worst chain taken at another moment was 1% off.
const sameMoment = 0.001
