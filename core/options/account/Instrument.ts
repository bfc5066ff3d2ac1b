import { CutwaterError } from '../../units/CutwaterError.ts'
import * as UnixTime from '../../units/UnixTime.ts'

/** Something that can be held: an option on SPX or VIX, a VIX future, a share of a volatility fund. */
export type Instrument = Option | Future | Share

export type Option = {
  readonly type: 'option'
  /** unique among instruments, and what a person calls it */
  readonly id: string
  readonly on: 'spx' | 'vix'
  readonly kind: 'call' | 'put'
  /** points */
  readonly strike: number
  /** 00:00 UTC of the trading date it settles on */
  readonly expiry: UnixTime.UnixTime
  /** at the opening (SOQ) of the expiry date, or at its close */
  readonly settles: 'open' | 'close'
}

export type Future = { readonly type: 'future'; readonly id: string; readonly expiry: UnixTime.UnixTime }

export type Share = { readonly type: 'share'; readonly id: string; readonly symbol: string }

/**
 * An SPX option, which settles on its date's opening quotation (`SPX`) or on its close (`SPXW`).
 *
 * Throws INSTRUMENT_INVALID for a strike that is not above 0.
 *
 * @example
 * Instrument.spxOption('put', 2800, UnixTime.parse('2020-03-20'), 'open').id // 'SPX 2020-03-20 P2800'
 */
export function spxOption(
  kind: Option['kind'],
  strike: number,
  expiry: UnixTime.UnixTime,
  settles: Option['settles'],
): Option {
  const root = settles === 'open' ? 'SPX' : 'SPXW'
  return {
    type: 'option',
    id: optionId(root, kind, strike, expiry),
    on: 'spx',
    kind,
    strike,
    expiry,
    settles,
  }
}

/**
 * A VIX option, which settles on the opening quotation of its date.
 *
 * Throws INSTRUMENT_INVALID for a strike that is not above 0.
 *
 * @example
 * Instrument.vixOption('call', 22.5, UnixTime.parse('2020-03-18')).id // 'VIX 2020-03-18 C22.5'
 */
export function vixOption(kind: Option['kind'], strike: number, expiry: UnixTime.UnixTime): Option {
  const id = optionId('VIX', kind, strike, expiry)
  return { type: 'option', id, on: 'vix', kind, strike, expiry, settles: 'open' }
}

/**
 * A VIX future, by the date it settles on.
 *
 * @example
 * Instrument.vixFuture(UnixTime.parse('2020-03-18')).id // 'VX 2020-03-18'
 */
export function vixFuture(expiry: UnixTime.UnixTime): Future {
  return { type: 'future', id: `VX ${UnixTime.formatDate(expiry)}`, expiry }
}

/**
 * A share of a fund, by its symbol.
 *
 * @example
 * Instrument.share('vxx').id // 'VXX'
 */
export function share(symbol: string): Share {
  return { type: 'share', id: symbol.toUpperCase(), symbol }
}

/** What one contract of it counts for: 100 for options, 1000 for a VIX future, 1 for a share. */
export function multiplier({ type }: Instrument): number {
  return type === 'option' ? 100 : type === 'future' ? 1000 : 1
}

/** Whether gains and losses move in cash every day, so that what is held has no value of its own. */
export function isSettledDaily({ type }: Instrument): boolean {
  return type === 'future'
}

/**
 * What one unit is worth when the underlying settles at `value`, in points; a future is worth the value itself.
 *
 * @example
 * Instrument.payoff(Instrument.spxOption('put', 2800, 0, 'open'), 2437.98) // ≈ 362.02
 */
export function payoff(instrument: Option | Future, value: number): number {
  if (instrument.type === 'future') return value
  const { kind, strike } = instrument
  return Math.max(0, kind === 'call' ? value - strike : strike - value)
}

function optionId(root: string, kind: Option['kind'], strike: number, expiry: UnixTime.UnixTime): string {
  if (!(strike > 0 && strike < Number.POSITIVE_INFINITY)) throw strikeInvalid(strike)
  return `${root} ${UnixTime.formatDate(expiry)} ${kind === 'call' ? 'C' : 'P'}${strike}`
}

function strikeInvalid(strike: number): CutwaterError {
  return new CutwaterError('INSTRUMENT_INVALID', `the strike is ${strike}`, { right: 'points above 0' })
}
