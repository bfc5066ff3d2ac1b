import type * as Layer from '@cutwater/core/ladder/Layer.ts'
import * as Account from '@cutwater/core/options/account/Account.ts'
import { vixOption } from '@cutwater/core/options/account/Instrument.ts'
import { maxLossCents } from '@cutwater/core/options/book/condors.ts'
import * as OptionsBook from '@cutwater/core/options/book/OptionsBook.ts'
import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import { type Condor, legs } from '@cutwater/core/options/condor/Condor.ts'
import { quote } from '@cutwater/core/options/view/quote.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'

/** What an account holds before the day's orders. */
export type Holdings = {
  readonly cashUsd: number
  readonly condors: readonly HeldCondor[]
  readonly hedges: readonly HeldHedge[]
  /** condors that the ladder is for; those that are open where it is left out */
  readonly hedgedCondors?: number
}

export type HeldCondor = {
  readonly condor: Condor
  readonly contracts: number
  /** taken in when it was opened, dollars per share */
  readonly credit: number
  readonly opened: UnixTime.UnixTime
  readonly shifts: number
}

export type HeldHedge = {
  readonly layer: Layer.Layer
  readonly strike: number
  readonly expiry: UnixTime.UnixTime
  readonly quantity: number
  /** paid, dollars per share */
  readonly cost: number
  readonly opened: UnixTime.UnixTime
}

/** An account without positions. */
export const nothing: Holdings = { cashUsd: 1_000_000, condors: [], hedges: [] }

/**
 * A book that holds these positions, marked at the quotes of a day; what has no quote is marked at what was paid for it.
 */
export function bookOf(holdings: Holdings, policy: OptionsPolicy, view: View): OptionsBook.OptionsBook {
  const startCents = Usd.fromDollars(holdings.cashUsd)
  const book = OptionsBook.create({ ...policy, startCents }, view.date)
  for (const [index, held] of holdings.condors.entries()) takeCondor(book, view, held, index)
  for (const held of holdings.hedges) takeHedge(book, view, held)
  const open = holdings.condors.reduce((sum, { contracts }) => sum + contracts, 0)
  book.unit = holdings.hedgedCondors ?? open
  return book
}

function takeCondor(
  { account, trades }: OptionsBook.OptionsBook,
  view: View,
  held: HeldCondor,
  index: number,
): void {
  const { condor, contracts, credit, opened, shifts } = held
  const owner = `condor ${UnixTime.formatDate(opened)} ${index + 1}`
  for (const { instrument, sign } of legs(condor)) {
    const mark = Account.centsOf(instrument, quote(view, instrument)?.mid ?? 0)
    Account.bringIn(account, { instrument, owner, quantity: sign * contracts }, mark)
  }
  const creditCents = Usd.fromDollars(credit * 100)
  trades.push({
    owner,
    openedAt: opened,
    condor,
    contracts,
    creditCents,
    shifts,
    maxLossCents: maxLossCents(condor, credit),
  })
}

function takeHedge({ account, lots }: OptionsBook.OptionsBook, view: View, held: HeldHedge): void {
  const { layer, strike, expiry, quantity, cost, opened } = held
  const instrument = vixOption('call', strike, expiry)
  const mark = Account.centsOf(instrument, quote(view, instrument)?.mid ?? cost)
  Account.bringIn(account, { instrument, owner: layer, quantity }, mark)
  lots[layer].push({
    instrument,
    quantity,
    expiry,
    openedAt: opened,
    costCents: Account.centsOf(instrument, cost),
  })
}
