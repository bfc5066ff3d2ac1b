import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as UnixTime from '../../../units/UnixTime.ts'
import * as TradingCalendar from '../../settlement/TradingCalendar.ts'
import type { MarketDay, MarketHistory } from '../MarketDay.ts'
import { inspect } from './inspect.ts'

const at = (date: string) => UnixTime.parse(date)!
const bar = (close: number) => ({ open: close * 0.99, high: close * 1.02, low: close * 0.98, close })

const history = (days: readonly MarketDay[]): MarketHistory => ({
  days,
  events: [],
  strategies: [],
  strategyDays: [],
  etps: [],
  economy: [],
  notes: [],
})

/** Sound days, one after the other. */
const calm = (count: number, from = at('2021-03-01')): MarketDay[] => {
  const days: MarketDay[] = []
  for (let date = from; days.length < count; date = TradingCalendar.next(date))
    days.push({
      date,
      spx: bar(3900),
      vix: bar(20),
      indices: { vvix: 100 },
      futures: [],
      billYield: 0.01,
      flags: [],
    })
  return days
}

const codesOf = (days: readonly MarketDay[]) => inspect(history(days)).map(({ code }) => code)

test('a calendar of releases that ends before the days do is named, and one that does not is not', () => {
  const days = calm(60)
  const event = (kind: 'cpi' | 'fomc', index: number) => ({ date: days[index]!.date, kind, scheduled: true })
  const found = inspect({ ...history(days), events: [event('cpi', 5), event('cpi', 10), event('fomc', 59)] })
  expect(found.map(({ code, count }) => [code, count])).toEqual([['events-ended', 49]])
  expect(found[0]!.what).toContain('cpi')
})

test('calm and whole days have nothing to be said of them', () => {
  expect(inspect(history(calm(60)))).toEqual([])
})

describe('what is wrong with a day is named, with the day', () => {
  const changed = (change: (day: MarketDay) => MarketDay) => {
    const days = calm(10)
    return inspect(history(days.with(5, change(days[5]!)))).filter(({ from }) => from === days[5]!.date)
  }

  test.each<[string, (day: MarketDay) => MarketDay]>([
    ['the SPX moved by more than a quarter in a day', (day) => ({ ...day, spx: bar(390) })],
    ['the VIX moved fivefold in a day', (day) => ({ ...day, vix: bar(200) })],
    ['vvix moved fivefold in a day', (day) => ({ ...day, indices: { vvix: 10 } })],
    [
      'a future stands at four times the VIX, or a quarter of it',
      (day) => ({ ...day, futures: [{ expiry: at('2021-03-17'), settle: 212 }] }),
    ],
    ['the yield of bills moved by 1.5 points in a day', (day) => ({ ...day, billYield: 0.1 })],
  ])('%s', (what, change) => {
    const notes = changed(change)
    expect(notes.map((note) => note.what)).toContain(what)
    expect(notes.find((note) => note.what === what)!.kind).toBe('outlier')
  })

  test('an index that stops for a day', () => {
    const [note] = changed((day) => ({ ...day, indices: {} }))
    expect(note).toMatchObject({ kind: 'gap', code: 'index-absent', count: 1 })
  })
})

test('a day that is not there is a gap, a holiday is none', () => {
  const days = calm(30, at('2021-03-15'))
  expect(days.map(({ date }) => UnixTime.formatDate(date))).not.toContain('2021-04-02')
  expect(codesOf(days)).toEqual([])
  expect(codesOf(days.toSpliced(4, 1))).toEqual(['day-missing'])
})

test('law: a month taken out of the middle of a strip is missed, one at its end is not', () => {
  const expiries = ['2021-03-17', '2021-04-21', '2021-05-19', '2021-06-16', '2021-07-21'].map(at)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 }), (out) => {
      const futures = expiries.toSpliced(out, 1).map((expiry) => ({ expiry, settle: 20 }))
      const codes = codesOf(calm(5).map((day) => ({ ...day, futures })))
      expect(codes.includes('strip-month-missing')).toBe(out > 0 && out < 4)
    }),
  )
})

test('long stretches are notes of their own, short ones share one', () => {
  const days = calm(100).map((day, i) => ({
    ...day,
    indices: (i > 10 && i < 13) || (i > 20 && i < 50) || i === 70 ? {} : { vvix: 100 },
  }))
  const counts = inspect(history(days)).map(({ count }) => count)
  expect(counts.sort((a, b) => a - b)).toEqual([3, 29])
})
