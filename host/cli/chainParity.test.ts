import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as billYield from '@cutwater/core/finance/billYield.ts'
import * as parity from '@cutwater/core/options/pricing/parity.ts'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { dataDir } from '../config/dataDir.ts'

const folder = join(dataDir() ?? '', 'market')
const isAtHand = dataDir() !== undefined && existsSync(join(folder, 'spx_option_chains.csv'))

type Chain = {
  readonly date: string
  readonly days: number
  readonly spot: number
  readonly pairs: readonly parity.Pair[]
}

describe.skipIf(!isAtHand)(
  'real SPX chains, skipped where CUTWATER_DATA has no spx_option_chains.csv',
  () => {
    let chains: readonly Chain[]
    let bills: ReadonlyMap<string, number>
    beforeAll(() => {
      chains = readChains()
      bills = new Map(
        rowsOf('tbill_3m_daily').map(([date, percent]) => [
          date!,
          billYield.fromDiscount(Number(percent) / 100),
        ]),
      )
    }, 60_000)

    test('hold one forward and one discount each: no conversion, reversal or box is left after the spreads', () => {
      let [conversions, boxes] = [0, 0]
      for (const { pairs } of chains) {
        const market = { ...parity.fit(pairs), costs: 0 }
        for (const [index, pair] of pairs.entries()) {
          expect(parity.conversionGap(pair, market)).toBe(0)
          conversions++
          if (index === 0) continue
          expect(parity.boxGap(pairs[index - 1]!, pair, market)).toBe(0)
          boxes++
        }
      }
      expect([chains.length, conversions, boxes]).toEqual([288, 45_090, 44_802])
    })

    test('say what money costs: over 60 to 150 days within a percentage point above the three-month bill', () => {
      const far = chains.filter(({ days }) => days >= 60 && days <= 150)
      expect(far).toHaveLength(60)
      for (const { date, days, pairs } of far) {
        const rate = (-Math.log(parity.fit(pairs).discount) * 365) / days
        const above = rate - bills.get(date)!
        expect(above).toBeGreaterThan(-0.001)
        expect(above).toBeLessThan(0.01)
      }
    })

    test('put the forward within what a month of carry can explain', () => {
      for (const { days, spot, pairs } of chains.filter(({ days }) => days <= 45)) {
        const { forward } = parity.fit(pairs)
        expect(Math.abs(forward / spot - 1)).toBeLessThan(0.003 + (0.06 * days) / 365)
      }
    })
  },
)

function rowsOf(file: string): readonly (readonly string[])[] {
  return parse(readFileSync(join(folder, `${file}.csv`)), { from: 2 })
}

/** Chains from a week out with eight pairs or more that have a bid on both sides. */
function readChains(): readonly Chain[] {
  const chains = new Map<string, Chain & { readonly byStrike: Map<number, Partial<parity.Pair>> }>()
  for (const [date, spot, root, expiry, days, type, strike, bid, ask] of rowsOf('spx_option_chains')) {
    const key = `${date} ${root} ${expiry}`
    const chain = chains.get(key) ?? {
      date: date!,
      days: Number(days),
      spot: Number(spot),
      pairs: [],
      byStrike: new Map(),
    }
    chains.set(key, chain)
    const pair = chain.byStrike.get(Number(strike)) ?? { strike: Number(strike) }
    const quote = { bid: Number(bid), ask: Number(ask) }
    chain.byStrike.set(Number(strike), { ...pair, [type === 'C' ? 'call' : 'put']: quote })
  }
  return [...chains.values()]
    .map(({ byStrike, ...chain }) => {
      const whole = [...byStrike.values()].filter((pair): pair is parity.Pair => !!pair.call && !!pair.put)
      const pairs = whole.filter(({ call, put }) => call.bid > 0 && put.bid > 0)
      return { ...chain, pairs: pairs.sort((a, b) => a.strike - b.strike) }
    })
    .filter(({ days, pairs }) => days >= 7 && pairs.length >= 8)
}
