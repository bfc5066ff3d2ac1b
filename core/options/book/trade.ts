import * as Account from '../account/Account.ts'
import type { Instrument } from '../account/Instrument.ts'
import { quote } from '../view/quote.ts'
import type { View } from '../view/View.ts'
import type { OptionsBook } from './OptionsBook.ts'

/** What an order of some legs is done at: the share of the half-spread that is paid. */
export type Manner = 'single' | 'condor'

/**
 * The price of an order, dollars per unit: between the middle and the side of the quote it must cross.
 *
 * Rounded against the order, but never out of the quote.
 */
export function priceOf(quoted: Account.Quote, quantity: number, spreadPaid: number): number {
  const { bid, mid, ask } = quoted
  return quantity > 0 ? mid + spreadPaid * (ask - mid) : mid - spreadPaid * (mid - bid)
}

/** Buys or sells at the day's quote; false, and nothing is done, where there is none. */
export function trade(
  { account, orders, policy: { costs } }: OptionsBook,
  view: View,
  order: {
    readonly instrument: Instrument
    readonly owner: string
    readonly quantity: number
    readonly manner: Manner
  },
): Account.Fill | undefined {
  const { instrument, owner, quantity, manner } = order
  const quoted = quote(view, instrument)
  if (quoted === undefined) return undefined
  const price = priceOf(quoted, quantity, costs.spreadPaid[manner])
  const fill = {
    at: view.date,
    instrument,
    owner,
    quantity,
    price,
    quote: quoted,
    commission: commissionOf(instrument, costs.commission),
  }
  Account.fill(account, fill)
  orders.push({ fill })
  return fill
}

/** What a contract of an instrument costs to trade, dollars. */
export function commissionOf(
  instrument: Instrument,
  { spx, vix, vixFuture, share }: OptionsBook['policy']['costs']['commission'],
): number {
  if (instrument.type === 'option') return instrument.on === 'spx' ? spx : vix
  return instrument.type === 'future' ? vixFuture : share
}
