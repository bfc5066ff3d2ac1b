import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as UnixTime from '../../units/UnixTime.ts'
import { madeUpMarket } from '../testing/madeUpMarket.ts'
import * as Expiries from './Expiries.ts'
import { prepare } from './prepare.ts'

const views = (from: string) =>
  prepare({ days: madeUpMarket({ from, days: 120, seed: 3 }), events: [], etps: [] })
const before = fc.constantFrom(...views('2014-01-02'))
const since = fc.constantFrom(...views('2019-01-02'))
const tenor = fc.constantFrom(14, 30, 110, 220)

test('law: weekly calls only bring an expiry nearer, and a month to within four days', () => {
  fc.assert(
    fc.property(since, tenor, (view, days) => {
      const off = (weeklies: boolean) =>
        Math.abs(Expiries.nearestVix(view, days, view.date, weeklies)! - view.date - days * UnixTime.day)
      expect(off(true)).toBeLessThanOrEqual(off(false))
      if (days === 30) expect(off(true)).toBeLessThanOrEqual(4 * UnixTime.day)
      if (days > 42 + 16) expect(off(true)).toBe(off(false))
    }),
  )
})

test('law: before they were listed they change nothing', () => {
  fc.assert(
    fc.property(before, tenor, (view, days) => {
      expect(Expiries.nearestVix(view, days, view.date, true)).toBe(Expiries.nearestVix(view, days))
    }),
  )
})
