import type * as UnixTime from '../../units/UnixTime.ts'
import type { Quote } from '../account/Account.ts'
import type { Future, Instrument, Option, Share } from '../account/Instrument.ts'
import * as halfSpread from '../costs/halfSpread.ts'
import * as Black76 from '../pricing/Black76.ts'
import * as SpxSurface from '../surface/SpxSurface.ts'
import * as ExpirySlice from './ExpirySlice.ts'
import type { View } from './View.ts'

/** What Black-76 takes, for an option on a day. */
export type Terms = Parameters<typeof Black76.price>[0]

/**
 * The quote of an instrument at the close of a day, dollars per unit: SPX options on the day's surface, VIX options on
 * the future of their own expiry. Undefined where the day has no data for it.
 */
export function quote(view: View, instrument: Instrument): Quote | undefined {
  if (instrument.type === 'option') return optionQuote(view, instrument)
  return instrument.type === 'future' ? futureQuote(view, instrument) : shareQuote(view, instrument)
}

/** The middle of the same quote, dollars per unit, for marks. */
export function middle(view: View, instrument: Instrument): number | undefined {
  if (instrument.type !== 'option') return quote(view, instrument)?.mid
  const terms = termsOf(view, instrument)
  return terms && Black76.price(terms)
}

/** Forward, volatility, time and discount of an option on a day; undefined without data, or once it has expired. */
export function termsOf(view: View, option: Option): Terms | undefined {
  const slice = ExpirySlice.of(view, option)
  if (slice === undefined) return undefined
  const { kind, strike } = option
  const { forward, years, discount } = slice
  return { kind, forward, strike, years, volatility: ExpirySlice.volatility(slice, strike), discount }
}

/** The settlement price of the VIX future of an expiry; undefined when it is not listed. */
export function futureOf({ day }: View, expiry: UnixTime.UnixTime): number | undefined {
  for (const future of day.futures) if (future.expiry === expiry) return future.settle
  return undefined
}

/** What the at-the-money straddle of 30 days costs, as a share of spot: how dear time value is. */
export function straddleShare(surface: SpxSurface.SpxSurface): number {
  const month = 30 / 365
  const forward = SpxSurface.forward(surface, month)
  const volatility = SpxSurface.volatility(surface, { years: month, strike: forward })
  const terms = { forward, strike: forward, years: month, volatility, discount: 1 }
  return (2 * Black76.price({ ...terms, kind: 'call' })) / forward
}

function optionQuote(view: View, option: Option): Quote | undefined {
  const terms = termsOf(view, option)
  if (terms === undefined) return undefined
  const mid = Black76.price(terms)
  const half = option.on === 'spx' ? spxHalf(view, mid, terms.years) : halfSpread.vix(mid)
  return around(view.date, mid, half)
}

function spxHalf({ date, day }: View, mid: number, years: number): number {
  return halfSpread.spx({ date, spot: day.spx.close, mid, years })
}

function futureQuote(view: View, { expiry }: Future): Quote | undefined {
  const settle = futureOf(view, expiry)
  return settle === undefined ? undefined : around(view.date, settle, futureHalfTick)
}

function shareQuote({ funds, date }: View, { symbol }: Share): Quote | undefined {
  const close = funds[symbol]
  return close === undefined ? undefined : around(date, close, close * fundHalfSpread)
}

function around(at: UnixTime.UnixTime, mid: number, half: number): Quote {
  return { at, bid: Math.max(0, mid - half), mid, ask: mid + half }
}

// A penny or so on the funds' usual prices.
const fundHalfSpread = 0.0005

// A VIX future trades in steps of 0.05.
const futureHalfTick = 0.025
