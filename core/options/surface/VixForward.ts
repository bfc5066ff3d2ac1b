import { CutwaterError } from '../../units/CutwaterError.ts'
import * as UnixTime from '../../units/UnixTime.ts'
import type { MarketDay } from '../market/MarketDay.ts'

/** What VIX options of an expiry are options on: the future of the same expiry, never the VIX itself. */
export type VixForward = {
  /** points */
  readonly level: number
  /**
   * - `listed`: the settle of that future
   * - `interpolated`: on the line between the futures before and after it, or the VIX where none is before
   * - `extrapolated`: that of the last future, or of the VIX where there is no future at all
   */
  readonly basis: 'listed' | 'interpolated' | 'extrapolated'
}

/**
 * The VIX future of an expiry, as it settled on that day. On the expiry day it is the opening SOQ. Throws
 * VIX_EXPIRY_PASSED for an earlier expiry.
 *
 * @example
 * const date = UnixTime.parse('2020-02-03')
 * const futures = [{ expiry: UnixTime.parse('2020-02-19'), settle: 17 }, { expiry: UnixTime.parse('2020-04-15'), settle: 17.7 }]
 * VixForward.at({ date, vix: { close: 18 }, futures }, UnixTime.parse('2020-03-18')) // { level: 17.35, basis: 'interpolated' }
 * VixForward.at({ date, vix: { close: 18 }, futures }, UnixTime.parse('2020-04-15')) // { level: 17.7, basis: 'listed' }
 */
export function at(
  { date, vix, futures }: Pick<MarketDay, 'date' | 'futures'> & { readonly vix: { readonly close: number } },
  expiry: UnixTime.UnixTime,
): VixForward {
  if (expiry < date) throw passedError(date, expiry)
  let before = { expiry: date, settle: vix.close }
  for (const future of futures) {
    if (future.expiry === expiry) return { level: future.settle, basis: 'listed' }
    if (future.expiry > expiry) {
      const share = (expiry - before.expiry) / (future.expiry - before.expiry)
      return { level: before.settle + share * (future.settle - before.settle), basis: 'interpolated' }
    }
    // What settles today says nothing of later days that the close of the VIX does not.
    if (future.expiry > date) before = future
  }
  return { level: before.settle, basis: 'extrapolated' }
}

function passedError(date: number, expiry: number): CutwaterError {
  const what = `the VIX expiry ${UnixTime.formatDate(expiry)} is before the day ${UnixTime.formatDate(date)}`
  return new CutwaterError('VIX_EXPIRY_PASSED', what, { right: 'an expiry on the day or after it' })
}
