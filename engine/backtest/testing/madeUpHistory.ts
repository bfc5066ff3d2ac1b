import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import { type MadeUp, madeUpMarket } from '@cutwater/core/options/testing/madeUpMarket.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'

/** A made-up market with month ends of two strategy indices that follow it loosely. */
export function madeUpHistory(made: MadeUp): MarketHistory {
  const days = madeUpMarket(made)
  const ends = days.filter(({ date }, i) => monthOf(date) !== monthOf(days[i + 1]?.date ?? date))
  return {
    days,
    events: [],
    strategies: ends.map(({ date, spx }) => ({
      date,
      values: {
        cndr: 1000 - Math.abs(spx.close - 4000) / 20,
        put: spx.close / 2,
        spx: spx.close,
        sptr: spx.close * 2,
      },
    })),
    strategyDays: [],
    etps: [],
    economy: [],
    notes: [],
  }
}

function monthOf(date: UnixTime.UnixTime): string {
  return UnixTime.formatDate(date).slice(0, 7)
}
