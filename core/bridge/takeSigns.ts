import { ofUnits } from '../units/Usd.ts'
import type { BridgeBook } from './BridgeBook.ts'
import { lockedUsd } from './BridgeBook.ts'
import type { ChainId } from './BridgeEvent.ts'
import * as Catalog from './Catalog.ts'
import { decide } from './decide.ts'
import * as judge from './findings/judge.ts'
import * as Severity from './findings/Severity.ts'
import * as Guard from './guard/Guard.ts'
import type { Scope } from './guard/Pauses.ts'
import type { Change, Holding, Measure, Quote, Trouble } from './Observation.ts'
import { drainAll } from './pass.ts'
import * as Board from './signals/Board.ts'
import * as Measures from './signals/Measures.ts'
import * as Signals from './signals/Signals.ts'

/** A pool or an oracle this far from par, or from each other, is out of line. */
export const outOfLine = 0.05

/**
 * Who may act on the bridge, or by which rules, has changed. Announced through the timelock it is a note; out of
 * the blue everything that is locked is at stake, and the bridge stops.
 */
export function takeChange(book: BridgeBook, change: Change): void {
  const usd = change.announced ? 0 : lockedUsd(book)
  const severity = change.announced ? 'low' : Severity.of(usd, lockedUsd(book))
  const how = change.announced ? 'through the timelock' : 'without the timelock'
  const what = `${change.what}, ${how}`
  judge.report(book, change, null, null, {
    name: change.name,
    severity,
    what,
    evidence: { announced: String(change.announced) },
  })
  if (Severity.isHard(severity))
    stop(book, { kind: 'bridge' }, change.at, `${change.what} without the timelock`)
}

/** The view of a chain is in doubt: somebody must look, and nobody is accused. */
export function takeTrouble(book: BridgeBook, trouble: Trouble): void {
  judge.report(book, trouble, null, null, {
    name: trouble.name,
    severity: 'medium',
    what: trouble.what,
    evidence: {},
  })
}

/**
 * A price of a bridged token. A pool far from par is a peg break, which presses; an oracle far from the pool it is
 * meant to follow can be borrowed against or released by, so it stops the token.
 */
export function takeQuote(book: BridgeBook, quote: Quote): void {
  const { quotes } = book.alarms
  quotes.set(`${quote.source}:${quote.token}`, quote.price)
  const token = book.catalog.bridge.tokens.findIndex(({ symbol }) => symbol === quote.token)
  if (token === Catalog.none) return
  const pool = quotes.get(`pool:${quote.token}`)
  const oracle = quotes.get(`oracle:${quote.token}`)
  if (quote.source === 'pool' && isOutOfLine(quote.price, 1)) reportPrice(book, quote, token, 'PegBreak', 1)
  if (pool === undefined || oracle === undefined || !isOutOfLine(oracle, pool)) return
  const severity = reportPrice(
    book,
    quote,
    token,
    'OracleDisagreement',
    quote.source === 'oracle' ? pool : oracle,
  )
  if (!Severity.isHard(severity)) return
  const because = `the oracle of ${quote.token} is ${percent(oracle, pool)} away from the pool`
  for (const lane of lanesOf(book, token)) stop(book, { kind: 'lane', lane }, quote.at, because)
}

/**
 * What is really there, against what the log says: fewer tokens locked, or more minted, than the legs add up to is
 * a gap that no log shows (an event without a transfer, a stolen minter).
 */
export function takeHolding(
  book: BridgeBook,
  { at, chain, token: address, what, amount, block }: Holding,
): void {
  const index = book.catalog.chainIndex.get(chain)
  const token = index === undefined ? undefined : book.catalog.tokensByChain[index]!.get(address)
  if (token === undefined) return
  // What was minted before the record began is in the supply and in no log that was read.
  if (what === 'minted' && book.catalog.bridge.midway) return
  const { locked, minted } = book.balances[token]!
  const gap = (what === 'locked' ? locked - amount : amount - minted) - pendingOf(book, chain, address)
  if (gap <= 0n) return
  const symbol = book.catalog.bridge.tokens[token]!.symbol
  const cents = book.cents[token]!
  const usd = Number.isNaN(cents) ? null : ofUnits(Number(gap), cents)
  if ((usd ?? 1) <= book.alarms.gapReported[token]!) return
  book.alarms.gapReported[token] = usd ?? 1
  const severity = Severity.of(usd, lockedUsd(book))
  const says = what === 'locked' ? 'fewer are locked' : 'more are minted'
  const text = `${symbol}: ${gap} units ${says} than the log of the bridge adds up to`
  judge.report(book, { at, chain }, symbol, usd, {
    name: 'BackingGap',
    severity,
    what: text,
    evidence: { gap: String(gap), block },
  })
  if (!Severity.isHard(severity)) return
  for (const lane of lanesOf(book, token))
    stop(book, { kind: 'lane', lane }, at, `${symbol} is not fully backed`)
}

/** A reading of a feed: kept, and heard when the hour closes. */
export function takeMeasure(book: BridgeBook, measure: Measure): void {
  Measures.take(book.measures, measure)
  book.board ??= Board.create(Signals.fed)
}

// Legs that are not judged yet are not booked yet, though their tokens have moved.
function pendingOf({ pending }: BridgeBook, chain: ChainId, address: string): bigint {
  let sum = 0n
  for (const leg of pending) if (leg.chain === chain && leg.token === address) sum += leg.amount
  return sum
}

// Lanes that have not been used yet are stopped too: the first leg may be the thief's.
function lanesOf({ guard }: BridgeBook, token: number): number[] {
  return guard.laneTokens.flatMap((of, lane) => (of === token ? [lane] : []))
}

function reportPrice(
  book: BridgeBook,
  quote: Quote,
  token: number,
  name: 'PegBreak' | 'OracleDisagreement',
  against: number,
): Severity.Severity {
  const cents = book.cents[token]!
  const atStake = Number.isNaN(cents) ? null : Math.floor(Math.max(0, book.lockedUnits[token]! * cents))
  const worst = Severity.of(atStake, lockedUsd(book))
  const severity = name === 'PegBreak' ? Severity.soften(worst) : worst
  const what = `${quote.token} is at ${quote.price.toPrecision(4)} in the ${quote.source}, ${percent(quote.price, against)} from ${against.toPrecision(4)}`
  judge.report(book, quote, quote.token, atStake, {
    name,
    severity,
    what,
    evidence: { price: quote.price, against },
  })
  return severity
}

function stop(book: BridgeBook, scope: Scope, at: number, because: string): void {
  book.alarms.lastHardAt = Math.max(book.alarms.lastHardAt, at)
  drainAll(book, at)
  const pause = Guard.pause(book.guard, scope, at, because)
  if (pause === null) return
  book.out.push({ type: 'paused', pause })
  decide(book, at, [{ what: `pause ${Catalog.scopeName(book.catalog, scope)}`, because }])
}

function isOutOfLine(price: number, against: number): boolean {
  return Math.abs(price / against - 1) > outOfLine
}

function percent(price: number, against: number): string {
  return `${(100 * Math.abs(price / against - 1)).toFixed(1)}%`
}
