import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as UnixTime from '../../units/UnixTime.ts'
import { closing } from './closing.ts'
import * as Settlement from './Settlement.ts'
import * as SpxExpiry from './SpxExpiry.ts'
import * as TradingCalendar from './TradingCalendar.ts'
import * as VixExpiry from './VixExpiry.ts'
import * as years from './years.ts'

const at = (date: string) => UnixTime.parse(date)!
const first = at('1990-01-01')
const date = fc.integer({ min: 7, max: 40_000 }).map((days) => first + days * UnixTime.day)

describe('TradingCalendar', () => {
  it('has the holidays that NYSE lists for 2024 to 2026', () => {
    // nyse.com/markets/hours-calendars, "Holidays and trading hours", as published for the three years
    const listed = [
      '2024-01-01 2024-01-15 2024-02-19 2024-03-29 2024-05-27 2024-06-19 2024-07-04 2024-09-02 2024-11-28 2024-12-25',
      '2025-01-01 2025-01-09 2025-01-20 2025-02-17 2025-04-18 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-11-27 2025-12-25',
      '2026-01-01 2026-01-19 2026-02-16 2026-04-03 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-11-26 2026-12-25',
    ].flatMap((line) => line.split(' '))
    const closed: string[] = []
    for (let day = at('2024-01-01'); day < at('2027-01-01'); day += UnixTime.day) {
      const reason = TradingCalendar.closure(day)
      if (reason !== undefined && reason !== 'weekend') closed.push(UnixTime.formatDate(day))
    }
    expect(closed).toEqual(listed)
  })

  it('keeps no New Year on the last day of a year, and Christmas on a Friday before a Saturday', () => {
    expect(TradingCalendar.isTradingDay(at('2021-12-31'))).toBe(true)
    expect(TradingCalendar.closure(at('2021-12-24'))).toBe('Christmas Day')
    expect(TradingCalendar.closure(at('2023-01-02'))).toBe("New Year's Day")
  })

  it('law: next and previous undo each other on trading days, with one trading day between', () => {
    fc.assert(
      fc.property(date, (day) => {
        const own = TradingCalendar.atOrBefore(day)
        const after = TradingCalendar.next(own)
        expect(TradingCalendar.previous(after)).toBe(own)
        expect(TradingCalendar.tradingDaysBetween(own, after)).toBe(1)
        expect(TradingCalendar.tradingDaysBetween(after, own)).toBe(-1)
        expect(after - own).toBeLessThanOrEqual(7 * UnixTime.day)
      }),
    )
  })

  it('refuses a time of day, a year without rules, and what is no date', () => {
    for (const wrong of [first - UnixTime.day, first + 3600, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => TradingCalendar.isTradingDay(wrong)).toThrow('[CALENDAR_DATE_INVALID]')
    expect(() => TradingCalendar.tradingDaysBetween(Number.NaN, first)).toThrow('[CALENDAR_DATE_INVALID]')
    expect(() => VixExpiry.ofMonth(1989, 1)).toThrow('[CALENDAR_DATE_INVALID]')
    expect(() => SpxExpiry.on(first + 0.5)).toThrow('[CALENDAR_DATE_INVALID]')
  })
})

describe('closing', () => {
  const halfDays = (from: string, to: string) => {
    const found: string[] = []
    for (let day = at(from); day < at(to); day += UnixTime.day)
      if (closing(day) < 960) found.push(`${UnixTime.formatDate(day)} ${closing(day) / 60}`)
    return found
  }

  it('is early on the days that NYSE lists for 2024 to 2026', () => {
    // nyse.com/markets/hours-calendars, as published for the three years
    expect(halfDays('2024-01-01', '2027-01-01')).toEqual([
      '2024-07-03 13',
      '2024-11-29 13',
      '2024-12-24 13',
      '2025-07-03 13',
      '2025-11-28 13',
      '2025-12-24 13',
      '2026-11-27 13',
      '2026-12-24 13',
    ])
  })

  it('is as NYSE, "Special closings", has it for older days', () => {
    expect(halfDays('1990-01-01', '1994-01-01')).toEqual([
      '1990-12-24 14',
      '1991-12-24 14',
      '1992-11-27 14',
      '1992-12-24 14',
      '1993-11-26 13',
    ])
    expect(halfDays('1995-01-01', '1998-01-01')).toEqual([
      '1995-07-03 13',
      '1995-11-24 13',
      '1996-07-05 13',
      '1996-11-29 13',
      '1996-12-24 13',
      '1997-07-03 13',
      '1997-11-28 13',
      '1997-12-24 13',
      '1997-12-26 13',
    ])
    expect(halfDays('2002-01-01', '2004-01-01')).toEqual([
      '2002-07-05 13',
      '2002-11-29 13',
      '2002-12-24 13',
      '2003-07-03 13',
      '2003-11-28 13',
      '2003-12-24 13',
      '2003-12-26 13',
    ])
    expect(halfDays('2013-01-01', '2014-01-01')).toEqual(['2013-07-03 13', '2013-11-29 13', '2013-12-24 13'])
  })

  it('law: only trading days are cut, and at most three of a year but for two', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1990, max: 2098 }), (year) => {
        const found = halfDays(`${year}-01-01`, `${year + 1}-01-01`)
        for (const each of found) expect(TradingCalendar.isTradingDay(at(each.slice(0, 10)))).toBe(true)
        expect(found.length).toBeLessThanOrEqual(year === 1997 || year === 2003 ? 4 : 3)
      }),
    )
  })
})

describe('VixExpiry', () => {
  it('is where Cboe lists it for 2024 and 2025', () => {
    // Cboe, expiration calendars 2024 and 2025: VIX monthly
    const listed = '01-17 02-14 03-20 04-17 05-22 06-18 07-17 08-21 09-18 10-16 11-20 12-18'.split(' ')
    const found = listed.map((_, index) => UnixTime.formatDate(VixExpiry.ofMonth(2024, index + 1)).slice(5))
    expect(found).toEqual(listed)
    expect(UnixTime.formatDate(VixExpiry.ofMonth(2025, 3))).toBe('2025-03-18')
  })

  it('law: thirty days before a day on which SPX options expire, unless a holiday moved it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2005, max: 2099 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const expiry = VixExpiry.ofMonth(year, month)
        const options = SpxExpiry.ofMonth(year, month + 1)
        const holiday = TradingCalendar.closure(options - 30 * UnixTime.day)
        if (holiday === undefined) expect(options - expiry).toBe(30 * UnixTime.day)
        else expect(TradingCalendar.next(expiry)).toBeGreaterThan(options - 30 * UnixTime.day)
        expect(VixExpiry.atOrAfter(expiry)).toBe(expiry)
        expect(VixExpiry.atOrAfter(expiry + UnixTime.day)).toBe(VixExpiry.ofMonth(year, month + 1))
      }),
    )
  })
})

describe('weekly VIX contracts', () => {
  const listed = (date: string) => VixExpiry.weeklies(at(date)).map(UnixTime.formatDate)

  it('are those that Cboe shows', () => {
    // Cboe options-hub, 2015-10-09: October 28 and November 4 beside the monthly ones
    expect(listed('2015-10-09').slice(0, 2)).toEqual(['2015-10-28', '2015-11-04'])
    // cboe.com/micro/vix-weeklys, summer of 2016: weeks 31, 32, 34, 35 and 36 beside VIX/Q6
    expect(listed('2016-07-29')).toEqual([
      '2016-08-03',
      '2016-08-10',
      '2016-08-24',
      '2016-08-31',
      '2016-09-07',
    ])
    expect(listed('2015-10-07')).toEqual([])
    // Cboe options-hub, 2015-07-24: futures of August 5 and 12
    expect(['2015-07-29', '2015-08-05', '2015-08-12'].map((date) => VixExpiry.isWeekly(at(date)))).toEqual([
      false,
      true,
      true,
    ])
  })

  it('settle the day before where they or the options behind them would fall on a holiday', () => {
    expect(VixExpiry.isWeekly(at('2024-12-24'))).toBe(true)
    expect(VixExpiry.isWeekly(at('2024-12-25'))).toBe(false)
    expect(VixExpiry.isWeekly(at('2024-02-27'))).toBe(true)
    expect(VixExpiry.isWeekly(at('2024-02-28'))).toBe(false)
  })

  it('law: one a week, never beside a monthly one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), (weeks) => {
        const monday = at('2015-11-02') + weeks * 7 * UnixTime.day
        const week = [0, 1, 2, 3, 4].map((day) => monday + day * UnixTime.day)
        const monthly = week.filter((day) => VixExpiry.atOrAfter(day) === day)
        expect(monthly.length + week.filter((day) => VixExpiry.isWeekly(day)).length).toBe(1)
      }),
    )
  })
})

describe('SpxExpiry', () => {
  const roots = (day: string) => SpxExpiry.on(at(day)).map(({ root }) => root)

  it('has weekdays from the day they were listed for', () => {
    expect(roots('2010-12-03')).toEqual([])
    expect(roots('2010-12-10')).toEqual(['SPXW'])
    expect([roots('2016-02-24'), roots('2016-03-02')]).toEqual([[], ['SPXW']])
    expect([roots('2016-08-15'), roots('2016-08-22')]).toEqual([[], ['SPXW']])
    expect([roots('2022-04-12'), roots('2022-04-19')]).toEqual([[], ['SPXW']])
    expect([roots('2022-05-05'), roots('2022-05-12')]).toEqual([[], ['SPXW']])
  })

  it('moves a holiday to the day before, and a Monday to the day after', () => {
    // The Tuesday after Labor Day: Cboe options-hub, 2016-08-17
    expect(roots('2016-09-06')).toEqual(['SPXW'])
    expect(roots('2022-04-14')).toEqual(['SPX', 'SPXW'])
    expect(roots('2022-04-15')).toEqual([])
    expect(roots('2019-07-03')).toEqual(['SPXW'])
  })

  it('has month ends since 2014, and quarter ends since 2006', () => {
    expect([roots('2011-06-30'), roots('2011-05-31')]).toEqual([['SPXW'], []])
    expect(roots('2015-06-30')).toEqual(['SPXW'])
  })

  it('law: since May 2022 something expires on every trading day, and never on another', () => {
    fc.assert(
      fc.property(date, (day) => {
        const found = SpxExpiry.on(day)
        if (!TradingCalendar.isTradingDay(day)) expect(found).toEqual([])
        else if (day >= at('2022-05-12')) expect(found.some(({ root }) => root === 'SPXW')).toBe(true)
        for (const { expiry } of found) expect(expiry).toBe(day)
      }),
    )
  })
})

describe('years', () => {
  it('counts minutes, in years of 525,600 of them', () => {
    const expected = ((25 * 24 - 6.5) * 60) / 525_600
    const open = { date: first + 25 * UnixTime.day, at: 'open' } as const
    expect(years.calendar({ date: first, at: 'close' }, open)).toBeCloseTo(expected, 15)
  })

  it('law: the time to a day is the sum of the times on the way', () => {
    fc.assert(
      fc.property(date, fc.nat(800), fc.nat(800), (day, one, other) => {
        const [middle, end] = [day + one * UnixTime.day, day + (one + other) * UnixTime.day]
        const close = (date: number) => ({ date, at: 'close' }) as const
        const onTheWay = years.calendar(close(day), close(middle)) + years.calendar(close(middle), close(end))
        expect(years.calendar(close(day), close(end))).toBeCloseTo(onTheWay, 12)
        expect(years.trading(day, end)).toBeCloseTo(
          years.trading(day, middle) + years.trading(middle, end),
          12,
        )
      }),
      { numRuns: 30 },
    )
  })

  it('refuses an expiry that has passed', () => {
    const close = { date: at('2020-03-18'), at: 'close' } as const
    expect(() => years.calendar(close, { ...close, at: 'open' })).toThrow(
      'the time from the close of 2020-03-18 to the open of 2020-03-18 is negative',
    )
    expect(() => years.trading(at('2020-03-18'), at('2020-03-17'))).toThrow('[YEARS_NEGATIVE]')
    expect(() => years.calendar({ date: Number.NaN, at: 'open' }, close)).toThrow('[YEARS_NEGATIVE]')
  })
})

describe('Settlement', () => {
  const bar = { open: 10, high: 12, low: 9, close: 11 }

  it('says so when the opening is no price of that morning', () => {
    expect(Settlement.ofSpx({ spx: bar, flags: ['spx-open-repeats'] }, 'open').source).toBe('stale-open')
    expect(Settlement.ofSpx({ spx: bar, flags: ['spx-open-repeats'] }, 'close').source).toBe('close')
    const day = {
      date: first,
      vix: bar,
      futures: [{ expiry: first + 1, settle: 13 }],
      flags: ['vix-carried'],
    } as const
    expect(Settlement.ofVix(day)).toEqual({ value: 10, source: 'stale-open' })
  })
})
