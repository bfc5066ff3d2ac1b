import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as TradingCalendar from '@cutwater/core/options/settlement/TradingCalendar.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MarketData } from './MarketData.ts'

export type Opened = {
  readonly market: MarketData
  readonly dispose: () => Promise<void>
}

/** What every market keeps, wherever it is read from: it has at least three days, and a chain. */
export function marketContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} keeps the market contract`, () => {
    let opened: Opened
    let history: MarketHistory
    beforeEach(async () => {
      opened = await open()
      history = await opened.market.history()
    })
    afterEach(() => opened.dispose())

    test('has a name that can be printed', () => {
      expect(opened.market.name).toMatch(/^[\w ]+$/)
    })

    test('days are trading days in order, each once', () => {
      const dates = history.days.map(({ date }) => date)
      expect(dates.length).toBeGreaterThanOrEqual(3)
      expect(dates).toEqual([...new Set(dates)].sort((a, b) => a - b))
      expect(dates.filter((date) => !TradingCalendar.isTradingDay(date))).toEqual([])
    })

    test('nothing in it is NaN, infinite or null', () => {
      expect(oddities(history)).toEqual([])
    })

    test('high and low hold opening and close, all above zero', () => {
      const bars = history.days.flatMap(({ spx, vix }) => [spx, vix])
      for (const { open, high, low, close } of bars) {
        expect(low).toBeGreaterThan(0)
        expect(Math.min(open, close)).toBeGreaterThanOrEqual(low)
        expect(Math.max(open, close)).toBeLessThanOrEqual(high)
      }
    })

    test('a strip is in order of expiry, of contracts that have not expired, each once and above zero', () => {
      for (const { date, futures } of history.days) {
        const expiries = futures.map(({ expiry }) => expiry)
        expect(expiries).toEqual([...new Set(expiries)].sort((a, b) => a - b))
        for (const { expiry, settle } of futures) {
          expect(expiry).toBeGreaterThanOrEqual(date)
          expect(settle).toBeGreaterThan(0)
        }
      }
    })

    test('events, months and notes are in order of time', () => {
      for (const list of [
        history.events,
        history.strategies,
        history.strategyDays,
        history.etps,
        history.economy,
      ]) {
        const dates = list.map(({ date }) => date)
        expect(dates).toEqual([...dates].sort((a, b) => a - b))
      }
      for (const { from, to, count } of history.notes) {
        expect(from).toBeLessThanOrEqual(to)
        expect(count).toBeGreaterThan(0)
      }
    })

    test('asked twice, it says the same', async () => {
      expect(await opened.market.history()).toEqual(history)
    })

    test('each date it names has a chain of sound quotes', async () => {
      const dates = await opened.market.chainDates()
      expect(dates.length).toBeGreaterThan(0)
      expect(dates).toEqual([...new Set(dates)].sort((a, b) => a - b))
      for (const date of dates) {
        const chain = await opened.market.chain(date)
        expect(chain.date).toBe(date)
        expect(chain.quotes.length).toBeGreaterThan(0)
        expect(oddities(chain)).toEqual([])
        for (const { expiry, strike, bid, ask } of chain.quotes) {
          expect(expiry).toBeGreaterThanOrEqual(date)
          expect(Math.min(strike, ask)).toBeGreaterThan(0)
          expect(bid).toBeGreaterThanOrEqual(0)
          expect(ask).toBeGreaterThanOrEqual(bid)
        }
      }
    })

    test('a date without a chain is an error, and stops nothing', async () => {
      const [date] = await opened.market.chainDates()
      await expect(opened.market.chain(date! + UnixTime.day * 20_000)).rejects.toMatchObject({
        code: 'CHAIN_MISSING',
      })
      expect((await opened.market.chain(date!)).date).toBe(date)
    })
  })
}

function oddities(value: unknown, path = ''): string[] {
  if (value === null) return [path]
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, each]) => oddities(each, `${path}.${key}`))
}
