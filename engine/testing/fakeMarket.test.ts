import type { MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { expect, test } from 'vitest'
import { marketContract } from '../ports/MarketData.contract.ts'
import { fakeMarket } from './fakeMarket.ts'

const day = (date: string): MarketDay => ({
  date: UnixTime.parse(date)!,
  spx: { open: 2500, high: 2600, low: 2400, close: 2450 },
  vix: { open: 60, high: 80, low: 55, close: 75 },
  indices: { vvix: 150 },
  futures: [{ expiry: UnixTime.parse('2020-03-18')!, settle: 70 }],
  billYield: 0.002,
  flags: [],
})
const days = ['2020-03-16', '2020-03-17', '2020-03-18'].map(day)
const expiry = days[2]!.date
const chain = {
  date: days[0]!.date,
  spot: 2450,
  quotes: [{ root: 'SPXW', expiry, kind: 'put', strike: 2300, bid: 20, ask: 22 } as const],
  notes: [],
}

marketContract('the fake market', async () => ({
  market: fakeMarket(days, [chain]),
  dispose: async () => {},
}))

test('a fault is thrown by the question it is meant for', async () => {
  const market = fakeMarket(days, [], (nth) => (nth === 2 ? new Error('down') : undefined))
  await expect(market.history()).resolves.toMatchObject({ days })
  await expect(market.history()).rejects.toThrow('down')
})
