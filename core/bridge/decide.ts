import type { Action } from '../ladder/Decision.ts'
import * as Decision from '../ladder/Decision.ts'
import * as Layer from '../ladder/Layer.ts'
import * as Ratchet from '../ladder/Ratchet.ts'
import * as Stress from '../signals/Stress.ts'
import type { UnixTime } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import { lockedUsd } from './BridgeBook.ts'
import * as Policy from './BridgePolicy.ts'
import * as Guard from './guard/Guard.ts'
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
  Guard.tune(book.guard, tuning(book, lockedUsd(book)), at)
  if (actions.length > 0 || hasMoved(book)) announce(book, at, actions)
}

function hasMoved({ announced, weights }: BridgeBook): boolean {
  return Layer.layers.some((layer) => Math.abs(announced[layer] - weights[layer]) >= announceStep)
}

function announce(book: BridgeBook, at: UnixTime, actions: readonly Action[]): void {
  const shares = Stress.shares(book.readings)
  const reasons = book.readings.map(({ name, value, unit, rank }, index) => {
    return { signal: name, value, unit, rank, share: shares[index]! }
  })
  book.announced = book.weights
  const doubts = Measures.doubts(book.measures, at)
  const parts = {
    at,
    weights: book.weights,
    stress: book.stress,
    reasons,
    actions,
    ...(doubts.length === 0 ? {} : { doubts }),
  }
  book.out.push({ type: 'decision', decision: Decision.of(parts, layerNames) })
}

/** What the ladder's layers are called on a bridge. */
export const layerNames: Layer.PerLayer<string> = { near: 'guard', mid: 'bond', far: 'govern' }
