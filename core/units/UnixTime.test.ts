import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as UnixTime from './UnixTime.ts'

// Year 0 to year 9999, the span of four digits.
const at = fc.integer({ min: -62_167_219_200, max: 253_402_300_799 })

describe('UnixTime', () => {
  it('law: parse(format(t)) = t', () => {
    fc.assert(
      fc.property(at, (t) => {
        expect(UnixTime.parse(UnixTime.format(t))).toBe(t)
      }),
    )
  })

  it('law: format and formatDate agree with the calendar of JavaScript', () => {
    fc.assert(
      fc.property(at, (t) => {
        const iso = new Date(t * 1000).toISOString() // tidy-ok: the calendar to compare with
        expect(UnixTime.format(t)).toBe(iso.replace('.000Z', 'Z'))
        expect(UnixTime.formatDate(t)).toBe(iso.slice(0, 10))
        expect(UnixTime.parse(iso)).toBe(t)
      }),
    )
  })

  it('law: every day of 400 years, one era of the calendar, has its date and comes back from it', () => {
    const first = UnixTime.parse('1999-12-31')!
    for (let count = 0; count < 146_097; count++) {
      const t = first + count * UnixTime.day
      const date = new Date(t * 1000).toISOString().slice(0, 10) // tidy-ok: the calendar to compare with
      if (UnixTime.formatDate(t) !== date) expect.fail(`${date} was written ${UnixTime.formatDate(t)}`)
      if (UnixTime.parse(date) !== t) expect.fail(`${date} came back as ${UnixTime.parse(date)}, not ${t}`)
    }
  })

  it('law: a date comes back from its parts, and its weekday is that of JavaScript', () => {
    fc.assert(
      fc.property(at, (t) => {
        expect(UnixTime.fromCivil(UnixTime.toCivil(t))).toBe(UnixTime.startOfDay(t))
        const date = new Date(t * 1000) // tidy-ok: the calendar to compare with
        expect(UnixTime.weekday(t)).toBe(date.getUTCDay())
      }),
    )
  })

  it('law: a date parses if and only if the calendar has it', () => {
    const part = fc.integer({ min: 0, max: 40 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), part, part, (year, month, dayOfMonth) => {
        const text = `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`
        const parsed = UnixTime.parse(text)
        if (parsed === undefined) expect(isInCalendar(text)).toBe(false)
        else expect(UnixTime.formatDate(parsed)).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })

  it('law: startOfDay is the midnight at or before, also before 1970', () => {
    fc.assert(
      fc.property(at, (t) => {
        const start = UnixTime.startOfDay(t)
        expect(t - start).toBeGreaterThanOrEqual(0)
        expect(t - start).toBeLessThan(UnixTime.day)
        expect(UnixTime.format(start)).toBe(`${UnixTime.formatDate(t)}T00:00:00Z`)
      }),
    )
  })

  it('reads the written forms of one instant', () => {
    const forms = [
      '2022-08-01T21:32:00Z',
      '2022-08-01 21:32:00',
      '2022-08-01T21:32',
      '2022-08-01T21:32:00.000+00:00',
    ]
    expect(forms.map(UnixTime.parse)).toEqual(forms.map(() => 1659389520))
  })

  it('refuses what it would have to guess', () => {
    const refused = [
      '',
      'yesterday',
      '2022-8-1',
      '01.08.2022',
      '2022-02-29',
      '2022-08-01T24:00:00Z',
      '2022-08-01T21:60:00Z',
      '2022-06-30T23:59:60Z',
      '2022-08-01T21:32:31.5Z',
      '2022-08-01T21:32:31+02:00',
      '-1',
      '1.5',
      '1659389551000',
      ' 1659389551',
    ]
    expect(refused.filter((text) => UnixTime.parse(text) !== undefined)).toEqual([])
  })

  it('cuts a fraction of a second off when it writes', () => {
    expect(UnixTime.format(1659389551.9)).toBe('2022-08-01T21:32:31Z')
  })
})

function isInCalendar(text: string): boolean {
  const milliseconds = Date.parse(`${text}T00:00:00Z`)
  // JavaScript reads 2022-02-30 as the 2nd of March, so it must also come back.
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text) // tidy-ok: as above
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
