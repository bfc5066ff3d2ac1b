import type { Action } from '../ladder/Decision.ts'
import * as Decayed from '../signals/Decayed.ts'
import { hour } from '../units/UnixTime.ts'
import type { Usd } from '../units/Usd.ts'
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

/** A leg without source, or an attempt at one that a guard on chain holds. */
export type Tried = {
  readonly event: Pick<BridgeEvent, 'at' | 'kind' | 'tx'> & { readonly message: string | null }
  readonly route: number
  readonly token: number
  readonly usd: Usd | null
}

/**
 * Answers a leg without source: nothing for an oddity; from a hard finding on, the ladder tilts at once, and the
 * guard stops as little as the evidence allows.
 *
 * What counts is the sum tried on the route within about a day, or all that has passed since the last answer to a
 * loss, so that cutting a theft into small pieces changes nothing. One leg may be an accident of whoever reads the
 * log; a second one within the hour, neither an oddity, is none: docs/decisions/0015-two-are-no-accident.md. While a
 * loss is not covered, whatever passes on top of it is answered from an oddity on: nobody needs a second proof that
 * the bridge is broken.
 *
 * @param passed whether the leg got through
 */
export function respond(book: BridgeBook, leg: Tried, passed: boolean): void {
  const { alarms, guard, now } = book
  const tried = noteTried(book, leg)
  const lost = passed ? noteLost(book, leg) : 0
  const isRepeated = noteTime(book, leg)
  const isKnown = isRepeated || alarms.gapSince <= now
  const isLoss = isHardUsd(book, lost) || (isKnown && lost >= Severity.oddity)
  if (!isLoss && !isRepeated && !isHardUsd(book, tried)) return
  drainAll(book, now)
  alarms.lastHardAt = now
  const actions: Action[] = []
  const proves = guard.settings.level === 3
  if (proves) actions.push(...shut(book, leg))
  // What a proof has stopped is no reason to stop more.
  if (isLoss || !proves) {
    const severity = Severity.of(proves ? lost : Math.max(tried, lost), lockedUsd(book))
    actions.push(...pause(book, scopeOf(book, leg, severity), leg))
  }
  if (isLoss) noteAnswered(book, leg)
  decide(book, now, actions)
}

function isHardUsd(book: BridgeBook, usd: Usd): boolean {
  return Severity.isHard(Severity.of(usd, lockedUsd(book)))
}

/** The sum tried on the leg's route within about a day, this leg with it. */
function noteTried({ alarms }: BridgeBook, { event, route, usd }: Tried): Usd {
  const tried = alarms.tried[route]!
  Decayed.add(tried, usd ?? 0, event.at)
  return Math.ceil(Decayed.read(tried, Math.max(event.at, tried.at)))
}

/** Whether a leg that is no oddity comes within an hour of another on its route. */
function noteTime({ alarms }: BridgeBook, { event, route, usd }: Tried): boolean {
  if (usd === null || usd < Severity.oddity) return false
  const before = alarms.triedAt[route]!
  alarms.triedAt[route] = Math.max(before, event.at)
  return Math.abs(event.at - before) <= hour
}

/** All that has passed without source since the last answer to a loss, this leg with it. */
function noteLost(book: BridgeBook, { route, token, usd }: Tried): Usd {
  if (token !== Catalog.none) {
    const lane = Catalog.laneOf(book.catalog, route, token)
    const { hitLanes } = book.alarms
    hitLanes.set(lane, (hitLanes.get(lane) ?? 0) + (usd ?? 0))
  }
  return judge.gapUsd(book, book.alarms.answered)
}

// A lane that was answered counts as hit, however little passed there of what the answer was for.
function noteAnswered(book: BridgeBook, { route, token }: Tried): void {
  const { alarms, catalog } = book
  alarms.gapSince = Math.min(alarms.gapSince, book.now)
  alarms.answered = judge.gaps(book)
  const lane = Catalog.laneOf(catalog, route, token)
  if (token !== Catalog.none) {
    alarms.hitLanes.set(lane, Math.max(alarms.hitLanes.get(lane)!, Severity.oddity))
  }
}

// With proofs in the release path the fake is already held; what is left to do is to shut the allowance.
function shut(book: BridgeBook, leg: Tried): readonly Action[] {
  const { event, route } = leg
  const actions: Action[] = []
  if (Guard.shutUnproven(book.guard, route, book.now)) {
    const because = reasonOf(event)
    book.out.push({ type: 'shut', route, at: book.now, reason: because })
    actions.push({ what: `let nothing unproven pass on ${Catalog.routeName(book.catalog, route)}`, because })
  }
  if (event.message === null) return actions
  return [...actions, ...pause(book, { kind: 'message', route, message: event.message }, leg)]
}

// Narrow first: one lane; the route once the value is critical or a second lane is hit; the bridge once a second
// route is.
function scopeOf(book: BridgeBook, { route, token }: Tried, severity: Severity.Severity): Scope {
  const tokens = Catalog.tokenCount(book.catalog)
  const hit = [...book.alarms.hitLanes].flatMap(([lane, usd]) => (usd >= Severity.oddity ? [lane] : []))
  const isOnRoute = (lane: number) => Math.floor(lane / tokens) === route
  if (hit.some((lane) => !isOnRoute(lane))) return { kind: 'bridge' }
  const lane = Catalog.laneOf(book.catalog, route, token)
  const isSecond = hit.some((other) => other !== lane)
  if (severity === 'critical' || isSecond || token === Catalog.none) return { kind: 'route', route }
  return { kind: 'lane', lane }
}

function pause(book: BridgeBook, scope: Scope, { event }: Tried): readonly Action[] {
  const because = reasonOf(event)
  const added = Guard.pause(book.guard, scope, book.now, because)
  if (added === null) return []
  book.out.push({ type: 'paused', pause: added })
  return [{ what: `pause ${Catalog.scopeName(book.catalog, scope)}`, because }]
}

function reasonOf(event: Tried['event']): string {
  return `a ${event.kind} without source in transaction ${event.tx}`
}
