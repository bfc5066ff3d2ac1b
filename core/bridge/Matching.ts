import type { UnixTime } from '../units/UnixTime.ts'
import type { BridgeEvent } from './BridgeEvent.ts'
import { noKey } from './MessageId.ts'
import * as OpenLegs from './OpenLegs.ts'
import * as SentIds from './SentIds.ts'

/** One route's memory: the out legs still waiting, and which ids its source has sent. */
export type RouteMatching = {
  readonly open: OpenLegs.OpenLegs
  readonly sent: SentIds.SentIds
  /** whole-number id of the first out leg; -1 before it */
  firstId: number
}

/** What an in leg turned out to be. */
export type Verdict = {
  readonly outcome: Outcome
  /** the out leg it answers or comes closest to */
  readonly out: BridgeEvent | null
  /** the fields in which the closest out leg differs */
  readonly differs: readonly Field[]
}

/**
 * `matched`: the out leg exists, agrees and was final. `early`: it agrees but was not final yet. `mismatch`: the
 * id is open but a field differs. `settled`: the id was answered before. `ahead`: the source never got to this
 * id. `predates`: its out leg may lie before the record. `unknown`: none of these.
 */
export type Outcome = 'matched' | 'early' | 'mismatch' | 'settled' | 'ahead' | 'predates' | 'unknown'

export type Field = 'beneficiary' | 'token' | 'amount'

export function create(sentIds = SentIds.recentLimit): RouteMatching {
  return { open: OpenLegs.create(), sent: SentIds.create(sentIds), firstId: -1 }
}

/**
 * Remembers an out leg until its in leg comes.
 *
 * @param key of its message id, by `MessageId.keyOf`, here and below
 */
export function takeOut(route: RouteMatching, out: BridgeEvent, key: number): void {
  OpenLegs.add(route.open, key, out)
  SentIds.add(route.sent, out.message, key)
  if (route.firstId < 0 && key > noKey) route.firstId = key
}

/**
 * Finds the out leg of an in leg: same message id, beneficiary, destination token and amount, and
 * `out.at + finality <= in.at`. A leg that is found is used up; one that only comes close stays open.
 *
 * @param finalitySeconds finality of the source chain
 */
export function takeIn(
  route: RouteMatching,
  event: BridgeEvent,
  key: number,
  finalitySeconds: number,
): Verdict {
  const place = answerOf(route.open, event, key, finalitySeconds)
  if (place === OpenLegs.nowhere) return withoutAnswer(route, event, key)
  const out = route.open.legs[place]!
  OpenLegs.remove(route.open, place)
  return { outcome: isFinal(out, event, finalitySeconds) ? 'matched' : 'early', out, differs: nothing }
}

/** Whether an out leg that agrees with an in leg, and was final, is there already. */
export function isAnswered(
  route: RouteMatching,
  event: BridgeEvent,
  key: number,
  finalitySeconds: number,
): boolean {
  const place = answerOf(route.open, event, key, finalitySeconds)
  return place !== OpenLegs.nowhere && isFinal(route.open.legs[place]!, event, finalitySeconds)
}

/** The outcome an in leg would have if no out leg that answers it were still to come; nothing is used up. */
export function outcomeOf(
  route: RouteMatching,
  event: BridgeEvent,
  key: number,
  finalitySeconds: number,
): Outcome {
  const place = answerOf(route.open, event, key, finalitySeconds)
  if (place === OpenLegs.nowhere) return withoutAnswer(route, event, key).outcome
  return isFinal(route.open.legs[place]!, event, finalitySeconds) ? 'matched' : 'early'
}

/** Whether some out leg of this token and amount waits for its in leg. */
export function awaits({ open }: RouteMatching, token: string, amount: bigint): boolean {
  return open.legs.some((leg) => leg !== null && leg.amount === amount && leg.token === token)
}

/** How long after a record's start an in leg may answer an out leg from before it: a week, seconds. */
export const graceSeconds = 604_800

/**
 * The verdict when the record began midway, at `since`: an in leg whose id is older than the first that was sent
 * in the record, or that comes before anything was, is not accused of lacking what the record cannot show.
 */
export function excuse(
  route: RouteMatching,
  event: BridgeEvent,
  key: number,
  verdict: Verdict,
  since: UnixTime,
): Verdict {
  const isOpen = verdict.outcome === 'unknown' || verdict.outcome === 'ahead'
  if (!isOpen || event.at > since + graceSeconds) return verdict
  const isOlder = key > noKey && key < route.firstId
  return route.firstId < 0 || isOlder ? predates : verdict
}

/** How many out legs wait, over all ids. */
export function openCount({ open }: RouteMatching): number {
  return open.size
}

/** The place of the out leg that agrees with an in leg: the oldest that was final, else the oldest. */
function answerOf(open: OpenLegs.OpenLegs, event: BridgeEvent, key: number, finalitySeconds: number): number {
  let early = OpenLegs.nowhere
  let place = OpenLegs.first(open, key, event.message)
  for (; place !== OpenLegs.nowhere; place = OpenLegs.next(open, place, key, event.message)) {
    const out = open.legs[place]!
    if (!agrees(out, event)) continue
    if (isFinal(out, event, finalitySeconds)) return place
    if (early === OpenLegs.nowhere) early = place
  }
  return early
}

function agrees(out: BridgeEvent, event: BridgeEvent): boolean {
  return out.amount === event.amount && out.beneficiary === event.beneficiary && out.token === event.token
}

function isFinal(out: BridgeEvent, event: BridgeEvent, finalitySeconds: number): boolean {
  return out.at + finalitySeconds <= event.at
}

function withoutAnswer(route: RouteMatching, event: BridgeEvent, key: number): Verdict {
  return closest(route.open, event, key) ?? withoutCandidate(route.sent, event, key)
}

/** The verdict that names the open leg of the same id with the fewest fields that differ, null when none is open. */
function closest(open: OpenLegs.OpenLegs, event: BridgeEvent, key: number): Verdict | null {
  let verdict: Verdict | null = null
  let place = OpenLegs.first(open, key, event.message)
  for (; place !== OpenLegs.nowhere; place = OpenLegs.next(open, place, key, event.message)) {
    const out = open.legs[place]!
    const differs = differences(out, event)
    if (verdict === null || differs.length < verdict.differs.length)
      verdict = { outcome: 'mismatch', out, differs }
  }
  return verdict
}

function withoutCandidate(sent: SentIds.SentIds, { message }: BridgeEvent, key: number): Verdict {
  if (SentIds.has(sent, message, key)) return settled
  return key > SentIds.newest(sent) ? ahead : unknown
}

function differences(out: BridgeEvent, event: BridgeEvent): Field[] {
  return fields.filter((field) => out[field] !== event[field])
}

const fields: readonly Field[] = ['beneficiary', 'token', 'amount']
const nothing: readonly Field[] = []
const settled: Verdict = { outcome: 'settled', out: null, differs: nothing }
const ahead: Verdict = { outcome: 'ahead', out: null, differs: nothing }
const predates: Verdict = { outcome: 'predates', out: null, differs: nothing }
const unknown: Verdict = { outcome: 'unknown', out: null, differs: nothing }
