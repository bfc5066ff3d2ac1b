import { base } from '../ladder/Weights.ts'
import type { Usd } from '../units/Usd.ts'
import type { BridgeBook } from './BridgeBook.ts'
import type { Tuning } from './guard/Guard.ts'

/**
 * What the guard's limits follow from, at this moment: the heavier the near layer, the tighter.
 *
 * Tightness is the near layer's base weight over its weight, at most 1: stress shrinks limits below what was
 * fitted, calm never widens them.
 */
export function tuning(book: BridgeBook, lockedUsd: Usd): Tuning {
  const tightness = Math.min(1, base.near / book.weights.near)
  return { tightness, lockedUsd, lockedUnits: book.lockedUnits, cents: book.cents }
}
