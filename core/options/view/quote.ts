import type * as UnixTime from '../../units/UnixTime.ts'
import type { Quote } from '../account/Account.ts'
import type { Future, Instrument, Option, Share } from '../account/Instrument.ts'
import * as halfSpread from '../costs/halfSpread.ts'
import * as Black76 from '../pricing/Black76.ts'
import * as years from '../settlement/years.ts'
import * as Smile from '../surface/Smile.ts'
import * as SpxSurface from '../surface/SpxSurface.ts'
import * as VixForward from '../surface/VixForward.ts'
import * as VixVolatility from '../surface/VixVolatility.ts'
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

/** Forward, volatility, time and discount of an option on a day; undefined without data, or once it has expired. */
export function termsOf(view: View, { on, kind, strike, expiry, settles }: Option): Terms | undefined {
  const time = yearsTo(view.date, expiry, settles)
  if (time < 0) return undefined
  const discount = Math.exp(-view.day.billYield * time)
  const forward = on === 'spx' ? spxForward(view, time) : VixForward.at(view.day, expiry).level
  if (time === 0) return { kind, forward, strike, years: 0, volatility: 0, discount }
  const smile = on === 'spx' ? spxSmile(view, expiry, settles) : vixSmile(view, expiry)
  if (smile === undefined) return undefined
  const volatility = Smile.volatility(smile, Math.log(strike / forward), time)
  return { kind, forward, strike, years: time, volatility, discount }
}

/** The forward of SPX at a time from the close of the day, years; the close itself now. */
export function spxForward({ surface, day }: View, time: number): number {
  return time > 0 ? SpxSurface.forward(surface, time) : day.spx.close
}

/**
 * The smile of SPX options of an expiry, made once for each day and expiry however many strikes are asked for, by however
 * many policies: it follows from the day alone.
 */
export function spxSmile(view: View, expiry: UnixTime.UnixTime, settles: Option['settles']): Smile.Smile {
  const { surface, smiles, date } = view
  const kept = smiles[settles].get(expiry)
  if (kept !== undefined) return kept
  const made = SpxSurface.smile(surface, yearsTo(date, expiry, settles))
  smiles[settles].set(expiry, made)
  return made
}

/** The same for VIX options; undefined before VVIX was published. */
export function vixSmile({ day, smiles, date }: View, expiry: UnixTime.UnixTime): Smile.Smile | undefined {
  const kept = smiles.vix.get(expiry)
  if (kept !== undefined) return kept
  const made = VixVolatility.smile(day, yearsTo(date, expiry, 'open'))
  if (made !== undefined) smiles.vix.set(expiry, made)
  return made
}

/** The settlement price of the VIX future of an expiry; undefined when it is not listed. */
export function futureOf({ day }: View, expiry: UnixTime.UnixTime): number | undefined {
  for (const future of day.futures) if (future.expiry === expiry) return future.settle
  return undefined
}

/**
 * Years from the close of one day to the opening or the close of another, by minutes of the calendar; below 0 once it
 * has passed.
 *
 * @example
 * yearsTo(0, 365 * 86400, 'close') // 1
 */
export function yearsTo(
  date: UnixTime.UnixTime,
  expiry: UnixTime.UnixTime,
  settles: Option['settles'],
): number {
  if (expiry < date || (expiry === date && settles === 'open')) return -1
  return years.calendar({ date, at: 'close' }, { date: expiry, at: settles })
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
