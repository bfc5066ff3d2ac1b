import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import { step } from '@cutwater/core/bridge/step.ts'
import { decode, encode } from '../journal/encode.ts'
import type { ChainSignal, Place } from '../ports/ChainSource.ts'

/**
 * A book that follows live chains and can take blocks back.
 *
 * What is final is folded into `base`; what may still be reorganised stays in `tail`, in the order it came. A
 * reorg folds the tail again without the dropped blocks.
 */
export type LiveBook = {
  book: Book.BridgeBook
  base: string
  tail: Step[]
  /** the newest block of each chain */
  readonly places: Map<ChainId, Place>
  /** the highest final block of each chain */
  readonly finalized: Map<ChainId, number>
}

/** One signal's worth of observations, with the block it belongs to. */
export type Step = {
  readonly chain: ChainId
  /** null for what belongs to no block */
  readonly block: Place | null
  readonly observations: readonly Observation[]
}

/** How many final steps may gather before they are folded into the base. */
export const compactSteps = 128

export function create(bridge: Bridge, policy: BridgePolicy): LiveBook {
  const book = Book.create(bridge, policy, true)
  return { book, base: encode(book), tail: [], places: new Map(), finalized: new Map() }
}

/** Takes one signal and returns what follows from it; a pure fold of the signals in their order. */
export function apply(live: LiveBook, signal: ChainSignal): readonly Output[] {
  switch (signal.kind) {
    case 'block':
      return takeBlock(live, signal.block)
    case 'finalize':
      live.finalized.set(signal.chain, signal.number)
      compact(live)
      return []
    case 'reorg':
      takeReorg(live, signal)
      return []
    case 'trouble':
      return take(live, { chain: signal.chain, block: null, observations: [signal] })
  }
}

/** Folds observations that come from elsewhere than a chain: prices, orders of people. */
export function observe(
  live: LiveBook,
  chain: ChainId,
  observations: readonly Observation[],
): readonly Output[] {
  return take(live, { chain, block: null, observations })
}

function takeBlock(live: LiveBook, { chain, number, hash, at, observations }: Block): readonly Output[] {
  const place = { number, hash }
  live.places.set(chain, place)
  return take(live, { chain, block: place, observations: [...observations, { kind: 'head', chain, at }] })
}

type Block = Extract<ChainSignal, { kind: 'block' }>['block']

function take(live: LiveBook, taken: Step): readonly Output[] {
  live.tail.push(taken)
  return fold(live.book, taken)
}

function fold(book: Book.BridgeBook, { observations }: Step): readonly Output[] {
  const outputs: Output[] = []
  for (const observation of observations) outputs.push(...step(book, observation))
  return outputs
}

// Everything above the common block is gone, named or not: a source that was away cannot name all of it.
function takeReorg(live: LiveBook, { chain, to }: Extract<ChainSignal, { kind: 'reorg' }>): void {
  const stays = (block: Place | null) => block === null || block.number <= to.number
  live.tail = live.tail.filter((taken) => taken.chain !== chain || stays(taken.block))
  live.places.set(chain, to)
  live.book = decode(live.base) as Book.BridgeBook
  for (const taken of live.tail) fold(live.book, taken)
}

// Only a prefix of the tail can be folded away: what came later was judged after it.
function compact(live: LiveBook): void {
  let final = 0
  while (final < live.tail.length && isFinal(live, live.tail[final]!)) final += 1
  if (final < compactSteps) return
  const book = decode(live.base) as Book.BridgeBook
  for (const taken of live.tail.splice(0, final)) fold(book, taken)
  live.base = encode(book)
}

function isFinal({ finalized }: LiveBook, { chain, block }: Step): boolean {
  return block === null || block.number <= (finalized.get(chain) ?? -1)
}
