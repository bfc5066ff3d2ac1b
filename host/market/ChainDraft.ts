import * as Note from '@cutwater/core/options/market/Note.ts'
import * as OptionChain from '@cutwater/core/options/market/OptionChain.ts'
import type { Kind } from '@cutwater/core/options/pricing/Black76.ts'
import * as TradingCalendar from '@cutwater/core/options/settlement/TradingCalendar.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'

/** The chain of a date while its file is read. */
export type ChainDraft = {
  readonly date: UnixTime.UnixTime
  readonly spot: number
  readonly quotes: Map<string, OptionChain.OptionQuote>
  readonly notes: Note.Notes
}

/** A quote as a file has it. */
export type Quoted = {
  readonly root: string
  readonly expiry: UnixTime.UnixTime
  readonly kind: Kind
  readonly strike: number
  readonly bid: number | undefined
  readonly ask: number | undefined
  readonly volume: number | undefined
  readonly openInterest: number | undefined
}

export function create(date: UnixTime.UnixTime, spot: number): ChainDraft {
  return { date, spot, quotes: new Map(), notes: new Map() }
}

/**
 * Adds a quote that stands at `where`.
 *
 * Without an offer, or crossed, it is left out and noted. Throws CHAIN_TIME_NEGATIVE for what has expired,
 * CHAIN_EXPIRY_IMPOSSIBLE for an expiry on a day without trade, CHAIN_QUOTE_DUPLICATE for two prices of one option.
 */
export function add(draft: ChainDraft, quoted: Quoted, where: string): void {
  const expiry = tradedExpiry(draft, quoted.expiry, where)
  if (expiry < draft.date) throw expiredError(draft.date, expiry, where)
  const { root, kind, strike, bid = 0, ask = 0 } = quoted
  const key = keyOf({ root, expiry, kind, strike })
  const before = draft.quotes.get(key)
  if (before !== undefined && (before.bid !== bid || before.ask !== ask)) throw duplicateError(before, where)
  const flaw = flawOf(bid, ask, before !== undefined)
  if (flaw === undefined) draft.quotes.set(key, { root, expiry, kind, strike, bid, ask, ...saidOf(quoted) })
  else Note.add(draft.notes, { kind: 'repair', code: flaw[0], what: flaw[1], where, at: draft.date })
}

/** Whether an option already has a quote. */
export function has(draft: ChainDraft, option: Pick<Quoted, 'root' | 'expiry' | 'kind' | 'strike'>): boolean {
  return draft.quotes.has(keyOf(option))
}

/** The chain as far as it was read; throws CHAIN_EMPTY where no quote is left. */
export function finish(draft: ChainDraft, file: string): OptionChain.OptionChain {
  const quotes = [...draft.quotes.values()].sort(OptionChain.compare)
  if (quotes.length === 0) throw emptyError(draft.date, file)
  return { date: draft.date, spot: draft.spot, quotes, notes: Note.all(draft.notes) }
}

// Until 2015 options expired, by name, on the Saturday after the day on which they last traded.
function tradedExpiry(draft: ChainDraft, expiry: UnixTime.UnixTime, where: string): UnixTime.UnixTime {
  if (TradingCalendar.isTradingDay(expiry)) return expiry
  if (UnixTime.weekday(expiry) !== saturday) throw impossibleError(expiry, where)
  const what = 'an expiry on a Saturday was moved to the last trading day before it'
  Note.add(draft.notes, { kind: 'repair', code: 'expiry-saturday', what, where, at: draft.date })
  return TradingCalendar.previous(expiry)
}

const saturday = 6

function saidOf({ volume, openInterest }: Quoted) {
  return {
    ...(volume === undefined ? {} : { volume }),
    ...(openInterest === undefined ? {} : { openInterest }),
  }
}

function keyOf({ root, expiry, kind, strike }: Pick<Quoted, 'root' | 'expiry' | 'kind' | 'strike'>): string {
  return `${root} ${expiry} ${kind} ${strike}`
}

function flawOf(
  bid: number,
  ask: number,
  isKnown: boolean,
): readonly [code: string, what: string] | undefined {
  if (isKnown) return ['quote-repeated', 'a quote that says the same again was left out']
  if (ask === 0) return ['quote-no-offer', 'a quote without an offer was left out']
  if (bid > ask) return ['quote-crossed', 'a quote with its bid above its offer was left out']
  return undefined
}

function expiredError(date: number, expiry: number, where: string): CutwaterError {
  const what = `an option of ${UnixTime.formatDate(expiry)} is quoted on ${UnixTime.formatDate(date)}, after it expired`
  return new CutwaterError('CHAIN_TIME_NEGATIVE', what, { where, right: 'an expiry at or after the date' })
}

function impossibleError(expiry: number, where: string): CutwaterError {
  const what = `no option expires on ${UnixTime.formatDate(expiry)}: ${TradingCalendar.closure(expiry)}`
  return new CutwaterError('CHAIN_EXPIRY_IMPOSSIBLE', what, { where, right: 'an expiry on a trading day' })
}

function duplicateError(
  { root, expiry, kind, strike }: OptionChain.OptionQuote,
  where: string,
): CutwaterError {
  const what = `the ${root} ${kind} of ${UnixTime.formatDate(expiry)} at ${strike} is quoted twice, at other prices`
  return new CutwaterError('CHAIN_QUOTE_DUPLICATE', what, { where, right: 'each option once' })
}

function emptyError(date: number, file: string): CutwaterError {
  const what = `the chain of ${UnixTime.formatDate(date)} has no quote that can be used`
  return new CutwaterError('CHAIN_EMPTY', what, { where: file, right: 'at least one option with an offer' })
}
