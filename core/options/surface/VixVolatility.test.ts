import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as UnixTime from '../../units/UnixTime.ts'
import { strikeOfDelta } from '../pricing/strikeOfDelta.ts'
import * as VixForward from './VixForward.ts'
import * as VixVolatility from './VixVolatility.ts'

const day = { indices: { vvix: 90 } }

test('law: every volatility is a number above zero, and longer options have less of it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 50, max: 220, noNaN: true }),
      fc.double({ min: 1 / 365, max: 1, noNaN: true }),
      fc.double({ min: 0.3, max: 6, noNaN: true }),
      (vvix, years, moneyness) => {
        const option = { years, strike: 20 * moneyness, forward: 20 }
        const volatility = VixVolatility.volatility({ indices: { vvix } }, option)!
        expect(volatility).toBeGreaterThan(0)
        expect(volatility).toBeLessThan(20)
        expect(VixVolatility.tenorScale(years)).toBeGreaterThan(VixVolatility.tenorScale(years + 0.1))
      },
    ),
  )
})

// The rolls of Cboe's VIX Tail Hedge index that paid imply 1.11, `node scripts/fitVix.ts`.
test('the 0.30-delta call of a month stands an eighth above VVIX', () => {
  const years = 30 / 365
  const at = (strike: number) => VixVolatility.volatility(day, { years, strike, forward: 20 })!
  const strike = strikeOfDelta({ kind: 'call', delta: 0.3, forward: 20, years }, at)
  expect(at(strike) / 0.9).toBeCloseTo(1.12, 2)
})

test('without VVIX there is no volatility', () => {
  expect(VixVolatility.volatility({ indices: {} }, { years: 0.1, strike: 20, forward: 20 })).toBeUndefined()
})

test('an option of no time is refused', () => {
  expect(() => VixVolatility.volatility(day, { years: 0, strike: 20, forward: 20 })).toThrow(
    'FINANCE_INPUT_INVALID',
  )
})

const at = (date: string) => UnixTime.parse(date)!
const futures = [
  { expiry: at('2020-03-18'), settle: 69.76 },
  { expiry: at('2020-04-15'), settle: 66.225 },
  { expiry: at('2020-06-17'), settle: 44 },
]
const expiryDay = { date: at('2020-03-18'), vix: { close: 76.45 }, futures }

test('on the expiry day the future is its opening quotation, and later ones start from the close', () => {
  expect(VixForward.at(expiryDay, at('2020-03-18'))).toEqual({ level: 69.76, basis: 'listed' })
  const early = VixForward.at(expiryDay, at('2020-04-01'))
  expect(early).toEqual({ level: (76.45 + 66.225) / 2, basis: 'interpolated' })
})

test('a month that is not listed lies between its neighbours, and beyond them at the last', () => {
  expect(VixForward.at(expiryDay, at('2020-05-20')).basis).toBe('interpolated')
  expect(VixForward.at(expiryDay, at('2020-05-20')).level).toBeCloseTo(66.225 - (35 / 63) * 22.225, 6)
  expect(VixForward.at(expiryDay, at('2020-10-21'))).toEqual({ level: 44, basis: 'extrapolated' })
  expect(VixForward.at({ ...expiryDay, futures: [] }, at('2020-04-15'))).toEqual({
    level: 76.45,
    basis: 'extrapolated',
  })
})

test('an expiry that has passed is refused', () => {
  expect(() => VixForward.at(expiryDay, at('2020-02-19'))).toThrow('VIX_EXPIRY_PASSED')
})
