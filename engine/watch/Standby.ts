import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import * as Copy from '../journal/copy.ts'

/**
 * A book kept a few blocks behind the newest ones: a reorg takes it as it stands and folds what came after, instead of
 * copying a large book while everybody waits. The next one is copied from the final book, a piece with each signal.
 */
export type Standby = {
  readonly copying: Copy.Copying<BridgeBook>
  /** how many steps of the tail it has folded */
  folded: number
}

/** How a standby is made and kept, signal by signal. */
export type Pace = {
  /** so many objects or lists are copied at once */
  readonly pieces: number
  /** and then so many steps folded: more than come, or it would never be there */
  readonly steps: number
  /** it stays so many blocks behind each chain: a deeper reorg has to copy the book */
  readonly blocksBehind: number
}

/** Of a book of a thousand routes a millisecond or two with each signal, for about three seconds after a reorg. */
export const usual: Pace = { pieces: 400, steps: 8, blocksBehind: 3 }

/** Begins a copy of the final book, which must stand still until the copy is whole. */
export function of(base: BridgeBook): Standby {
  return { copying: Copy.begin(base, isObservation), folded: 0 }
}

/** Copies some pieces more; returns whether the copy is whole. */
export function goOn({ copying }: Standby, { pieces }: Pace): boolean {
  return Copy.goOn(copying, pieces)
}

/** The book itself; what was not copied yet is copied now. */
export function bookOf({ copying }: Standby): BridgeBook {
  Copy.goOn(copying, Number.POSITIVE_INFINITY)
  return copying.copied
}

/** What was observed never changes, so that copies may share it: half of all objects of a book are legs on their way. */
export function isObservation(value: object): boolean {
  return 'tx' in value
}
