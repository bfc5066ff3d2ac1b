import type { MarketDay } from '../market/MarketDay.ts'

/** What expiring contracts are settled at, points, and what it was taken from. */
export type Settlement = { readonly value: number; readonly source: Source }

/**
 * - `soq`: the special opening quotation itself
 * - `open`: the opening of the index, which stands in for it; single stocks open later than the index is first computed
 * - `stale-open`: an opening that is no price of that morning
 * - `close`: the close of the index, which is the rule for options settled then
 */
export type Source = 'soq' | 'open' | 'stale-open' | 'close'

/**
 * What SPX options settle at on their expiry: on the special opening quotation (`SET`) those of the root SPX, on the close
 * those of the root SPXW (Cboe, "SPX options product specifications").
 *
 * `soq` is that quotation, points, where it is known; the opening of the index stands in for it.
 *
 * @example
 * const day = { spx: { open: 2431.94, high: 2453.01, low: 2295.56, close: 2304.92 }, flags: [] }
 * Settlement.ofSpx(day, 'open') // { value: 2431.94, source: 'open' }
 * Settlement.ofSpx(day, 'open', 2437.98) // { value: 2437.98, source: 'soq' }
 * Settlement.ofSpx(day, 'close') // { value: 2304.92, source: 'close' }
 */
export function ofSpx(
  { spx, flags }: Pick<MarketDay, 'spx' | 'flags'>,
  settles: 'open' | 'close',
  soq?: number,
): Settlement {
  if (settles === 'close') return { value: spx.close, source: 'close' }
  if (soq !== undefined) return { value: soq, source: 'soq' }
  return { value: spx.open, source: flags.includes('spx-open-repeats') ? 'stale-open' : 'open' }
}

/**
 * What VIX futures and options settle at on their expiry: the special opening quotation (`VRO`), which is the settlement
 * price of the expiring future; the opening of the VIX where that is not on record (Cboe, "VIX settlement process").
 *
 * @example
 * const day = { date: 1584489600, vix: { open: 69.37, high: 85.47, low: 69.37, close: 76.45 }, futures: [], flags: [] }
 * Settlement.ofVix({ ...day, futures: [{ expiry: 1584489600, settle: 69.76 }] }) // { value: 69.76, source: 'soq' }
 * Settlement.ofVix(day) // { value: 69.37, source: 'open' }
 */
export function ofVix({
  date,
  vix,
  futures,
  flags,
}: Pick<MarketDay, 'date' | 'vix' | 'futures' | 'flags'>): Settlement {
  const expiring = futures.find(({ expiry }) => expiry === date)
  if (expiring !== undefined) return { value: expiring.settle, source: 'soq' }
  return { value: vix.open, source: flags.includes('vix-carried') ? 'stale-open' : 'open' }
}
