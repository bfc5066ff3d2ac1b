import { CutwaterError } from '../../units/CutwaterError.ts'
import * as UnixTime from '../../units/UnixTime.ts'
import * as Usd from '../../units/Usd.ts'
import * as Audit from './Audit.ts'
import type { Instrument } from './Instrument.ts'
import { isSettledDaily, multiplier, payoff } from './Instrument.ts'

/** Cash and what is held, in whole cents; every change goes through the functions below and is audited. */
export type Account = {
  cash: Usd.Usd
  readonly positions: Position[]
  /** the last day that was marked or traded on */
  at: UnixTime.UnixTime
  /** where the money came from and went, by owner, cents */
  readonly ledger: Map<string, Earnings>
  readonly audit: Audit.Audit
}

export type Position = {
  /** unique in the account: the instrument and its owner */
  readonly key: string
  readonly instrument: Instrument
  /** whose it is: a trade or a layer; the same contract of two owners is two positions */
  readonly owner: string
  /** contracts, negative when sold */
  quantity: number
  /** what one contract was last marked at, cents */
  markCents: Usd.Usd
  /** what was paid for it, less what was taken in, cents, without commission */
  paid: Usd.Usd
}

/** What an owner's positions earned, cents; losses and costs are negative. */
export type Earnings = {
  /** marks that moved, settlements */
  price: Usd.Usd
  /** fills away from the mark */
  spread: Usd.Usd
  commission: Usd.Usd
  interest: Usd.Usd
}

export type Quote = {
  /** the day whose data it was made from */
  readonly at: UnixTime.UnixTime
  /** dollars per unit */
  readonly bid: number
  readonly mid: number
  readonly ask: number
}

export type Fill = {
  readonly at: UnixTime.UnixTime
  readonly instrument: Instrument
  readonly owner: string
  /** contracts, negative to sell */
  readonly quantity: number
  /** dollars per unit */
  readonly price: number
  readonly quote: Quote
  /** dollars per contract, 0 or more */
  readonly commission: number
}

/** The owner of what no trade earns: interest on cash. */
export const treasury = 'treasury'

/**
 * An account with cash and nothing else.
 *
 * Throws ACCOUNT_CASH_INVALID for anything but whole cents of 0 or more.
 *
 * @example
 * Account.equity(Account.create(100_000_00, 0)) // 10000000
 */
export function create(cash: Usd.Usd, at: UnixTime.UnixTime): Account {
  if (!(Number.isSafeInteger(cash) && cash >= 0)) throw cashInvalid(cash)
  return { cash, positions: [], at, ledger: new Map(), audit: Audit.create(cash) }
}

/** Cash plus what is held at its last mark, cents. */
export function equity({ cash, positions }: Account): Usd.Usd {
  let sum = cash
  for (const position of positions) sum += value(position)
  return sum
}

/** What a position is worth at its last mark, cents; 0 for what settles in cash every day. */
export function value({ instrument, quantity, markCents }: Position): Usd.Usd {
  return isSettledDaily(instrument) ? 0 : quantity * markCents
}

/**
 * Buys or sells at a price within the quote; the position is then marked at the quote's middle.
 *
 * A fill outside of bid and ask, or by a quote of another day, is booked as it was asked for and kept as a violation.
 * Returns the position, which is no longer among the account's once it is closed. Throws FILL_INVALID.
 */
export function fill(account: Account, order: Fill): Position {
  requireSound(order)
  const { at, instrument, owner, quantity, price, quote } = order
  const { audit } = account
  const isInside = quote.bid >= 0 && quote.bid <= price && price <= quote.ask
  if (!Audit.holds(audit, isInside))
    Audit.violate(audit, at, 'each fill is inside bid and ask', outside(order))
  const isTimely = quote.at === at && at >= account.at
  if (!Audit.holds(audit, isTimely)) Audit.violate(audit, at, 'nothing reads the future', untimely(order))
  account.at = Math.max(account.at, at)

  const priceCents = centsOf(instrument, price)
  const markCents = centsOf(instrument, quote.mid)
  const commission = Usd.fromDollars(order.commission) * Math.abs(quantity)
  const held = find(account, instrument, owner) ?? open(account, instrument, owner, markCents)
  remark(account, held, markCents)
  held.quantity += quantity
  held.paid += quantity * priceCents
  // What settles daily is paid for by the difference to the mark alone; the rest changes cash for value.
  account.cash -= quantity * (isSettledDaily(instrument) ? priceCents - markCents : priceCents) + commission
  earn(account, owner, 'spread', quantity * (markCents - priceCents))
  earn(account, owner, 'commission', -commission)
  Audit.trade(audit, held.key, quantity)
  if (held.quantity === 0) drop(account, held)
  return held
}

/**
 * Takes over a position that was bought elsewhere, worth `markCents` a contract: what is brought in, not earned.
 *
 * Throws FILL_INVALID for anything but whole contracts and cents.
 */
export function bringIn(
  account: Account,
  { instrument, owner, quantity }: Pick<Fill, 'instrument' | 'owner' | 'quantity'>,
  markCents: Usd.Usd,
): Position {
  if (!(Number.isSafeInteger(quantity) && quantity !== 0 && Number.isSafeInteger(markCents)))
    throw broughtInvalid(instrument, quantity, markCents)
  const held = find(account, instrument, owner) ?? open(account, instrument, owner, markCents)
  remark(account, held, markCents)
  held.quantity += quantity
  account.audit.earned += isSettledDaily(instrument) ? 0 : quantity * markCents
  Audit.trade(account.audit, held.key, quantity)
  if (held.quantity === 0) drop(account, held)
  return held
}

/** The middles of a day's quotes, dollars per unit; undefined for what has none. */
export type Marks = {
  /** the day whose data they are made from */
  readonly at: UnixTime.UnixTime
  readonly midOf: (instrument: Instrument) => number | undefined
}

/** Marks every position at the middle of its quote of the day; one without a quote keeps its last mark. */
export function mark(account: Account, at: UnixTime.UnixTime, marks: Marks): void {
  for (const position of account.positions) {
    const { instrument } = position
    const mid = marks.midOf(instrument)
    if (mid === undefined) continue
    if (!Audit.holds(account.audit, marks.at === at))
      Audit.violate(account.audit, at, 'nothing reads the future', mistimed(position, marks.at))
    remark(account, position, centsOf(instrument, mid))
  }
  account.at = Math.max(account.at, at)
}

/**
 * Pays out a position that expires: `settlement` is the underlying's value, in points.
 *
 * Throws SETTLEMENT_INVALID for a share, a day before the expiry, or a value that is not a number of 0 or more.
 * Returns what one contract paid, cents.
 */
export function settle(
  account: Account,
  position: Position,
  settlement: number,
  at: UnixTime.UnixTime,
): Usd.Usd {
  const { instrument, quantity } = position
  if (instrument.type === 'share' || instrument.expiry > at || !(settlement >= 0 && settlement < Infinity))
    throw settlementInvalid(position, settlement, at)
  const paid = centsOf(instrument, payoff(instrument, settlement))
  remark(account, position, paid)
  account.cash += value(position)
  position.paid -= quantity * paid
  Audit.trade(account.audit, position.key, -quantity)
  position.quantity = 0
  drop(account, position)
  return paid
}

/**
 * Adds interest on cash from the last day to `at`, at a continuously compounded rate per year of 365 days.
 *
 * Cash below 0 pays at the same rate.
 */
export function accrue(account: Account, ratePerYear: number, at: UnixTime.UnixTime): Usd.Usd {
  const years = (at - account.at) / (365 * UnixTime.day)
  const interest = Math.floor(account.cash * Math.expm1(ratePerYear * years) + 0.5) + 0
  account.cash += interest
  earn(account, treasury, 'interest', interest)
  return interest
}

/** Compares the account with its second set of books: the end of each day. */
export function inspect(account: Account, at: UnixTime.UnixTime): void {
  const { audit, positions, cash } = account
  const now = equity(account)
  if (!Audit.holds(audit, Number.isSafeInteger(cash) && Number.isSafeInteger(now)))
    Audit.violate(audit, at, 'money is whole cents', `cash is ${cash} and equity ${now} cents`)
  if (!Audit.holds(audit, now === audit.earned)) {
    const what = `cash and positions are ${now} cents, what was put in and earned is ${audit.earned}`
    Audit.violate(audit, at, 'equity is cash plus positions', what)
  }
  if (!Audit.holds(audit, positions.length === audit.traded.size)) {
    const what = `${positions.length} positions are held, ${audit.traded.size} were paid for`
    Audit.violate(audit, at, 'no position appears or disappears free', what)
  }
  for (const { instrument, quantity, key } of positions) {
    const traded = audit.traded.get(key) ?? 0
    if (!Audit.holds(audit, quantity === traded)) {
      const what = `${quantity} of ${instrument.id} are held, ${traded} were paid for`
      Audit.violate(audit, at, 'no position appears or disappears free', what)
    }
    const isOver = instrument.type !== 'share' && instrument.expiry <= at
    if (!Audit.holds(audit, !isOver)) {
      const what = `${instrument.id} is held on after it expired`
      Audit.violate(audit, at, 'no position appears or disappears free', what)
    }
  }
}

/** What an owner's positions earned since the start; all zero for one that never traded. */
export function earnings(account: Account, owner: string): Earnings {
  return account.ledger.get(owner) ?? nothing()
}

/** Dollars per unit as cents per contract, rounded once, so that two contracts are worth twice one. */
export function centsOf(instrument: Instrument, price: number): Usd.Usd {
  return Usd.fromDollars(price * multiplier(instrument))
}

function remark(account: Account, position: Position, markCents: Usd.Usd): void {
  const { instrument, owner, quantity } = position
  const gained = quantity * (markCents - position.markCents)
  position.markCents = markCents
  if (gained === 0) return
  if (isSettledDaily(instrument)) account.cash += gained
  earn(account, owner, 'price', gained)
}

function earn(account: Account, owner: string, part: keyof Earnings, cents: Usd.Usd): void {
  if (cents === 0) return
  account.audit.earned += cents
  let earned = account.ledger.get(owner)
  if (earned === undefined) {
    earned = nothing()
    account.ledger.set(owner, earned)
  }
  earned[part] += cents
}

function find({ positions }: Account, instrument: Instrument, owner: string): Position | undefined {
  return positions.find((held) => held.owner === owner && held.instrument.id === instrument.id)
}

function open(account: Account, instrument: Instrument, owner: string, markCents: Usd.Usd): Position {
  const key = `${instrument.id}|${owner}`
  const position: Position = { key, instrument, owner, quantity: 0, markCents, paid: 0 }
  account.positions.push(position)
  return position
}

function drop({ positions }: Account, position: Position): void {
  positions.splice(positions.indexOf(position), 1)
}

function nothing(): Earnings {
  return { price: 0, spread: 0, commission: 0, interest: 0 }
}

function outside({ instrument, price, quote }: Fill): string {
  return `${instrument.id} was filled at ${price}, quoted ${quote.bid} to ${quote.ask}`
}

function mistimed({ instrument }: Position, from: UnixTime.UnixTime): string {
  return `${instrument.id} is marked by a quote of ${UnixTime.formatDate(from)}`
}

function untimely({ instrument, quote, at }: Fill): string {
  return `${instrument.id} was filled on ${UnixTime.formatDate(at)} by a quote of ${UnixTime.formatDate(quote.at)}`
}

function requireSound({ at, quantity, price, quote, commission, instrument }: Fill): void {
  const isWhole = Number.isSafeInteger(quantity) && quantity !== 0
  const sum = at + price + quote.bid + quote.mid + quote.ask + commission
  if (isWhole && Number.isFinite(sum) && commission >= 0) return
  const what = `${quantity} of ${instrument.id} at ${price} (${quote.bid} to ${quote.ask}), commission ${commission}`
  throw new CutwaterError('FILL_INVALID', what, {
    right: 'whole contracts other than 0, finite prices, a commission of 0 or more',
  })
}

function broughtInvalid({ id }: Instrument, quantity: number, markCents: number): CutwaterError {
  return new CutwaterError('FILL_INVALID', `${quantity} of ${id} at ${markCents} cents`, {
    right: 'whole contracts other than 0, whole cents',
  })
}

function cashInvalid(cash: number): CutwaterError {
  return new CutwaterError('ACCOUNT_CASH_INVALID', `cash is ${cash}`, { right: 'whole cents, 0 or more' })
}

function settlementInvalid(position: Position, settlement: number, at: UnixTime.UnixTime): CutwaterError {
  const what = `${position.instrument.id} cannot settle at ${settlement} on ${UnixTime.formatDate(at)}`
  return new CutwaterError('SETTLEMENT_INVALID', what, {
    right: 'an option or future on its expiry date or later, a value of 0 or more',
  })
}
