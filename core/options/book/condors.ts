import * as UnixTime from '../../units/UnixTime.ts'
import * as Usd from '../../units/Usd.ts'
import * as Account from '../account/Account.ts'
import * as Condor from '../condor/Condor.ts'
import { creditCondor } from '../condor/creditCondor.ts'
import { deltaCondor } from '../condor/deltaCondor.ts'
import { edr } from '../condor/edr.ts'
import * as margin from '../margin.ts'
import * as Expiries from '../view/Expiries.ts'
import { quote } from '../view/quote.ts'
import type { View } from '../view/View.ts'
import { gate } from './gate.ts'
import { act, type OptionsBook, type Trade } from './OptionsBook.ts'
import type { OptionsPolicy } from './OptionsPolicy.ts'
import { priceOf, trade } from './trade.ts'

/** Pays out condors that settle at the opening of this day, and any whose own day is missing from the record. */
export function settleAtOpen(book: OptionsBook, view: View): void {
  for (const open of [...book.trades]) {
    const { expiry, settles } = open.condor
    if (expiry < view.date || (expiry === view.date && settles === 'open'))
      settle(book, view, open, view.day.spx.open)
  }
}

/** Pays out condors that settle at the close of this day. */
export function settleAtClose(book: OptionsBook, view: View): void {
  for (const open of [...book.trades])
    if (open.condor.expiry === view.date && open.condor.settles === 'close')
      settle(book, view, open, view.day.spx.close)
}

/** Rolls what is threatened in time (R17), and takes back what was rolled and is no longer threatened. */
export function shift(book: OptionsBook, view: View): void {
  for (const open of [...book.trades]) {
    const isThreatened = threatens(book, view, open)
    if (isThreatened) open.threatenedAt ??= view.date
    if (!book.policy.shift.on) continue
    if (isThreatened && mayShift(book, view) && open.shifts < book.policy.shift.maxShifts)
      shiftForward(book, view, open)
    else if (
      !isThreatened &&
      open.shifts > 0 &&
      edr(view, book.policy.condor.edr) < book.policy.shift.edrAbove
    )
      close(book, view, open, 'the shifted condor is out of danger and the expected range is small')
  }
}

/** Opens the day's condor, when the rules have one and the gate lets it pass. */
export function enter(book: OptionsBook, view: View): void {
  const { policy, trades, counts } = book
  if (trades.length >= policy.condor.maxOpen) return
  const expiry = nextExpiry(book, view)
  if (expiry === undefined) return
  const shut = gate(policy, view, expiry)
  if (shut !== undefined) {
    counts[shut.by] += 1
    return
  }
  const condor = choose(book, view, expiry)
  const credit = condor && netCredit(book.policy, view, condor)
  if (condor === undefined || credit === undefined) {
    counts.unquoted += 1
    return
  }
  if (credit < leastCredit(policy)) {
    counts.tooLittleCredit += 1
    return
  }
  const mostCents = maxLossCents(condor, credit)
  const contracts =
    mostCents > 0 ? Math.floor((policy.condor.riskShare * Account.equity(book.account)) / mostCents) : 0
  if (contracts === 0) return
  const owner = `condor ${UnixTime.formatDate(view.date)}`
  const creditCents = -order(book, view, condor, owner, contracts) / contracts
  trades.push({
    owner,
    openedAt: view.date,
    condor,
    contracts,
    creditCents,
    shifts: 0,
    maxLossCents: mostCents,
  })
  book.unit = openContracts(book)
  act(
    book,
    `open ${contracts} condors ${textOf(condor)} for ${credit.toFixed(2)}`,
    'an expiry is in reach and the gate is open',
  )
}

/** The most that one condor can lose after what it brings in, cents. */
export function maxLossCents(condor: Condor.Condor, credit: number): Usd.Usd {
  return Usd.fromDollars(margin.maximumLoss(margin.condor(condor), credit) * 100)
}

/** Closes a trade at the day's quotes, whatever it costs. */
export function close(book: OptionsBook, view: View, open: Trade, because: string): void {
  order(book, view, open.condor, open.owner, -open.contracts)
  act(book, `close ${open.contracts} condors ${textOf(open.condor)}`, because)
  end(book, view, open)
}

function nextExpiry({ policy: { condor }, trades }: OptionsBook, view: View): UnixTime.UnixTime | undefined {
  const { style, days } = condor
  if (style === 'daily') return Expiries.dailySpx(view, days.least, days.most)[0]
  const isFree = (expiry: UnixTime.UnixTime) => trades.every((open) => open.condor.expiry !== expiry)
  return Expiries.monthlySpx(view, days.least, days.most).find(isFree)
}

function choose(
  { policy: { condor } }: OptionsBook,
  view: View,
  expiry: UnixTime.UnixTime,
): Condor.Condor | undefined {
  return condor.style === 'daily'
    ? creditCondor(view, expiry, condor)
    : deltaCondor(view, expiry, 'open', condor)
}

/** The least credit that a condor is opened for, dollars per share. */
export function leastCredit({ condor }: OptionsPolicy): number {
  return condor.style === 'daily' ? condor.leastCredit : 0.01
}

/**
 * What a condor brings in after the spread, dollars per share, when it is opened; with `side` -1 when it is closed, which
 * is below 0 when that costs. Undefined without quotes.
 */
export function netCredit(
  { costs }: OptionsPolicy,
  view: View,
  condor: Condor.Condor,
  side: 1 | -1 = 1,
): number | undefined {
  let credit = 0
  for (const { instrument, sign } of Condor.legs(condor)) {
    const quoted = quote(view, instrument)
    if (quoted === undefined) return undefined
    credit -= side * sign * priceOf(quoted, side * sign, costs.spreadPaid.condor)
  }
  return credit
}

/** Trades a condor's legs, `contracts` of them, negative to close; what was paid, cents, negative when taken in. */
function order(
  book: OptionsBook,
  view: View,
  condor: Condor.Condor,
  owner: string,
  contracts: number,
): Usd.Usd {
  let paid = 0
  for (const { instrument, sign } of Condor.legs(condor)) {
    const quantity = sign * contracts
    const fill = trade(book, view, { instrument, owner, quantity, manner: 'condor' })
    paid += quantity * Account.centsOf(instrument, fill!.price)
  }
  return paid
}

function threatens({ policy: { shift }, account }: OptionsBook, view: View, open: Trade): boolean {
  if (Condor.isBreached(open.condor, view.day.spx.close)) return true
  return costToClose(account, open) >= shift.costMultiple * open.creditCents
}

/** What closing one condor would cost at its last mark, cents. */
function costToClose({ positions }: Account.Account, { owner, contracts }: Trade): Usd.Usd {
  let value = 0
  for (const position of positions) if (position.owner === owner) value += Account.value(position)
  return -value / contracts
}

function mayShift({ policy: { shift, condor } }: OptionsBook, view: View): boolean {
  const isWide = edr(view, condor.edr) > shift.edrAbove
  const isHigh = view.day.vix.close > shift.vixAbove
  return shift.trigger === 'either' ? isWide || isHigh : isWide && isHigh
}

/** Buys the condor back and sells it again at the first later expiry that pays for it; else nothing is done. */
function shiftForward(book: OptionsBook, view: View, open: Trade): void {
  const { shift } = book.policy
  const back = netCredit(book.policy, view, open.condor, -1)
  if (back === undefined) return
  for (const expiry of laterExpiries(book, view, open)) {
    const later = shift.strikes === 'same' ? { ...open.condor, expiry } : choose(book, view, expiry)
    const credit = later && netCredit(book.policy, view, later)
    if (later === undefined || credit === undefined || credit + back < shift.leastCredit) continue
    order(book, view, open.condor, open.owner, -open.contracts)
    open.creditCents = -order(book, view, later, open.owner, open.contracts) / open.contracts
    act(
      book,
      `roll ${open.contracts} condors ${textOf(open.condor)} to ${UnixTime.formatDate(expiry)} for ${(credit + back).toFixed(2)}`,
      'a short strike is threatened and a later expiry pays for it',
    )
    open.condor = later
    open.shifts += 1
    open.maxLossCents = maxLossCents(later, credit)
    return
  }
}

function laterExpiries(
  { policy: { condor, shift }, trades }: OptionsBook,
  view: View,
  open: Trade,
): readonly UnixTime.UnixTime[] {
  const { least, most } = shift.days
  const found =
    condor.style === 'daily' ? Expiries.dailySpx(view, least, most) : Expiries.monthlySpx(view, least, most)
  return found.filter(
    (expiry) => expiry > open.condor.expiry && trades.every((other) => other.condor.expiry !== expiry),
  )
}

function settle(book: OptionsBook, view: View, open: Trade, value: number): void {
  const held = book.account.positions.filter(({ owner }) => owner === open.owner)
  for (const position of held) Account.settle(book.account, position, value, view.date)
  act(book, `settle ${open.contracts} condors ${textOf(open.condor)} at ${value}`, 'they expire')
  end(book, view, open)
}

function end(book: OptionsBook, view: View, open: Trade): void {
  const { trades, closed, account } = book
  trades.splice(trades.indexOf(open), 1)
  const { price, spread, commission } = Account.earnings(account, open.owner)
  closed.push({ ...open, closedAt: view.date, profitCents: price + spread + commission })
  // The ladder is never paused: with no condor open it stays as large as for the last.
  if (trades.length > 0) book.unit = openContracts(book)
}

function openContracts({ trades }: OptionsBook): number {
  return trades.reduce((sum, { contracts }) => sum + contracts, 0)
}

function textOf({ putWing, putShort, callShort, callWing, expiry }: Condor.Condor): string {
  return `${putWing}/${putShort}/${callShort}/${callWing} of ${UnixTime.formatDate(expiry)}`
}
