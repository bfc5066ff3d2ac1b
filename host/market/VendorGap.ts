import * as Note from '@cutwater/core/options/market/Note.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

// Call and put of one strike have one volatility. Where a vendor's have not, its forwards were wrong, and so are its
// deltas. They are never used; who would use them should know.

/** How far a vendor's volatilities of call and put are apart, strike by strike. */
export type VendorGap = { readonly waiting: Map<string, number>; readonly gaps: number[] }

export function create(): VendorGap {
  return { waiting: new Map(), gaps: [] }
}

/** Takes the vendor's volatility of an option; `pair` is the same for call and put. What is no number above zero is none. */
export function take({ waiting, gaps }: VendorGap, pair: string, text: string): void {
  const volatility = Number(text)
  if (!(volatility > 0 && volatility < 10)) return
  const other = waiting.get(pair)
  if (other === undefined) waiting.set(pair, volatility)
  else gaps.push(Math.abs(volatility - other))
}

/** Half of the pairs may be this far apart, per year, before it is said: on dates that are right it is a tenth of that. */
const mostApart = 0.02

/** Notes a date on which the volatilities of calls and puts do not agree. */
export function note({ gaps }: VendorGap, at: UnixTime, where: string, notes: Note.Notes): void {
  const middle = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]
  if (middle === undefined || middle <= mostApart) return
  const what = `the vendor's volatilities of call and put are ${(100 * middle).toFixed(0)} points apart (median); fit your own`
  Note.add(notes, { kind: 'trap', code: 'vendor-volatility', what, where, at })
}
