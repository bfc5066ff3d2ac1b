import type { Action } from '../ladder/Decision.ts'
import * as Decision from '../ladder/Decision.ts'
import * as Layer from '../ladder/Layer.ts'
import * as Ratchet from '../ladder/Ratchet.ts'
import * as Stress from '../signals/Stress.ts'
import type { UnixTime } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import { lockedUsd } from './BridgeBook.ts'
import * as Policy from './BridgePolicy.ts'
import * as ChainLimits from './guard/ChainLimits.ts'
import * as Guard from './guard/Guard.ts'
import { rebalance } from './rebalance.ts'
import * as Measures from './signals/Measures.ts'
import { tuning } from './tuning.ts'

/** A weight that moves by less than this is not worth a line. */
export const announceStep = 0.05

/** After a hard finding the near layer counts as acute for this long: as long as the quiet a pause needs. */
function isAcute(book: BridgeBook, at: UnixTime): boolean {
  return at - book.alarms.lastHardAt < book.guard.settings.pauseSeconds
}

/**
 * Reads stress from the last readings, tilts the weights, and tunes the guard to them.
 *
 * Stress goes through a ratchet: up at once, down slowly. A hard finding makes the near layer acute.
 */
export function decide(book: BridgeBook, at: UnixTime, actions: readonly Action[] = []): void {
  const { policy } = book
  const measured = Stress.combine(book.readings)
  const target = isAcute(book, at) ? { ...measured, near: 1 } : measured
  book.stress = Layer.map((layer) =>
    Ratchet.step(book.ratchets[layer], target[layer], at, policy.posture.ratchet),
  )
  book.weights = Policy.weightsUnder(policy, book.stress)
  const tuned = tuning(book, lockedUsd(book))
  Guard.tune(book.guard, tuned, at)
  const all = [...actions, ...tuneChains(book, tuned.tightness, at), ...rebalance(book, at)]
  if (all.length > 0 || hasMoved(book)) announce(book, at, all)
}

function hasMoved({ announced, weights }: BridgeBook): boolean {
  return Layer.layers.some((layer) => Math.abs(announced[layer] - weights[layer]) >= announceStep)
}

// The limits that really stand between a thief and the money are on chain: they follow the tilt too.
function tuneChains(book: BridgeBook, tightness: number, at: UnixTime): readonly Action[] {
  if (book.guard.settings.level < 2) return []
  const because = `near stress is ${book.stress.near.toFixed(2)}`
  const changes = ChainLimits.follow(book.chainLimits, tightness, at, { isAcute: isAcute(book, at), because })
  for (const change of changes) book.out.push({ type: 'limits', change })
  const share = `${Math.round(100 * tightness)}% of what the timelock set`
  const isDone = (kind: ChainLimits.Change['kind']) => changes.some((change) => change.kind === kind)
  return [
    ...(isDone('tighten') ? [{ what: `tighten the limits on chain to ${share}`, because }] : []),
    ...(isDone('loosen') ? [{ what: `propose to loosen the limits on chain to ${share}`, because }] : []),
  ]
}

function announce(book: BridgeBook, at: UnixTime, actions: readonly Action[]): void {
  book.announced = book.weights
  book.out.push({ type: 'decision', decision: decisionOf(book, at, actions) })
}

/** The decision that is in force, with the reasons for it, whether or not it was worth a line of its own. */
export function decisionOf(
  book: BridgeBook,
  at: UnixTime,
  actions: readonly Action[] = [],
): Decision.Decision {
  const shares = Stress.shares(book.readings)
  const reasons = book.readings.map(({ name, value, unit, rank }, index) => {
    return { signal: name, value, unit, rank, share: shares[index]! }
  })
  const doubts = Measures.doubts(book.measures, at)
  const parts = {
    at,
    weights: book.weights,
    stress: book.stress,
    reasons,
    actions,
    ...(doubts.length === 0 ? {} : { doubts }),
  }
  return Decision.of(parts, layerNames)
}

/** What the ladder's layers are called on a bridge. */
export const layerNames: Layer.PerLayer<string> = { near: 'guard', mid: 'bond', far: 'govern' }
