import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as SpxExpiry from '@cutwater/core/options/settlement/SpxExpiry.ts'
import * as TradingCalendar from '@cutwater/core/options/settlement/TradingCalendar.ts'
import * as VixExpiry from '@cutwater/core/options/settlement/VixExpiry.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { dataDir } from '../config/dataDir.ts'

const folder = join(dataDir() ?? '', 'market')
const isAtHand = dataDir() !== undefined && existsSync(join(folder, 'spx_ohlc.csv'))

type Row = Readonly<Record<string, string>>

const rowsOf = (file: string): readonly Row[] =>
  parse(readFileSync(join(folder, `${file}.csv`)), { columns: true })
const at = (date: string) => UnixTime.parse(date)!
const daysOf = (from: string, to: string) =>
  Array.from(
    { length: (at(to) - at(from)) / UnixTime.day + 1 },
    (_, index) => at(from) + index * UnixTime.day,
  )

describe.skipIf(!isAtHand)('calendars, skipped where CUTWATER_DATA has no market/spx_ohlc.csv', () => {
  test('SPX traded on the days of the calendar and on no other, 1990 to 2023', () => {
    const traded = rowsOf('spx_ohlc').map((row) => row.date!)
    const expected = daysOf('1990-01-01', '2023-12-31').filter(TradingCalendar.isTradingDay)
    expect(traded).toEqual(expected.map(UnixTime.formatDate))
    expect(traded).toHaveLength(8_565)
  })

  test('each VIX future settled on the day of its month, 2004 to 2023, and those of 2024 are due on theirs', () => {
    const expiries = [...new Set(rowsOf('vix_futures_by_contract').map((row) => row.expiry!))].sort()
    const expected = expiries.map((expiry) => {
      const { year, month } = UnixTime.toCivil(at(expiry))
      return UnixTime.formatDate(VixExpiry.ofMonth(year, month))
    })
    expect(expiries).toEqual(expected)
    expect(expiries).toHaveLength(241)
    // From 2006 on every month has its contract.
    const since2006 = VixExpiry.between(at('2005-12-31'), at('2023-12-31')).map(UnixTime.formatDate)
    expect(expiries.filter((expiry) => expiry >= '2006' && expiry < '2024')).toEqual(since2006)
  })

  test('each VIX future settled on a Wednesday, but for those a holiday moved to the day before', () => {
    const expiries = [...new Set(rowsOf('vix_futures_by_contract').map((row) => row.expiry!))].sort()
    const moved = expiries.filter((expiry) => UnixTime.weekday(at(expiry)) !== 3)
    // Thirty days later stand the Good Fridays of 2008, 2014, 2019 and 2022; 2024-06-19 is Juneteenth.
    expect(moved).toEqual(['2008-02-19', '2014-03-18', '2019-03-19', '2022-03-15', '2024-06-18'])
    const causes = moved.map((expiry) => TradingCalendar.closure(at(expiry) + 31 * UnixTime.day))
    expect(causes.slice(0, 4)).toEqual(Array(4).fill('Good Friday'))
    expect(TradingCalendar.closure(at('2024-06-19'))).toBe('Juneteenth')
  })

  test('each expiry of the recorded chains is one that the calendar lists', () => {
    const listed = new Set<string>()
    for (const { root, expiry } of rowsOf('spx_option_chains')) listed.add(`${root} ${expiry}`)
    // The vendor calls quarter ends of 2011 SPXPM.
    const unknown = [...listed].filter((series) => {
      const [root, expiry] = series.split(' ')
      return !SpxExpiry.on(at(expiry!)).some((each) => each.root === (root === 'SPX' ? 'SPX' : 'SPXW'))
    })
    expect(unknown).toEqual([])
    expect(listed.size).toBe(202)
  })

  test('and on the days with whole chains, none of the next 30 days is missing', () => {
    const rows = rowsOf('spx_option_chains')
    for (const day of ['2022-02-04', '2023-02-07', '2023-09-14']) {
      const quoted = new Set(
        rows.filter(({ date }) => date === day).map(({ root, expiry }) => `${root} ${expiry}`),
      )
      const due = SpxExpiry.between(at(day), at(day) + 30 * UnixTime.day)
      const missing = due.filter(({ root, expiry }) => !quoted.has(`${root} ${UnixTime.formatDate(expiry)}`))
      expect(missing).toEqual([])
    }
  })
})
