import type { UnixTime } from '../units/UnixTime.ts'
import type { BridgeEvent } from './BridgeEvent.ts'
import * as SettledIds from './SettledIds.ts'

/** One route's memory: the out legs still waiting, which ids are done, and the newest id seen. */
export type RouteMatching = {
  /** out legs not answered yet, by `keyOf` their message id; an id that was used twice holds several */
  readonly open: Map<number | string, BridgeEvent | BridgeEvent[]>
  readonly settled: SettledIds.SettledIds
  /** whole-number id of the first out leg, and the largest so far; -1 before the first */
  firstId: number
  newestId: number
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

export function create(): RouteMatching {
  return { open: new Map(), settled: SettledIds.create(), firstId: -1, newestId: -1 }
}

/** Remembers an out leg until its in leg comes. */
export function takeOut(route: RouteMatching, out: BridgeEvent): void {
  const id = SettledIds.numberOf(out.message)
  const key = keyOf(out.message, id)
  const before = route.open.get(key)
  if (before === undefined) route.open.set(key, out)
  else route.open.set(key, Array.isArray(before) ? [...before, out] : [before, out])
  if (route.firstId < 0 && id >= 0) route.firstId = id
  if (id > route.newestId) route.newestId = id
}

/** Whole-number ids are looked up as numbers, which costs half as much as their text. */
function keyOf(message: string, id: number): number | string {
  return Number.isNaN(id) ? message : id
}

/**
 * Finds the out leg of an in leg: same message id, beneficiary, destination token and amount, and
 * `out.at + finality <= in.at`. A leg that is found is used up; one that only comes close stays open.
 *
 * @param finalitySeconds finality of the source chain
 */
export function takeIn(route: RouteMatching, event: BridgeEvent, finalitySeconds: number): Verdict {
  const id = SettledIds.numberOf(event.message)
  const candidates = route.open.get(keyOf(event.message, id))
  if (candidates === undefined) return withoutCandidate(route, event, id)
  const found = Array.isArray(candidates)
    ? bestOf(candidates, event, finalitySeconds)
    : agrees(candidates, event)
      ? candidates
      : undefined
  if (found === undefined) return mismatch(Array.isArray(candidates) ? candidates : [candidates], event)
  use(route, found, candidates, id)
  const outcome = found.at + finalitySeconds <= event.at ? 'matched' : 'early'
  return { outcome, out: found, differs: nothing }
}

/** Whether an out leg that agrees with an in leg is there already. */
export function isAnswered(route: RouteMatching, event: BridgeEvent): boolean {
  const candidates = route.open.get(keyOf(event.message, SettledIds.numberOf(event.message)))
  if (candidates === undefined) return false
  return Array.isArray(candidates) ? candidates.some((out) => agrees(out, event)) : agrees(candidates, event)
}

/** Whether some out leg of this token and amount waits for its in leg. */
export function awaits(route: RouteMatching, token: string, amount: bigint): boolean {
  for (const legs of route.open.values()) {
    for (const leg of Array.isArray(legs) ? legs : [legs]) {
      if (leg.amount === amount && leg.token === token) return true
    }
  }
  return false
}

/** How long after a record's start an in leg may answer an out leg from before it: a week, seconds. */
export const graceSeconds = 604_800

/**
 * The verdict when the record began midway, at `since`: an in leg whose id is older than the first that was sent
 * in the record, or that comes before anything was, is not accused of lacking what the record cannot show.
 */
export function excuse(route: RouteMatching, event: BridgeEvent, verdict: Verdict, since: UnixTime): Verdict {
  const isOpen = verdict.outcome === 'unknown' || verdict.outcome === 'ahead'
  if (!isOpen || event.at > since + graceSeconds) return verdict
  const id = SettledIds.numberOf(event.message)
  return route.firstId < 0 || id < route.firstId ? predates : verdict
}

/** How many out legs wait, over all ids. */
export function openCount(route: RouteMatching): number {
  let count = 0
  for (const legs of route.open.values()) count += Array.isArray(legs) ? legs.length : 1
  return count
}

function agrees(out: BridgeEvent, event: BridgeEvent): boolean {
  return out.amount === event.amount && out.beneficiary === event.beneficiary && out.token === event.token
}

function bestOf(candidates: readonly BridgeEvent[], event: BridgeEvent, finalitySeconds: number) {
  const agreeing = candidates.filter((out) => agrees(out, event))
  return agreeing.find((out) => out.at + finalitySeconds <= event.at) ?? agreeing[0]
}

function use(
  route: RouteMatching,
  out: BridgeEvent,
  candidates: BridgeEvent | BridgeEvent[],
  id: number,
): void {
  const rest = Array.isArray(candidates) ? candidates.filter((leg) => leg !== out) : []
  if (rest.length > 0) {
    route.open.set(keyOf(out.message, id), rest.length === 1 ? rest[0]! : rest)
    return
  }
  route.open.delete(keyOf(out.message, id))
  SettledIds.add(route.settled, out.message, id)
}

function withoutCandidate(route: RouteMatching, event: BridgeEvent, id: number): Verdict {
  if (SettledIds.has(route.settled, event.message, id)) return settled
  return id > route.newestId ? ahead : unknown
}

function mismatch(candidates: readonly BridgeEvent[], event: BridgeEvent): Verdict {
  let closest = candidates[0]!
  let differs = differences(closest, event)
  for (const out of candidates.slice(1)) {
    const other = differences(out, event)
    if (other.length < differs.length) [closest, differs] = [out, other]
  }
  return { outcome: 'mismatch', out: closest, differs }
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
