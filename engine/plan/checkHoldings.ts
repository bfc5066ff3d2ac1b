import * as SpxExpiry from '@cutwater/core/options/settlement/SpxExpiry.ts'
import * as VixExpiry from '@cutwater/core/options/settlement/VixExpiry.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { Holdings } from './Holdings.ts'

/**
 * Refuses positions that cannot be held at the close of a day: expired before it, or on a day on which nothing of the kind
 * expires. Throws HOLDINGS_EXPIRY with the place of the position.
 */
export function checkHoldings({ condors, hedges }: Holdings, date: UnixTime.UnixTime): void {
  for (const [i, { condor }] of condors.entries()) {
    const { expiry, settles } = condor
    const where = `condors.${i}.expiry`
    if (expiry < date) throw expired(where, expiry, date)
    const listed = SpxExpiry.on(expiry)
    if (listed.some((series) => series.settles === settles)) continue
    const other = listed[0] === undefined ? '' : `; those of that day settle at the ${listed[0].settles}`
    throw unlisted(where, expiry, `SPX options that settle at the ${settles}`, other)
  }
  for (const [i, { expiry }] of hedges.entries()) {
    const where = `hedges.${i}.expiry`
    if (expiry < date) throw expired(where, expiry, date)
    const isListed = VixExpiry.atOrAfter(expiry) === expiry || VixExpiry.isWeekly(expiry, 'options')
    if (!isListed) throw unlisted(where, expiry, 'VIX options', '')
  }
}

function expired(where: string, expiry: UnixTime.UnixTime, date: UnixTime.UnixTime): CutwaterError {
  const what = `the expiry ${UnixTime.formatDate(expiry)} is before the day of the market, ${UnixTime.formatDate(date)}`
  return new CutwaterError('HOLDINGS_EXPIRY', what, { where, right: 'positions that are still held' })
}

function unlisted(where: string, expiry: UnixTime.UnixTime, what: string, other: string): CutwaterError {
  return new CutwaterError('HOLDINGS_EXPIRY', `no ${what} expire on ${UnixTime.formatDate(expiry)}${other}`, {
    where,
    right: 'a day on which they expire, by the calendar of the exchange',
  })
}
