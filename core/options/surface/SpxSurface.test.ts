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
  indices: { vix1d: 16.23, vix9d: 19.62, vix3m: 20.78, vix6m: 22.38, vix1y: 23.43, skew: 123.36 },
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
    billYield: fc.double({ min: -0.01, max: 0.1, noNaN: true }),
  })
  .map(({ date, vix, ratios, skew, billYield }) => {
    const [vix1d, vix9d, vix3m, vix6m, vix1y] = ratios.map((each) => each && vix * each)
    const named = { vix1d, vix9d, vix3m, vix6m, vix1y, skew }
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

test('law: no butterfly can be had for nothing, to four deviations down and three up', () => {
  fc.assert(
    fc.property(days, fc.double({ min: -4, max: 3, noNaN: true }), (day, deviations) => {
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
      const levels = tenors.map((years) => Smile.modelFree(SpxSurface.smile(surface, years)))
      for (const [i, each] of levels.slice(1).entries())
        expect(each).toBeGreaterThanOrEqual(levels[i]! * 0.999)
    }),
  )
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
