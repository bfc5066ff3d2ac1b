import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as UnixTime from '../../units/UnixTime.ts'
import * as halfSpread from './halfSpread.ts'

const at = (date: string) => UnixTime.parse(date)!
const put = { date: at('2023-02-07'), spot: 4164, mid: 5.3, years: 30 / 365 }

// The quote of 2023-02-07: SPXW 2023-03-10, 0.05-delta put, 5.20 bid, 5.40 asked (spx_option_chains.csv).
test('a month before expiry a 0.05-delta put trades some 15 cents from its middle', () => {
  expect(halfSpread.spx(put)).toBeGreaterThan(0.1)
  expect(halfSpread.spx(put)).toBeLessThan(0.2)
})

test('markets of 2011 are several times as wide, and those between lie between', () => {
  const [early, middle, late] = ['2011-01-05', '2016-07-01', '2023-01-03'].map((date) =>
    halfSpread.spx({ ...put, date: at(date), spot: 2000 }),
  )
  expect(early! / late!).toBeGreaterThan(5)
  expect(middle).toBeGreaterThan(late!)
  expect(middle).toBeLessThan(early!)
  expect(halfSpread.spx({ ...put, date: at('1995-06-01') })).toBe(
    halfSpread.spx({ ...put, date: at('2011-01-03') }),
  )
})

const quoted = fc.record({
  date: fc.integer({ min: 7_305, max: 30_000 }).map((days) => days * UnixTime.day),
  spot: fc.double({ min: 100, max: 20_000, noNaN: true }),
  mid: fc.double({ min: 0, max: 5_000, noNaN: true }),
  years: fc.double({ min: 0, max: 5, noNaN: true }),
})

test('law: half a spread is finite, at least half a tick, and grows with price and tenor', () => {
  fc.assert(
    fc.property(quoted, (option) => {
      const half = halfSpread.spx(option)
      expect(half).toBeGreaterThanOrEqual(0.025)
      expect(half).toBeLessThan(Number.POSITIVE_INFINITY)
      expect(halfSpread.spx({ ...option, mid: option.mid * 1.5 })).toBeGreaterThanOrEqual(half)
      expect(halfSpread.spx({ ...option, years: option.years + 0.1 })).toBeGreaterThanOrEqual(half)
    }),
  )
})

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('a price of %s has no spread', (mid) => {
  expect(() => halfSpread.spx({ ...put, mid })).toThrow('FINANCE_INPUT_INVALID')
  expect(() => halfSpread.vix(mid)).toThrow('FINANCE_INPUT_INVALID')
})
