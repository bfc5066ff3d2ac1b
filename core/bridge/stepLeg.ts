import type { UnixTime } from '../units/UnixTime.ts'
import { ofUnits, type Usd } from '../units/Usd.ts'
import type { BridgeBook } from './BridgeBook.ts'
import { lockedUsd } from './BridgeBook.ts'
import type { BridgeEvent } from './BridgeEvent.ts'
import * as Catalog from './Catalog.ts'
import * as Conservation from './Conservation.ts'
import * as judge from './findings/judge.ts'
import * as Guard from './guard/Guard.ts'
import type { Held, HoldReason } from './guard/Lane.ts'
import * as Lane from './guard/Lane.ts'
import * as Matching from './Matching.ts'
import * as MessageId from './MessageId.ts'
import type { Head } from './Observation.ts'
import { drain, moveLocked, pass } from './pass.ts'
import { respond } from './respond.ts'
import { tuning } from './tuning.ts'

/** What is known about an in leg while it is judged. */
export type InLeg = {
  readonly event: BridgeEvent
  readonly chain: number
  readonly route: number
  readonly token: number
  readonly units: number
  readonly usd: Usd | null
  readonly verdict: Matching.Verdict
  /** when its proof is complete; Infinity while there is none */
  readonly provenAt: UnixTime
}

/** An out leg: remembered for its in leg, and booked. */
export function stepOut(book: BridgeBook, event: BridgeEvent): void {
  const { catalog } = book
  const chain = Catalog.chainOf(catalog, event)
  const route = Catalog.routeOf(catalog, event, chain)
  const token = Catalog.tokenOf(catalog, event, chain)
  countLeg(book, event)
  const out = withDestinationToken(catalog, event, route, token)
  Matching.takeOut(book.matching[route]!, out, MessageId.keyOf(event.message))
  if (token === Catalog.none) {
    judge.unmapped(book, event)
    return
  }
  const isHome = catalog.homeOf[token] === chain
  Conservation.takeOut(book.balances[token]!, event.amount, isHome)
  if (isHome) moveLocked(book, token, Number(event.amount))
}

/**
 * An in leg: matched, judged, and let through or held.
 *
 * A leg without a source, or with one that was not final, is judged only once the source chain has been seen as far:
 * until then it is pending, and nobody is accused. What is not final yet may still move to an earlier block.
 */
export function stepIn(book: BridgeBook, event: BridgeEvent): void {
  const { catalog } = book
  const chain = Catalog.chainOf(catalog, event)
  const route = Catalog.routeOf(catalog, event, chain)
  const token = Catalog.tokenOf(catalog, event, chain)
  const source = Catalog.sourceOf(catalog, route)
  const key = MessageId.keyOf(event.message)
  const finalitySeconds = catalog.finalityOf[source]!
  const isSeen = book.heads[source]! >= event.at
  if (!isSeen && !Matching.isAnswered(book.matching[route]!, event, key, finalitySeconds)) {
    book.pending.push(event)
    return
  }
  const verdict = judged(book, route, event, key, finalitySeconds)
  const units = Number(event.amount)
  const leg = { event, chain, route, token, units, usd: priceOf(book, token, units), verdict, provenAt: 0 }
  leg.provenAt = provenAt(leg, finalitySeconds)
  countLeg(book, event)
  judge.leg(book, leg)
  const admitted = admit(book, leg)
  if (admitted === 'pass') settle(book, leg)
  if (leg.provenAt === Number.POSITIVE_INFINITY) respond(book, leg, admitted === 'pass')
}

/** A chain has been seen up to a time. */
export function stepHead(book: BridgeBook, { chain, at }: Head): void {
  const source = book.catalog.chainIndex.get(chain)
  if (source !== undefined) book.heads[source] = Math.max(book.heads[source]!, at)
}

/** Legs that waited for a chain to be seen further are judged, in their order. */
export function retryLegs(book: BridgeBook): void {
  if (book.pending.length === 0) return
  const waiting = book.pending
  book.pending = []
  for (const event of waiting) stepIn(book, event)
}

function countLeg(book: BridgeBook, { at }: BridgeEvent): void {
  book.counts.legs += 1
  if (at < book.firstLegAt) book.firstLegAt = at
}

function judged(
  book: BridgeBook,
  route: number,
  event: BridgeEvent,
  key: number,
  finalitySeconds: number,
): Matching.Verdict {
  const matching = book.matching[route]!
  const verdict = Matching.takeIn(matching, event, key, finalitySeconds)
  return book.catalog.bridge.midway
    ? Matching.excuse(matching, event, key, verdict, book.firstLegAt)
    : verdict
}

function admit(book: BridgeBook, leg: InLeg): HoldReason | 'pass' {
  const { event, units, usd, provenAt } = leg
  const proven = provenAt <= event.at
  const lane = laneOf(book, leg)
  drain(book, lane, event.at)
  if (book.live) return 'pass'
  const admitted = Lane.admit(lane, book.guard.settings, units, proven, event.at)
  if (admitted === 'pass') return admitted
  const held: Held = { event, units, usd, provenAt, since: event.at, reason: admitted }
  Lane.hold(lane, book.guard.settings, held)
  book.out.push({ type: 'held', held })
  if (admitted === 'limit' || admitted === 'large') judge.limitReached(book, leg, lane)
  return admitted
}

function settle(book: BridgeBook, leg: InLeg): void {
  if (leg.token === Catalog.none) return
  const { event, units, chain } = leg
  const hadSource = leg.provenAt < Number.POSITIVE_INFINITY
  const lane = book.guard.lanes[Catalog.laneOf(book.catalog, leg.route, leg.token)]!
  pass(book, lane, { amount: event.amount, units, chain, hadSource }, event.at)
  if (!hadSource) judge.backing(book, leg)
}

function laneOf(book: BridgeBook, { route, token, event }: InLeg): Lane.Lane {
  const index = Catalog.laneOf(book.catalog, route, token)
  return (
    book.guard.lanes[index] ??
    Guard.open(book.guard, index, route, token, tuning(book, lockedUsd(book)), event.at)
  )
}

function provenAt({ verdict, event }: InLeg, finalitySeconds: number): UnixTime {
  if (verdict.outcome === 'matched' || verdict.outcome === 'predates') return event.at
  if (verdict.outcome === 'early') return verdict.out!.at + finalitySeconds
  return Number.POSITIVE_INFINITY
}

function priceOf(book: BridgeBook, token: number, units: number): Usd | null {
  if (token === Catalog.none) return null
  const cents = book.cents[token]!
  return Number.isNaN(cents) ? null : ofUnits(units, cents)
}

// A log that names no destination token means the one the mapping gives.
function withDestinationToken(
  catalog: Catalog.Catalog,
  event: BridgeEvent,
  route: number,
  token: number,
): BridgeEvent {
  if (event.token !== null || token === Catalog.none) return event
  return { ...event, token: Catalog.contractOn(catalog, token, Catalog.destinationOf(catalog, route)) }
}
