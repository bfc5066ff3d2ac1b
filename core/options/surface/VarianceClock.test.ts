import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as UnixTime from '../../units/UnixTime.ts'
import * as TradingCalendar from '../settlement/TradingCalendar.ts'
import * as VarianceClock from './VarianceClock.ts'

const dates = fc
  .integer({ min: 0, max: 18_000 })
  .map((days) => TradingCalendar.atOrBefore(UnixTime.parse('1990-01-10')! + days * UnixTime.day))

test('law: time only passes forward, and as fast as trading days', () => {
  fc.assert(
    fc.property(
      dates,
      fc.double({ min: 0, max: 2, noNaN: true }),
      fc.double({ min: 0, max: 0.1, noNaN: true }),
      (date, years, more) => {
        const passed = VarianceClock.elapsed(date, years)
        expect(VarianceClock.elapsed(date, years + more)).toBeGreaterThanOrEqual(passed)
        expect(passed).toBeLessThanOrEqual(365 * years * 2.2 + 1e-9)
      },
    ),
  )
})

test('law: from close to close it counts the trading days, and a little for the others', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 1, max: 500 }), (date, days) => {
      const open = TradingCalendar.tradingDaysBetween(date, date + days * UnixTime.day)
      const expected = open + VarianceClock.closedDay * (days - open)
      expect(VarianceClock.elapsed(date, days / 365)).toBeCloseTo(expected, 8)
    }),
  )
})

test('a morning is half a day away, whatever comes between', () => {
  const thursday = UnixTime.parse('2022-04-14')!
  const monday = VarianceClock.elapsed(thursday, (4 - 6.5 / 24) / 365)
  expect(monday).toBeCloseTo(3 * VarianceClock.closedDay + VarianceClock.beforeOpening, 9)
})
