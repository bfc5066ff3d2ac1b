import type { MarketDay, MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import type { OptionChain } from '@cutwater/core/options/market/OptionChain.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { MarketData } from '../ports/MarketData.ts'

/**
 * A market of days that are given.
 *
 * @param fault thrown by the n-th question, from 1, where it returns something
 */
export function fakeMarket(
  days: readonly MarketDay[],
  chains: readonly OptionChain[] = [],
  fault: (nth: number) => unknown = () => undefined,
): MarketData {
  let questions = 0
  const answer = <Value>(value: () => Value): Promise<Value> => {
    questions += 1
    const error = fault(questions)
    return error === undefined ? Promise.resolve().then(value) : Promise.reject(error)
  }
  return {
    name: 'fake',
    history: () => answer((): MarketHistory => ({ ...empty, days })),
    chainDates: () => answer(() => chains.map(({ date }) => date)),
    chain: (date) =>
      answer(() => {
        const found = chains.find((chain) => chain.date === date)
        if (found !== undefined) return found
        throw new CutwaterError('CHAIN_MISSING', 'there is no option chain of that date', {
          where: String(date),
        })
      }),
  }
}

const empty: Omit<MarketHistory, 'days'> = {
  events: [],
  strategies: [],
  strategyDays: [],
  etps: [],
  economy: [],
  notes: [],
}
