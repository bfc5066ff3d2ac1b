import type { MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import type { OptionChain, OptionQuote } from '@cutwater/core/options/market/OptionChain.ts'
import * as Black76 from '@cutwater/core/options/pricing/Black76.ts'
import * as SpxExpiry from '@cutwater/core/options/settlement/SpxExpiry.ts'
import * as years from '@cutwater/core/options/settlement/years.ts'
import * as SpxSurface from '@cutwater/core/options/surface/SpxSurface.ts'
import { madeUpMarket } from '@cutwater/core/options/testing/madeUpMarket.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { describe, expect, it } from 'vitest'
import { againstQuotes } from './againstQuotes.ts'

const days = madeUpMarket({ from: '2022-06-01', days: 60, seed: 4 })
const [one, other] = [days[5]!, days[50]!]

describe('the surface against quotes', () => {
  it('finds nothing wrong with quotes that it made itself', () => {
    const { surface, legs, strikes, within } = againstQuotes(days, [chainOf(one), chainOf(other)])
    expect(surface.length).toBeGreaterThan(20)
    for (const { mean, apart, states } of surface) {
      expect(Math.abs(mean)).toBeLessThan(1e-3)
      expect(apart).toBeLessThan(1e-3)
      expect(states).toBe(2)
    }
    for (const { away, quotedDelta, delta } of legs) {
      expect(Math.abs(away)).toBeLessThan(1)
      expect(quotedDelta).toBeCloseTo(delta, 2)
    }
    expect(strikes.map(({ kind, delta }) => `${kind} ${delta}`)).toHaveLength(4)
    expect(within.find(({ pricedBy }) => pricedBy === 'surface')).toMatchObject({ legs: 8, within: 8 })
  })

  it('says by how much quotes are cheaper than it, with the error that two states leave', () => {
    const { surface } = againstQuotes(days, [chainOf(one, -0.01), chainOf(other, -0.02)])
    const month = surface.find(
      ({ kind, delta, days: [from] }) => kind === 'put' && delta[0] === 0.15 && from === 24,
    )!
    expect(month.mean).toBeCloseTo(0.015, 3)
    expect(month.error).toBeCloseTo(0.005, 3)
  })

  it('leaves a chain of another moment out, and says so', () => {
    const morning = { ...chainOf(one), spot: one.spx.close * 1.01 }
    const { chains } = againstQuotes(days, [morning, chainOf(other)])
    expect(chains.map(({ isAtClose }) => isAtClose)).toEqual([false, true])
    expect(() => againstQuotes(days, [morning])).toThrow('[CHAINS_MISSING]')
    expect(() => againstQuotes([], [chainOf(one)])).toThrow('[CHAINS_MISSING]')
  })
})

/** A chain as the surface of a day prices it, so much volatility above it, with a spread of two cents. */
function chainOf(day: MarketDay, above = 0): OptionChain {
  const surface = SpxSurface.fromIndices(day)
  const { date } = day
  const expiries = SpxExpiry.between(date, date + 60 * UnixTime.day).filter(({ root }) => root === 'SPXW')
  const quotes = expiries.flatMap(({ root, expiry, settles }): OptionQuote[] => {
    const left = years.calendar({ date, at: 'close' }, { date: expiry, at: settles })
    const forward = SpxSurface.forward(surface, left)
    const discount = SpxSurface.discount(surface, left)
    const strikes = Array.from({ length: 160 }, (_, i) => Math.round((forward * (0.6 + i / 250)) / 5) * 5)
    return strikes.flatMap((strike) =>
      (['call', 'put'] as const).map((kind) => {
        const volatility = SpxSurface.volatility(surface, { years: left, strike }) + above
        const price = Black76.price({ kind, forward, strike, years: left, volatility, discount })
        return { root, expiry, kind, strike, bid: Math.max(0, price - 0.01), ask: price + 0.01 }
      }),
    )
  })
  return { date, spot: day.spx.close, quotes, notes: [] }
}
