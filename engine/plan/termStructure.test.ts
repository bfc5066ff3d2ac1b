import { day } from '@cutwater/core/units/UnixTime.ts'
import { expect, test } from 'vitest'
import { termStructure } from './termStructure.ts'

const bar = { open: 13, high: 14, low: 12, close: 13.5 }

test('indices stand at their horizon, futures at their expiry; what was not published has no place', () => {
  const market = {
    date: 0,
    spx: bar,
    vix: bar,
    indices: { vix9d: 12, vix3m: 15, skew: 140 },
    futures: [
      { expiry: 0, settle: 13.4 },
      { expiry: 20 * day, settle: 14.2 },
    ],
    billYield: 0.05,
    flags: [],
  }
  expect(termStructure(market)).toEqual([
    { of: 'VIX9D', kind: 'index', days: 9, points: 12 },
    { of: 'VIX', kind: 'index', days: 30, points: 13.5 },
    { of: 'VIX3M', kind: 'index', days: 93, points: 15 },
    { of: 'VX', kind: 'future', days: 20, points: 14.2 },
  ])
})
