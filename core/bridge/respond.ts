import type { Action } from '../ladder/Decision.ts'
import * as Decayed from '../signals/Decayed.ts'
import type { BridgeBook } from './BridgeBook.ts'
import { lockedUsd } from './BridgeBook.ts'
import type { BridgeEvent } from './BridgeEvent.ts'
import * as Catalog from './Catalog.ts'
import { decide } from './decide.ts'
import * as judge from './findings/judge.ts'
import * as Severity from './findings/Severity.ts'
import * as Guard from './guard/Guard.ts'
import type { Scope } from './guard/Pauses.ts'
import { drainAll } from './pass.ts'
import type { InLeg } from './stepLeg.ts'

/**
 * Answers a leg without source: nothing for an oddity; from a hard finding on, the ladder tilts at once, and the
 * guard stops as little as the evidence allows.
 *
 * What counts is the sum tried on the route within about a day, so that cutting a theft into small pieces
 * changes nothing.
 *
 * @param passed whether the leg got through
 */
export function respond(book: BridgeBook, leg: InLeg, passed: boolean): void {
  const { event, route, usd } = leg
  const tried = book.alarms.tried[route]!
  Decayed.add(tried, usd ?? 0, event.at)
  const gap = passed ? judge.gapUsd(book) - book.alarms.answeredUsd : 0
  const severity = Severity.of(
    Math.ceil(Math.max(Decayed.read(tried, Math.max(event.at, tried.at)), gap)),
    lockedUsd(book),
  )
  if (passed && leg.token !== Catalog.none) {
    book.alarms.hitLanes.add(Catalog.laneOf(book.catalog, route, leg.token))
  }
  if (!Severity.isHard(severity)) return
  book.alarms.lastHardAt = event.at
  drainAll(book, event.at)
  if (gap > 0) {
    book.alarms.gapSince = Math.min(book.alarms.gapSince, event.at)
    book.alarms.answeredUsd += gap
  }
  const actions = book.guard.settings.level === 3 ? shut(book, leg, gap) : stop(book, leg, severity)
  decide(book, event.at, actions)
}

// With proofs in the release path the fake is already held; what is left to do is to shut the allowance, and to
// stop the lane only where value has really gone.
function shut(book: BridgeBook, leg: InLeg, gap: number): readonly Action[] {
  const { event, route } = leg
  Guard.shutUnproven(book.guard, route, event.at)
  book.out.push({ type: 'shut', route, at: event.at, reason: reasonOf(event) })
  const actions = pause(book, { kind: 'message', route, message: event.message }, leg)
  const lost = Severity.of(gap, lockedUsd(book))
  return Severity.isHard(lost) ? [...actions, ...stop(book, leg, lost)] : actions
}

function stop(book: BridgeBook, leg: InLeg, severity: Severity.Severity): readonly Action[] {
  return pause(book, scopeOf(book, leg, severity), leg)
}

// Narrow first: one lane; the route once the value is critical or a second lane is hit; the bridge once a second
// route is.
function scopeOf(book: BridgeBook, { route, token }: InLeg, severity: Severity.Severity): Scope {
  const tokens = Catalog.tokenCount(book.catalog)
  const hit = [...book.alarms.hitLanes]
  const isOnRoute = (lane: number) => Math.floor(lane / tokens) === route
  const isMaterial = (lane: number) => book.alarms.gapReported[lane % tokens]! >= Severity.oddity
  if (hit.some((lane) => !isOnRoute(lane) && isMaterial(lane))) return { kind: 'bridge' }
  const lane = Catalog.laneOf(book.catalog, route, token)
  const isSecond = hit.some((other) => other !== lane && isOnRoute(other) && isMaterial(other))
  if (severity === 'critical' || isSecond || token === Catalog.none) return { kind: 'route', route }
  return { kind: 'lane', lane }
}

function pause(book: BridgeBook, scope: Scope, { event }: InLeg): readonly Action[] {
  const because = reasonOf(event)
  const added = Guard.pause(book.guard, scope, event.at, because)
  if (added === null) return []
  book.out.push({ type: 'paused', pause: added })
  return [{ what: `pause ${Catalog.scopeName(book.catalog, scope)}`, because }]
}

function reasonOf(event: BridgeEvent): string {
  return `a ${event.kind} without source in transaction ${event.tx}`
}
