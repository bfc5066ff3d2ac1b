import * as Decayed from '../../signals/Decayed.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import { day, minute } from '../../units/UnixTime.ts'
import { toDollars } from '../../units/Usd.ts'
import type { BridgeBook } from '../BridgeBook.ts'
import type { BridgeEvent } from '../BridgeEvent.ts'
import { isOut } from '../BridgeEvent.ts'
import * as Catalog from '../Catalog.ts'
import * as Severity from '../findings/Severity.ts'
import type { Output } from '../Output.ts'

/**
 * What the legs of an hour did, counted beside the book for the signals that are watched and not weighed: a fold of its
 * own, so that a replay that asks for none pays for none.
 */
export type State = {
  /** dollars into escrow less dollars out of it within the hour, by pair of chains and token */
  readonly netUsd: Map<string, number>
  /** dollars delivered within the hour whose out leg was found */
  settledUsd: number
  /** how many legs were found to be right before this one */
  matched: number
  /** dollars burned elsewhere and not released yet, by token, in raw units */
  readonly dueUnits: number[]
  /** hard findings, fading with a half-life of thirty days */
  readonly hardFindings: Decayed.State
  /** dollars of all legs, and of those that go straight back, fading with a half-life of a day */
  readonly volume: Decayed.State
  readonly roundTrips: Decayed.State
  /** who moved what within the last minute, by chain, token and actor */
  readonly recent: Map<string, { readonly isOut: boolean; readonly usd: number; readonly at: UnixTime }>
}

export function create(tokenCount: number): State {
  return {
    netUsd: new Map(),
    settledUsd: 0,
    matched: 0,
    dueUnits: new Array(tokenCount).fill(0),
    hardFindings: Decayed.create({ halfLifeSeconds: 30 * day }),
    volume: Decayed.create({ halfLifeSeconds: day }),
    roundTrips: Decayed.create({ halfLifeSeconds: day }),
    recent: new Map(),
  }
}

/** Counts a leg that the book has just taken. */
export function takeLeg(tally: State, book: BridgeBook, event: BridgeEvent): void {
  const { catalog } = book
  const matched = book.counts.matched.deposits + book.counts.matched.withdrawals
  const isMatched = matched > tally.matched
  tally.matched = matched
  const chain = Catalog.chainOf(catalog, event)
  const token = Catalog.tokenOf(catalog, event, chain)
  if (token === Catalog.none) return
  const units = Number(event.amount)
  if (event.kind === 'burn') tally.dueUnits[token]! += units
  if (event.kind === 'release' && isMatched)
    tally.dueUnits[token] = Math.max(0, tally.dueUnits[token]! - units)
  const cents = book.cents[token]!
  if (Number.isNaN(cents)) return
  const usd = toDollars(units * cents)
  if (isMatched && !isOut(event.kind)) tally.settledUsd += usd
  if (event.kind === 'lock' || event.kind === 'release') {
    const key = laneKey(event, token)
    tally.netUsd.set(key, (tally.netUsd.get(key) ?? 0) + (event.kind === 'lock' ? usd : -usd))
  }
  takeRoundTrip(tally, event, token, usd)
}

/** Counts what the rules found hard. */
export function takeFindings(tally: State, outputs: readonly Output[]): void {
  for (const output of outputs) {
    if (output.type === 'finding' && Severity.isHard(output.finding.severity))
      Decayed.add(tally.hardFindings, 1, output.finding.at)
  }
}

/** Begins the next hour. */
export function close(tally: State, at: UnixTime): void {
  tally.netUsd.clear()
  tally.settledUsd = 0
  for (const [key, { at: seen }] of tally.recent) if (seen < at - minute) tally.recent.delete(key)
}

// In by the one leg and out by the other, on one chain, within a minute, by one actor: money that only passes through.
function takeRoundTrip(tally: State, event: BridgeEvent, token: number, usd: number): void {
  const out = isOut(event.kind)
  const actor = out ? event.sender : event.beneficiary
  Decayed.add(tally.volume, usd, event.at)
  const key = `${event.chain}:${token}:${actor}`
  const last = tally.recent.get(key)
  const isBack = last !== undefined && last.isOut !== out && event.at - last.at <= minute
  if (isBack) Decayed.add(tally.roundTrips, 2 * Math.min(usd, last.usd), event.at)
  if (isBack) tally.recent.delete(key)
  else tally.recent.set(key, { isOut: out, usd, at: event.at })
}

function laneKey({ chain, peer }: BridgeEvent, token: number): string {
  return `${Math.min(chain, peer)}:${Math.max(chain, peer)}:${token}`
}
