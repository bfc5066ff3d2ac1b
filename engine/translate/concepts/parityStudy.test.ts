import type { OptionQuote } from '@cutwater/core/options/market/OptionChain.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import { expect, test } from 'vitest'
import { parityStudy } from './parityStudy.ts'

const [spot, discount] = [4_000, 0.99]
const strikes = Array.from({ length: 10 }, (_, nth) => 3_900 + 25 * nth)

/** Quotes that hold one forward and one discount to a spread of a dollar; a call's price may be off. */
function chain({ off = 0, at = 4_000 } = {}) {
  const quotes = strikes.flatMap((strike): OptionQuote[] => {
    const put = 60 + 0.4 * (strike - spot) + 20
    const call = put + discount * (spot - strike) + (strike === at ? off : 0)
    const common = { root: 'SPXW', expiry: 60 * day, strike }
    return [
      { ...common, kind: 'call', bid: call - 0.5, ask: call + 0.5 },
      { ...common, kind: 'put', bid: put - 0.5, ask: put + 0.5 },
    ]
  })
  return { date: 0, spot, quotes, notes: [] }
}

test('chains that hold one forward leave nothing, whatever dates are drawn', () => {
  const study = parityStudy([chain(), chain()], 1)
  expect(study).toEqual({
    dates: 2,
    conversions: 20,
    boxes: 18,
    left: 0,
    gain: { value: 0, low: 0, high: 0 },
  })
})

test('a price that is off by more than its spreads is found, and counts as often as its date is drawn', () => {
  const { left, gain } = parityStudy([chain({ off: 40 }), chain()], 1)
  expect(left).toBeGreaterThan(0)
  expect(gain.value).toBeGreaterThan(0)
  expect(gain.low).toBe(0)
  expect(gain.high).toBeCloseTo(2 * gain.value, 6)
})

test('what expires within a week, and chains of few strikes, are left out', () => {
  const soon = { ...chain(), date: 54 * day }
  const few = { ...chain(), quotes: chain().quotes.slice(0, 14) }
  expect(parityStudy([soon, few], 1)).toMatchObject({ dates: 2, conversions: 0, boxes: 0 })
})
