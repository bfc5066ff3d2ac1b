import * as UnixTime from '../../../units/UnixTime.ts'
import type { Flag, MarketDay, MarketHistory } from '../MarketDay.ts'
import type { Note } from '../Note.ts'
import type { OptionChain } from '../OptionChain.ts'

/** What is as it was published, and easily misread. */
export function traps({ days, events, economy }: MarketHistory): readonly Note[] {
  const last = days.at(-1)!.date
  const unforeseen = events.filter(({ scheduled }) => !scheduled)
  const coming = events.filter(({ date }) => date > last)
  return [
    ...flagged(days, 'spx-open-repeats', openRepeats, 'spx'),
    ...flagged(days, 'futures-at-1615', lateSettles, 'futures'),
    ...flagged(days, 'bill-monthly', billMonthly, 'bills'),
    ...flagged(days, 'bill-carried', billCarried, 'bills'),
    ...noteOf(flatBars(days), 'vix-bar-flat', flatBar, 'vix'),
    ...noteOf(expiryDays(days), 'settle-is-soq', settleIsSoq, 'futures'),
    ...noteOf(oddExpiries(days), 'expiry-not-wednesday', notWednesday, 'futures'),
    ...noteOf(datesOf(economy), 'economy-revised', revised, 'economy'),
    ...noteOf(datesOf(unforeseen), 'event-unscheduled', unscheduled, 'events'),
    ...noteOf(datesOf(coming), 'event-ahead', ahead, 'events'),
  ]
}

/** The same of a chain, beside the day it belongs to; `undefined` where there is no such day. */
export function chainTraps(chain: OptionChain, day: MarketDay | undefined): readonly Note[] {
  if (day === undefined) return noteOf([chain.date], 'chain-without-day', withoutDay, 'chains')
  if (Math.abs(chain.spot / day.spx.close - 1) <= atClose) return []
  return noteOf([chain.date], 'chain-not-at-close', notAtClose, 'chains')
}

/** Quotes and closes of one moment agree to this, relative. */
const atClose = 0.001
const wednesday = 3

const openRepeats =
  'the opening of the SPX repeats the close of the day before: what settles in the morning has no price on that day'
const lateSettles =
  'VIX futures settled at 16:15 in New York: not to be mixed with closes of 16:00 of the same day, as of the SPX'
const billMonthly = 'the yield of bills is the mean of the month before'
const billCarried = 'the yield of bills is more than four days old'
const flatBar = 'the bar of the VIX is one number: there was but a close'
const settleIsSoq =
  'on the expiry day the settle of a future is the opening quotation (SOQ), not a closing price'
const notWednesday = 'a future expires on another day than Wednesday: use the expiry, never the weekday'
const revised = 'CPI, PPI and REER are as revised later: not what was known then'
const unscheduled = 'an event that nobody knew of the day before'
const ahead = 'an event after the last day'
const withoutDay = 'there is a chain, and no day of the market to go with it'
const notAtClose = 'the chain was not quoted at the close: indices of the close do not go with it'

function flagged(days: readonly MarketDay[], flag: Flag, what: string, where: string): readonly Note[] {
  return noteOf(datesOf(days.filter(({ flags }) => flags.includes(flag))), flag, what, where)
}

function flatBars(days: readonly MarketDay[]): readonly number[] {
  return datesOf(days.filter(({ vix, flags }) => vix.high === vix.low && !flags.includes('vix-carried')))
}

function expiryDays(days: readonly MarketDay[]): readonly number[] {
  return datesOf(days.filter(({ date, futures }) => futures[0]?.expiry === date))
}

function oddExpiries(days: readonly MarketDay[]): readonly number[] {
  const expiries = new Set(days.flatMap(({ futures }) => futures.map(({ expiry }) => expiry)))
  return [...expiries].filter((expiry) => UnixTime.weekday(expiry) !== wednesday).sort((a, b) => a - b)
}

function datesOf(rows: readonly { readonly date: number }[]): readonly number[] {
  return rows.map(({ date }) => date)
}

function noteOf(dates: readonly number[], code: string, what: string, where: string): readonly Note[] {
  const [from, to] = [dates[0], dates.at(-1)]
  if (from === undefined || to === undefined) return []
  return [{ kind: 'trap', code, what, where, from, to, count: dates.length }]
}
