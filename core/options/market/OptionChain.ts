import type { UnixTime } from '../../units/UnixTime.ts'
import type { Kind } from '../pricing/Black76.ts'
import type { Note } from './Note.ts'

/** One option of a chain: dollars per unit of the index; nothing bid is a bid of 0. */
export type OptionQuote = {
  /** `SPX`, `SPXW`, `VIX` ... */
  readonly root: string
  readonly expiry: UnixTime
  readonly kind: Kind
  readonly strike: number
  /** 0 or more */
  readonly bid: number
  /** at least the bid, and above 0 */
  readonly ask: number
  /** contracts; absent where it was not said */
  readonly volume?: number
  readonly openInterest?: number
}

/** The options quoted on a date, by expiry, root, strike, the call before the put. */
export type OptionChain = {
  readonly date: UnixTime
  /** the index at the moment of the quotes, points */
  readonly spot: number
  readonly quotes: readonly OptionQuote[]
  readonly notes: readonly Note[]
}

/**
 * The middle of the market, dollars.
 *
 * @example
 * OptionChain.mid({ bid: 1.2, ask: 1.4 }) // ≈ 1.3
 */
export function mid({ bid, ask }: Pick<OptionQuote, 'bid' | 'ask'>): number {
  return (bid + ask) / 2
}

/**
 * How far the middle is from either side, dollars.
 *
 * @example
 * OptionChain.halfSpread({ bid: 1.2, ask: 1.4 }) // ≈ 0.1
 */
export function halfSpread({ bid, ask }: Pick<OptionQuote, 'bid' | 'ask'>): number {
  return (ask - bid) / 2
}

/** Negative, 0 or positive, as `Array.sort` wants it. */
export function compare(a: OptionQuote, b: OptionQuote): number {
  if (a.expiry !== b.expiry) return a.expiry - b.expiry
  if (a.root !== b.root) return a.root < b.root ? -1 : 1
  return a.strike - b.strike || (a.kind === b.kind ? 0 : a.kind === 'call' ? -1 : 1)
}
