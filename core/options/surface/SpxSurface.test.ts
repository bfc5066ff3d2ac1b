import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as UnixTime from '../../units/UnixTime.ts'
import * as Black76 from '../pricing/Black76.ts'
import * as TradingCalendar from '../settlement/TradingCalendar.ts'
import * as Smile from './Smile.ts'
import * as SpxSurface from './SpxSurface.ts'

const at = (date: string) => UnixTime.parse(date)!
const bar = (close: number) => ({ open: close, high: close, low: close, close })

// Levels of 2023-02-07 (Cboe).
const tuesday = {
  date: at('2023-02-07'),
  spx: bar(4164),
  vix: bar(18.66),
  indices: {
    vix1d: 16.23,
    vix9d: 19.62,
    vix3m: 20.78,
    vix6m: 22.38,
    vix1y: 23.43,
    vvix: 84.54,
    skew: 123.36,
  },
  billYield: 0.0466,
}

const level = fc.double({ min: 8, max: 90, noNaN: true })
const ratio = fc.double({ min: 0.6, max: 1.6, noNaN: true })
const days = fc
  .record({
    date: fc.integer({ min: 7_400, max: 29_000 }),
    vix: level,
    ratios: fc.array(fc.option(ratio, { nil: undefined }), { minLength: 5, maxLength: 5 }),
    skew: fc.option(fc.double({ min: 95, max: 180, noNaN: true }), { nil: undefined }),
    vvix: fc.option(fc.double({ min: 55, max: 210, noNaN: true }), { nil: undefined }),
    billYield: fc.double({ min: -0.01, max: 0.1, noNaN: true }),
  })
  .map(({ date, vix, ratios, skew, vvix, billYield }) => {
    const [vix1d, vix9d, vix3m, vix6m, vix1y] = ratios.map((each) => each && vix * each)
    const named = { vix1d, vix9d, vix3m, vix6m, vix1y, skew, vvix }
    const indices = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
    return {
      date: TradingCalendar.atOrBefore(date * UnixTime.day),
      spx: bar(4000),
      vix: bar(vix),
      indices,
      billYield,
    }
  })

const tenors = [1, 2, 4, 7, 14, 30, 45, 60, 93, 150, 250, 400].map((each) => each / 365)

test('law: whatever the indices are, every volatility is a number above zero', () => {
  fc.assert(
    fc.property(days, fc.double({ min: 0.2, max: 3, noNaN: true }), (day, moneyness) => {
      const surface = SpxSurface.fromIndices(day)
      for (const years of tenors) {
        const volatility = SpxSurface.volatility(surface, { years, strike: 4000 * moneyness })
        expect(volatility).toBeGreaterThan(0)
        expect(volatility).toBeLessThan(20)
      }
    }),
  )
})

test('law: no butterfly can be had for nothing, to nine deviations down and five up', () => {
  fc.assert(
    fc.property(days, fc.double({ min: -9, max: 5, noNaN: true }), (day, deviations) => {
      const surface = SpxSurface.fromIndices(day)
      for (const years of tenors) {
        const smile = SpxSurface.smile(surface, years)
        expect(Smile.durrleman(smile, deviations * Math.sqrt(smile.theta))).toBeGreaterThanOrEqual(-1e-9)
      }
    }),
  )
})

test('law: total variance never falls with time, at the money', () => {
  fc.assert(
    fc.property(days, (day) => {
      const surface = SpxSurface.fromIndices(day)
      const levels = tenors.map((years) => SpxSurface.smile(surface, years).theta)
      for (const [i, each] of levels.slice(1).entries())
        expect(each).toBeGreaterThanOrEqual(levels[i]! * (1 - 1e-12))
    }),
  )
})

test('smiles of a steeply inverted day do not cross far above the money', () => {
  // Levels of 2015-08-24 (Cboe).
  const indices = { vix9d: 54.61, vix3m: 31.14, vix6m: 27.36, vix1y: 24.77, vvix: 168.75, skew: 129.46 }
  const { nodes } = SpxSurface.fromIndices({ ...tuesday, date: at('2015-08-24'), vix: bar(40.74), indices })
  const slopes = nodes.map(({ theta, rho, psi }) => Math.sqrt(theta) * psi * (1 + rho))
  for (const [i, each] of slopes.slice(1).entries()) expect(each).toBeGreaterThan(slopes[i]! * 0.98)
})

test('holidays count: a month that has one is fewer days of trading to the same VIX', () => {
  const indices = { vix9d: 20, vix3m: 20, vix6m: 20, vix1y: 20 }
  // From Friday, June 10, 2022 the VIX of thirty days has Juneteenth and Independence Day in it, from July 8 neither.
  const over = (date: string) => {
    const surface = SpxSurface.fromIndices({ ...tuesday, date: at(date), vix: bar(20), indices })
    return SpxSurface.volatility(surface, { years: 28 / 365, strike: 4164 })
  }
  expect(over('2022-06-10') / over('2022-07-08')).toBeCloseTo(1, 2)
})

describe('the level', () => {
  const surface = SpxSurface.fromIndices(tuesday)

  test('a strip of thirty days costs what the VIX says', () => {
    const years = 30 / 365
    const forward = SpxSurface.forward(surface, years)
    let strip = 0
    for (let strike = 1000; strike < 6000; strike += 5) {
      const volatility = SpxSurface.volatility(surface, { years, strike })
      const kind = strike < forward ? 'put' : 'call'
      strip += (10 / strike ** 2) * Black76.price({ kind, forward, strike, years, volatility, discount: 1 })
    }
    // Thirty days from this Tuesday have a trading day less than thirty days have in the mean.
    expect(100 * Math.sqrt(strip / years)).toBeGreaterThan(17.8)
    expect(100 * Math.sqrt(strip / years)).toBeLessThan(19)
  })

  test('over a weekend volatility is that of one day, not of three', () => {
    const friday = SpxSurface.fromIndices({ ...tuesday, date: at('2023-02-10') })
    const overWeekend = Smile.modelFree(SpxSurface.smile(friday, 3 / 365))
    const overNight = Smile.modelFree(SpxSurface.smile(surface, 1 / 365))
    expect(overWeekend / overNight).toBeCloseTo(1, 6)
  })

  test('what was not published is named', () => {
    expect(surface.assumed).toEqual([])
    expect(SpxSurface.fromIndices({ ...tuesday, indices: {} }).assumed).toEqual([
      'vix1d',
      'vix9d',
      'vix3m',
      'vix6m',
      'vix1y',
      'skew',
      'vvix',
    ])
  })
})

test.each([
  { years: 0, strike: 4000 },
  { years: -0.1, strike: 4000 },
  { years: 0.1, strike: 0 },
  { years: Number.NaN, strike: 4000 },
])('an option of $years years at $strike is refused', (point) => {
  expect(() => SpxSurface.volatility(SpxSurface.fromIndices(tuesday), point)).toThrow('FINANCE_INPUT_INVALID')
})
