import { ofUnits } from '../units/Usd.ts'
import type { BridgeBook } from './BridgeBook.ts'
import { lockedUsd } from './BridgeBook.ts'
import * as Catalog from './Catalog.ts'
import * as judge from './findings/judge.ts'
import * as Severity from './findings/Severity.ts'
import * as Matching from './Matching.ts'
import type { Attempt } from './Observation.ts'
import { respond } from './respond.ts'

/**
 * A release that a guard on chain holds, for want of a proof or of room.
 *
 * Where an out leg of the same token and amount waits, it is an honest one that comes early or late. Otherwise somebody
 * tries to take what was never sent: it is judged once every chain it could come from has been seen as far.
 */
export function takeAttempt(book: BridgeBook, attempt: Attempt): void {
  const { catalog } = book
  const chain = catalog.chainIndex.get(attempt.chain)
  const token = chain === undefined ? undefined : catalog.tokensByChain[chain]!.get(attempt.token)
  if (chain === undefined || token === undefined) return
  const routes = routesInto(catalog, chain)
  if (routes.some((route) => Matching.awaits(book.matching[route]!, attempt.token, attempt.amount))) return
  if (routes.some((route) => book.heads[Catalog.sourceOf(catalog, route)]! < attempt.at)) {
    book.attempts.push(attempt)
    return
  }
  const cents = book.cents[token]!
  const usd = Number.isNaN(cents) ? null : ofUnits(Number(attempt.amount), cents)
  judge.report(book, attempt, catalog.bridge.tokens[token]!.symbol, usd, {
    name: 'ReleaseWithoutSource',
    severity: Severity.of(usd, lockedUsd(book)),
    what: 'A release that no out leg agrees with was tried, and the guard holds it',
    evidence: { held: 'yes' },
  })
  const event = { at: attempt.at, kind: 'release' as const, tx: attempt.tx, message: null }
  for (const route of routes) respond(book, { event, route, token, usd }, false)
}

/** A chain has been seen further: attempts that waited for it are judged. */
export function retryAttempts(book: BridgeBook): void {
  if (book.attempts.length === 0) return
  const waiting = book.attempts
  book.attempts = []
  for (const attempt of waiting) takeAttempt(book, attempt)
}

function routesInto(catalog: Catalog.Catalog, chain: number): number[] {
  const routes = Array.from({ length: Catalog.routeCount(catalog) }, (_, route) => route)
  return routes.filter(
    (route) => Catalog.destinationOf(catalog, route) === chain && Catalog.sourceOf(catalog, route) !== chain,
  )
}
