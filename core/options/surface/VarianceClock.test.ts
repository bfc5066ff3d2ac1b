import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as UnixTime from '../../units/UnixTime.ts'
import { closing, wholeDay } from '../settlement/closing.ts'
import * as TradingCalendar from '../settlement/TradingCalendar.ts'
import { betweenCloses } from '../settlement/years.ts'
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
        expect(passed).toBeLessThanOrEqual(365 * years * 2.4 + 1e-9)
      },
    ),
  )
})

test('law: from close to close it counts the trading days, less for half ones, and a little for the others', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 1, max: 500 }), (date, days) => {
      const until = date + days * UnixTime.day
      const open = TradingCalendar.tradingDaysBetween(date, until)
      let lacking = 0
      for (let day = date + UnixTime.day; day <= until; day += UnixTime.day)
        lacking += ((1 - VarianceClock.beforeOpening) * (wholeDay - closing(day))) / 390
      const expected = open + VarianceClock.closedDay * (days - open) - lacking
      expect(VarianceClock.elapsed(date, betweenCloses(date, until))).toBeCloseTo(expected, 8)
    }),
  )
})

test('on a half day all that is left comes in three hours less', () => {
  const eve = UnixTime.parse('2022-11-23')!
  const friday = eve + 2 * UnixTime.day
  const over = (date: number, days: number) => VarianceClock.elapsed(date, days / 365)
  const half = VarianceClock.beforeOpening + ((1 - VarianceClock.beforeOpening) * 3.5) / 6.5
  expect(over(eve, 1.875)).toBeCloseTo(VarianceClock.closedDay + half, 9)
  // Friday's 13:00 to Monday's 16:00 is three days and three hours.
  expect(over(friday, 3.125)).toBeCloseTo(2 * VarianceClock.closedDay + 1, 9)
})

test('a morning is half a day away, whatever comes between', () => {
  const thursday = UnixTime.parse('2022-04-14')!
  const monday = VarianceClock.elapsed(thursday, (4 - 6.5 / 24) / 365)
  expect(monday).toBeCloseTo(3 * VarianceClock.closedDay + VarianceClock.beforeOpening, 9)
})
