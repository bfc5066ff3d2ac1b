import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import type { BridgeEvent, ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Catalog from '@cutwater/core/bridge/Catalog.ts'
import type { Name } from '@cutwater/core/bridge/findings/Finding.ts'
import * as Matching from '@cutwater/core/bridge/Matching.ts'
import * as MessageId from '@cutwater/core/bridge/MessageId.ts'
import { chainName } from '@cutwater/core/bridge/names.ts'
import { type Change, isLeg } from '@cutwater/core/bridge/Observation.ts'
import { hour, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { ofUnits, toDollars } from '@cutwater/core/units/Usd.ts'
import type { Deed } from '../ports/Actuator.ts'
import type { Alert } from '../ports/Notifier.ts'
import type { Pending } from '../ports/PendingSource.ts'
import { checksOf } from './alerts.ts'
import { deedText } from './deeds.ts'
import type { LiveBook } from './LiveBook.ts'
import type { Answer } from './Outbox.ts'

/** What is known of mempools beside the book. */
export type Foresight = {
  /** until when each chain's way in is shut because of what waited in its mempool */
  readonly shut: Map<ChainId, UnixTime>
  /** whose source has not been seen far enough yet, and since when they wait */
  waiting: readonly { readonly pending: Pending; readonly since: UnixTime }[]
}

export function createForesight(): Foresight {
  return { shut: new Map(), waiting: [] }
}

/** How long the way in stays shut: until people have looked. */
export const shutSeconds = hour

/**
 * What to do about a transaction before it is mined: one that would pay what was never sent, or again, or would change
 * who may act or by which rules without the timelock, is answered by a pause of its chain's way in that offers more, so that it comes first in the same block.
 *
 * It is no observation: what really happens is judged when it has. While nobody can tell, it waits.
 */
export function foresee(foresight: Foresight, live: LiveBook, pending: Pending, now: UnixTime): Answer {
  const { book } = live
  const nothing: Answer = { at: book.now, outputs: [], deeds: [], alerts: [] }
  for (const leg of pending.observations) {
    if (leg.kind === 'change' && !leg.announced) return beforeChange(foresight, book, pending, leg, now)
    if (!isLeg(leg) || leg.kind === 'lock' || leg.kind === 'burn') continue
    const rule = wrongWith(book, leg, now)
    if (rule === null) continue
    if (rule === 'unknown') {
      foresight.waiting = [...foresight.waiting.slice(1 - mostWaiting), { pending, since: now }]
      return nothing
    }
    const sentence = sentenceOf(book, leg, rule)
    const deeds = shut(foresight, pending.chain, now) ? [pauseBefore(pending, sentence)] : []
    const told = { rule, message: leg.message, usd: usdOf(book, leg), sentence }
    return { ...nothing, deeds, alerts: [alertOf(book, pending, told, deeds)] }
  }
  return nothing
}

// Whoever changes who may act, or by which rules, and did not wait in the timelock, may pay himself in the same block.
function beforeChange(
  foresight: Foresight,
  book: BridgeBook,
  pending: Pending,
  { name, what, tx }: Change,
  now: UnixTime,
): Answer {
  const sentence = `Transaction ${tx}, seen before it was mined, would change ${book.catalog.bridge.name} without the timelock: ${what}`
  const deeds = shut(foresight, pending.chain, now) ? [pauseBefore(pending, sentence)] : []
  const told = { rule: name, message: null, usd: null, sentence }
  return { at: book.now, outputs: [], deeds, alerts: [alertOf(book, pending, told, deeds)] }
}

/** What to do about those that wait, now that more of their source has been seen. */
export function reconsider(foresight: Foresight, live: LiveBook): readonly Answer[] {
  const before = foresight.waiting
  foresight.waiting = []
  return before.map(({ pending, since }) => foresee(foresight, live, pending, since))
}

const mostWaiting = 1_000

/** Whether it had to be shut: what is shut already is not shut again. */
function shut({ shut }: Foresight, chain: ChainId, now: UnixTime): boolean {
  if ((shut.get(chain) ?? Number.NEGATIVE_INFINITY) > now) return false
  shut.set(chain, now + shutSeconds)
  return true
}

/** What is wrong with a leg that is still to come; unknown while nobody can tell. */
function wrongWith(
  { catalog, matching, heads }: BridgeBook,
  leg: BridgeEvent,
  now: UnixTime,
): Name | 'unknown' | null {
  const [source, destination] = [catalog.chainIndex.get(leg.peer), catalog.chainIndex.get(leg.chain)]
  if (source === undefined || destination === undefined) return null
  const finalitySeconds = catalog.finalityOf[source]!
  const route = Catalog.routeOf(catalog, leg, destination)
  const key = MessageId.keyOf(leg.message)
  const outcome = Matching.outcomeOf(matching[route]!, leg, key, finalitySeconds)
  if (outcome === 'matched' || outcome === 'early' || outcome === 'predates') return null
  // Whatever may be paid now was sent a finality ago: only a source seen so far can be said to lack it.
  if (heads[source]! < now - finalitySeconds) return 'unknown'
  switch (outcome) {
    case 'mismatch':
      return 'FieldMismatch'
    case 'settled':
      return 'Replay'
    case 'ahead':
    case 'unknown':
      // Of a record that began midway some out legs were never seen.
      return catalog.bridge.midway ? null : 'ReleaseWithoutSource'
  }
}

function pauseBefore({ chain, tx, offer }: Pending, reason: string): Deed {
  const act = { kind: 'pause', scope: 'direction', key: 'in', seconds: shutSeconds } as const
  return { id: `pending:${chain}:${tx}`, chain, act, reason, ahead: offer }
}

const wrongs: Readonly<Partial<Record<Name, string>>> = {
  FieldMismatch: 'with other fields than it was sent',
  Replay: 'that was paid before',
  ReleaseWithoutSource: 'that was never sent',
}

function sentenceOf({ catalog }: BridgeBook, { kind, message, tx, amount }: BridgeEvent, rule: Name): string {
  return `Transaction ${tx}, seen before it was mined, would ${kind} ${amount} units for message ${message}, ${wrongs[rule]}, on ${catalog.bridge.name}`
}

type Told = Pick<Alert, 'message' | 'usd' | 'sentence'> & { readonly rule: Name }

function alertOf(
  { now, catalog: { bridge } }: BridgeBook,
  pending: Pending,
  told: Told,
  deeds: readonly Deed[],
): Alert {
  return {
    ...told,
    id: `pending:${pending.chain}:${pending.tx}`,
    at: now,
    severity: 'critical',
    bridge: bridge.name,
    chain: chainName(bridge, pending.chain),
    block: null,
    tx: pending.tx,
    done: deeds.map((deed) => deedText(bridge, deed)),
    check: checksOf(told.rule),
  }
}

function usdOf({ catalog, cents }: BridgeBook, leg: BridgeEvent): number | null {
  const token = Catalog.tokenOf(catalog, leg, catalog.chainIndex.get(leg.chain)!)
  const price = token === Catalog.none ? Number.NaN : cents[token]!
  return Number.isNaN(price) ? null : toDollars(ofUnits(Number(leg.amount), price))
}
