import type { Deed, Outcome } from '../ports/Actuator.ts'
import { type ChainSignal, chainOf } from '../ports/ChainSource.ts'

/**
 * Deeds on guards whose transaction is in a block that may still be dropped.
 *
 * Moves of money are not among them: the next decision is made by what was really moved.
 */
export type Settling = Set<Included>

export type Included = {
  readonly deed: Deed
  readonly tx: string
  block: number
  /** whether the watch has seen so far since: a block may take the place of one that it never saw */
  isSeen: boolean
}

const lasting: readonly Deed['act']['kind'][] = ['pause', 'tighten', 'raiseLevel']

/**
 * Remembers a deed that was confirmed in a block, until that block is final.
 *
 * @param final the highest block of its chain that is final already
 */
export function add(settling: Settling, deed: Deed, outcome: Outcome, final = -1): void {
  if (outcome.kind !== 'confirmed' || outcome.block <= final || !lasting.includes(deed.act.kind)) return
  settling.add({ deed, tx: outcome.tx, block: outcome.block, isSeen: false })
}

/** The deeds that a signal is a reason to look at again: each when its block is seen, dropped, and final. */
export function due(settling: Settling, signal: ChainSignal): readonly Included[] {
  const isDue = dueBy(signal)
  const found = [...settling].filter((each) => each.deed.chain === chainOf(signal) && isDue(each))
  for (const each of found) each.isSeen = true
  return found
}

/**
 * Whether a deed is to be done again, by where its transaction is when a signal had it looked at.
 *
 * @param block null where it is nowhere; undefined where nobody could tell: the next block is a reason to ask again
 */
export function isLost(
  settling: Settling,
  included: Included,
  block: number | null | undefined,
  signal: ChainSignal,
): boolean {
  if (block === undefined) included.isSeen = false
  else if (block === null) return settling.delete(included)
  else if (signal.kind === 'finalize' && block <= signal.number) settling.delete(included)
  else included.block = block
  return false
}

/** The same deed once more, under a name of its own: decided, written down and done like any other. */
export function again({ deed, block }: Included): Deed {
  return { ...deed, id: `${deed.id}~${block}` }
}

function dueBy(signal: ChainSignal): (included: Included) => boolean {
  switch (signal.kind) {
    case 'block':
      return ({ block, isSeen }) => !isSeen && block <= signal.block.number
    case 'reorg':
      return ({ block }) => block > signal.to.number
    case 'finalize':
      return ({ block }) => block <= signal.number
    case 'trouble':
      return () => false
  }
}
