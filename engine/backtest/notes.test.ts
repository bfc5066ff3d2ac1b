import { prepare } from '@cutwater/core/options/view/prepare.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { expect, test } from 'vitest'
import { notesOf } from './notes.ts'
import { madeUpHistory } from './testing/madeUpHistory.ts'

const history = madeUpHistory({ from: '2023-01-03', days: 90, seed: 5 })
const notesFor = (changed: Partial<typeof history>) => {
  const whole = { ...history, ...changed }
  return notesOf(whole, prepare(whole)).join('\n')
}

test('calendars of releases that end, or are not there, are named', () => {
  const end = history.days.at(-1)!.date
  const cpi = (date: number) => ({ date, kind: 'cpi' as const, scheduled: true })
  const ended = notesFor({ events: [cpi(end - 40 * UnixTime.day)] })
  expect(ended).toContain(`No CPI release is on record after ${UnixTime.formatDate(end - 40 * UnixTime.day)}`)
  expect(ended).toContain('No FOMC meeting is on record at all')
  expect(notesFor({ events: [cpi(end + UnixTime.day)] })).not.toContain('CPI')
})

test('levels that the surface had to assume are counted', () => {
  const days = history.days.map((day, i) => {
    const { vix3m, ...others } = day.indices
    return i % 2 === 0 ? { ...day, indices: others } : day
  })
  expect(notesFor({ days })).toContain(`VIX3M on ${Math.ceil(days.length / 2)}`)
})

test('what VIX did while condors of one day could be traded is looked up, not known', () => {
  const first = history.days.at(-1)!.date
  const shifted = (vix: number) =>
    history.days.slice(-1).map((day) => ({ ...day, vix: { open: vix, high: vix, low: vix, close: vix } }))
  expect(first).toBeGreaterThan(UnixTime.parse('2022-05-11')!)
  expect(notesFor({ days: shifted(20) })).toContain('there is no spike in it')
  expect(notesFor({ days: shifted(52) })).toContain('VIX closed at 52.0 at most in that time.')
})
