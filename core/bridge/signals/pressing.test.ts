import { describe, expect, it } from 'vitest'
import * as Decayed from '../../signals/Decayed.ts'
import * as Rsi from '../../signals/Rsi.ts'
import { day, hour } from '../../units/UnixTime.ts'
import { begin } from '../testing/sampleBridge.ts'
import * as Arbitrage from './Arbitrage.ts'
import * as Breadth from './Breadth.ts'
import * as Calendar from './Calendar.ts'
import * as CashPress from './CashPress.ts'
import * as Decay from './Decay.ts'
import * as Gdp from './Gdp.ts'
import * as Liquidity from './Liquidity.ts'
import * as ParityGap from './ParityGap.ts'
import {
  emptyTally,
  hoursAfter,
  measure,
  numberOf,
  readingsOver,
  sightOf,
  viewOf,
  whyOf,
} from './signals.fixture.ts'
import * as WrappedPrice from './WrappedPrice.ts'
import * as Yields from './Yields.ts'

// Each signal against an example by hand; those of capital, prices and losses have files of their own.

describe('signals of the market', () => {
  it('RSI of the price is that of the weighted price, hour by hour', () => {
    const prices = Array.from({ length: 20 }, (_, i) => 1 - (i % 5) / 100)
    const views = prices.map((price, i) => {
      const at = hoursAfter(i)
      return viewOf(
        [measure('wrappedPrice', 'GOLD', price, { at }), measure('wrappedPrice', 'SILVER', 1, { at })],
        { at },
      )
    })
    const expected = Rsi.series(Float64Array.from(prices, (price) => 0.75 * price + 0.25))
    const values = readingsOver([WrappedPrice.rsi], views).map(([reading]) => reading!.value)
    expect(values.slice(14)).toEqual([...expected.slice(14)].map((rsi) => expect.closeTo(rsi, 9)))
  })

  it('interest-rate differential: 7% against 4% on three quarters of the value, 3% against 3% on the rest', () => {
    const pair = (symbol: string, wrapped: number, canonical: number) => [
      measure('wrappedApy', symbol, wrapped),
      measure('canonicalApy', symbol, canonical),
    ]
    const view = viewOf([...pair('GOLD', 0.07, 0.04), ...pair('SILVER', 0.03, 0.03)])
    expect(numberOf(Yields.differential, view)).toBeCloseTo(0.0225, 12)
    expect(whyOf(Yields.differential, viewOf([measure('wrappedApy', 'GOLD', -0.01)]))).toMatch(/is -0\.01/)
  })

  it('parity gap: 3% below par, less 0.3% of the pool, 0.1% of the bridge, $20 on $10,000 and a day at 5%', () => {
    const fed = [
      measure('wrappedPrice', 'GOLD', 0.97),
      measure('bridgeFee', '', 0.001),
      measure('transferCost', '10000', 20),
      measure('riskFree', '', 0.05),
    ]
    const expected = -Math.log(0.97) - 0.003 - 0.001 - 0.002 - 0.05 / 365.25
    expect(numberOf(ParityGap.gap, viewOf(fed))).toBeCloseTo(expected, 12)
    const near = sightOf(ParityGap.gap, viewOf([measure('wrappedPrice', 'GOLD', 0.999)]))
    expect(near).toMatchObject({ value: 0, says: 'no token is off par by more than a trade costs' })
  })

  it('MEV share is what is fed', () => {
    expect(numberOf(Arbitrage.mev, viewOf([measure('mevShare', '', 0.12)]))).toBe(0.12)
  })
})

describe('signals of what the bridge holds', () => {
  it('quick ratio: $30 liquid and $20 of cover to $80 of claims and $20 of withdrawals', () => {
    const fed = [
      measure('liquidTreasury', '', 30),
      measure('cover', 'mutual', 20),
      measure('claimsDue', '', 80),
      measure('withdrawalsDue', '', 20),
    ]
    expect(sightOf(Liquidity.quick, viewOf(fed))).toMatchObject({ value: 0.5, scale: 0.75 })
    expect(whyOf(Liquidity.quick, viewOf([fed[0]!, measure('claimsDue', '', 0)]))).toBe('nothing is due')
  })

  it('protection: audited a half-life ago and drilled two half-lives ago leaves an eighth', () => {
    const aged = (name: 'audit' | 'drill', days: number) =>
      measure(name, 'v1', 1, { asOf: begin - days * day })
    const view = viewOf([aged('audit', 365.25), aged('drill', 182.625), aged('drill', 400)])
    expect(sightOf(Decay.protection, view)).toMatchObject({
      value: expect.closeTo(0.125, 12),
      scale: expect.closeTo(0.875, 12),
      says: expect.stringMatching(
        /^12\.5% of protection is left and a day takes 0\.12%: audited 365 days ago, drilled 183/,
      ),
    })
  })

  it('protection: a quarter of it where code has changed since anybody read it, whole again after a review', () => {
    const dated = (name: 'audit' | 'codeChange' | 'codeReview', days: number) =>
      measure(name, 'v1', 1, { asOf: begin - days * day })
    const [audit, change] = [dated('audit', 365.25), dated('codeChange', 41)]
    expect(sightOf(Decay.protection, viewOf([audit, change]))).toMatchObject({
      value: expect.closeTo(0.125, 12),
      says: expect.stringMatching(/; code changed 41 days ago and nobody has read it since$/),
    })
    expect(numberOf(Decay.protection, viewOf([dated('audit', 0), change]))).toBe(1)
    expect(numberOf(Decay.protection, viewOf([audit, change, dated('codeReview', 0)]))).toBeCloseTo(0.5, 12)
  })

  it('cash press: at its high, breadth below 50 and protection half gone, all three', () => {
    const at = (locked: number, breadth: number, left: number) =>
      viewOf([], {
        locked,
        values: new Map([
          ['breadth', breadth],
          ['protection', left],
        ]),
      })
    const readings = readingsOver([CashPress.press], [at(100, 60, 0.9), at(96, 40, 0.4), at(90, 40, 0.4)])
    expect(readings.map(([reading]) => reading!.value)).toEqual([1, 3, 2])
    expect(readings.map(([reading]) => reading!.rank)).toEqual([0.5, 1, 0.5])
  })

  it('calendar: neutral until three days before, full when it happens and for a day', () => {
    const upgrade = measure('event', 'upgrade of the home contract', begin + 72 * hour)
    const scaleAt = (hours: number) => {
      const sight = sightOf(Calendar.calendar, viewOf([upgrade], { at: hoursAfter(hours) }))
      return 'why' in sight ? sight.why : sight.scale
    }
    expect([-10, 0, 36, 72, 90, 97].map(scaleAt)).toEqual([0.5, 0.5, 0.75, 1, 1, 'no dated event lies ahead'])
  })
})

describe('signals of the log', () => {
  it('A/D line: three lanes gain, one loses, then two lose', () => {
    const hourOf = (...nets: number[]) => {
      const tally = emptyTally()
      for (const [i, net] of nets.entries()) tally.netUsd.set(`lane ${i}`, net)
      return viewOf([], { tally })
    }
    const readings = readingsOver([Breadth.line], [hourOf(5, 1, 9, -2, 0), hourOf(-1, -1)])
    expect(readings.map(([reading]) => reading!.value)).toEqual([2, 0])
  })

  it('arbitrage: $40 of $100 go straight back', () => {
    const tally = emptyTally()
    Decayed.add(tally.volume, 100, begin)
    Decayed.add(tally.roundTrips, 40, begin)
    expect(numberOf(Arbitrage.roundTrips, viewOf([], { tally }))).toBeCloseTo(0.4, 12)
  })

  it('GDP: a day of $10 an hour is $240, and half of it at twice the prices', () => {
    const views = Array.from({ length: 24 }, () => viewOf([], { tally: { ...emptyTally(), settledUsd: 10 } }))
    const readings = readingsOver([Gdp.nominal], views).map(([reading]) => reading!.value)
    expect(readings.slice(22)).toEqual([null, 240])
    const real = viewOf([], {
      values: new Map([
        ['gdp', 240],
        ['cpi', 200],
      ]),
    })
    expect(numberOf(Gdp.real, real)).toBe(120)
  })
})
