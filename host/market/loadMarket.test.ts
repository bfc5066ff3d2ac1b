import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { describe, expect, test } from 'vitest'
import { dataDir } from '../config/dataDir.ts'
import { loadMarket, tableNames } from './loadMarket.ts'
import { smallMarket, withMarket } from './smallMarket.fixture.ts'

const at = (date: string) => UnixTime.parse(date)!

describe('a small folder', () => {
  const history = withMarket(smallMarket(), loadMarket)
  const day = (date: string) => history.days.find((each) => each.date === at(date))!

  test('gives a day for every row of the SPX', () => {
    expect(history.days.map((each) => UnixTime.formatDate(each.date))).toEqual([
      '2020-03-12',
      '2020-03-13',
      '2020-03-16',
      '2020-03-17',
      '2020-03-18',
    ])
  })

  test('puts a day together from all tables', () => {
    expect(day('2020-03-16')).toEqual({
      date: at('2020-03-16'),
      spx: { open: 2508.59, high: 2562.98, low: 2380.94, close: 2386.13 },
      vix: { open: 57.83, high: 83.56, low: 57.83, close: 82.69 },
      indices: {
        vix9d: 106.66,
        vix3m: 67.7,
        vix6m: 55.4,
        vix1y: 41.47,
        vvix: 207.59,
        skew: 114.66,
        vxth: 384.51,
      },
      futures: [
        { expiry: at('2020-03-18'), settle: 72.625 },
        { expiry: at('2020-04-15'), settle: 59.15 },
        { expiry: at('2020-05-20'), settle: 44.875 },
      ],
      billYield: expect.closeTo(0.0024341, 7),
      breadth: { advancing: 13, declining: 523, source: 'synthetic' },
      flags: ['futures-at-1615'],
    })
  })

  test('takes breadth from the exchange where it has it', () => {
    expect(day('2020-03-13').breadth).toEqual({ advancing: 2480, declining: 510, source: 'nyse' })
    expect(day('2020-03-17')).not.toHaveProperty('breadth')
  })

  test('tells scheduled events from those that nobody knew before', () => {
    expect(history.events.map(({ kind, scheduled, time }) => [kind, scheduled, time])).toEqual([
      ['cpi', true, '08:30'],
      ['fomc', false, undefined],
      ['fomc', true, '14:00'],
    ])
  })

  test('joins the condor index to the other strategies', () => {
    expect(history.strategies.map(({ values }) => values.cndr)).toEqual([650.3, 640.3, 643.4])
  })

  test('names the tables that are not there', () => {
    expect(history.notes.map(({ what }) => what)).toContain(`a table is not there: ${tableNames.reer}`)
  })
})

const folder = join(dataDir() ?? '', 'market')
const isAtHand = dataDir() !== undefined && existsSync(join(folder, tableNames.spx))

describe.skipIf(!isAtHand)('recorded markets, skipped where CUTWATER_DATA has no market/spx_ohlc.csv', () => {
  test('are read whole, and what was mended is named', () => {
    const { days, notes } = loadMarket(folder)
    expect(days.length).toBeGreaterThanOrEqual(8_565)
    expect(days.filter(({ futures }) => futures.length > 0).length).toBeGreaterThan(4_900)
    expect(notes).toContainEqual(expect.objectContaining({ code: 'vix-carried', count: 4 }))
    expect(notes).toContainEqual(expect.objectContaining({ code: 'bar-mended', count: 47 }))
  })
})
