import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { ChainSignal, Place } from '@cutwater/engine/ports/ChainSource.ts'
import type { Finality } from './LiveBridge.ts'
import type { SeenBlock } from './readBlocks.ts'
import * as Trail from './Trail.ts'

/** A trail on its way to whoever follows the chain. */
export type Telling = {
  readonly chain: { readonly id: ChainId }
  readonly trail: Trail.Trail
  /** the block to go on after, until it has been found again: nothing before it is told */
  after: Place | undefined
}

/** A step of the trail as signals; what is told of a block is the caller's. */
export function* tell(
  telling: Telling,
  step: Trail.Step,
  tellBlock: (block: SeenBlock) => Iterable<ChainSignal>,
): Iterable<ChainSignal> {
  const { after, chain } = telling
  if (after !== undefined) {
    if (step.kind === 'append' && step.block.number === after.number)
      yield* goOn(telling, after, step.block, tellBlock)
    return
  }
  if (step.kind === 'append') yield* tellBlock(step.block)
  else yield { kind: 'reorg', chain: chain.id, to: step.to, dropped: step.dropped }
}

/** Lets go of what is final now, and says so. */
export function* settle(
  { chain, trail, after }: Telling,
  views: readonly Trail.View[],
  finality: Finality,
): Iterable<ChainSignal> {
  const number = Trail.finalNumber(trail, finality)
  if (after !== undefined || number <= trail.base.number) return
  Trail.prune(trail, views, number)
  yield { kind: 'finalize', chain: chain.id, number }
}

/** The place to go on from has been reached: either the block is still there, or it was dropped meanwhile. */
function* goOn(
  telling: Telling,
  after: Place,
  found: SeenBlock,
  tellBlock: (block: SeenBlock) => Iterable<ChainSignal>,
): Iterable<ChainSignal> {
  const { chain, trail } = telling
  telling.after = undefined
  if (found.hash === after.hash) return
  const first = trail.blocks[0]!
  const to = { number: first.number - 1, hash: first.parentHash }
  yield { kind: 'reorg', chain: chain.id, to, dropped: [after.hash] }
  for (const block of [...trail.blocks]) yield* tellBlock(block)
}
