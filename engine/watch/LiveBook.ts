import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { LimitsSet, Measure, Observation, PricePoint } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import { step } from '@cutwater/core/bridge/step.ts'
import { copy } from '../journal/copy.ts'
import { type ChainSignal, chainOf, type Place } from '../ports/ChainSource.ts'
import { outputId } from './outputId.ts'
import { screened } from './screened.ts'

/**
 * A book that follows live chains and can take blocks back.
 *
 * What is final is folded into `base` too, a second book; what may still be reorganised stays in `tail`, in the order
 * it came. A reorg folds the tail again, without the dropped blocks, on a copy of the base: so a block costs what it
 * holds, and a reorg what the book holds.
 */
export type LiveBook = {
  book: Book.BridgeBook
  base: Book.BridgeBook
  tail: Step[]
  /** the newest block of each chain */
  readonly places: Map<ChainId, Place>
  /** the highest final block of each chain */
  readonly finalized: Map<ChainId, number>
  /** the number of the newest signal of each chain, where signals are numbered */
  readonly told: Map<ChainId, number>
  /** the newest price by its id */
  readonly prices: Map<string, PricePoint>
}
/** What a book takes: what chains show, prices and limits that are known at the start, and what feeds say. */
export type Signal =
  | ChainSignal
  | { readonly kind: 'prices'; readonly points: readonly PricePoint[] }
  | { readonly kind: 'limits'; readonly points: readonly LimitsSet[] }
  | { readonly kind: 'readings'; readonly measures: readonly Measure[] }
/** One signal's worth of observations, with the block it belongs to. */
export type Step = {
  /** null for what belongs to no chain */
  readonly chain: ChainId | null
  /** null for what belongs to no block */
  readonly block: Place | null
  readonly observations: readonly Observation[]
  /** what was put out about it, by `outputId` */
  readonly told: readonly string[]
}

export function create(bridge: Bridge, policy: BridgePolicy): LiveBook {
  const [book, base] = [Book.create(bridge, policy, true), Book.create(bridge, policy, true)]
  return { book, base, tail: [], places: new Map(), finalized: new Map(), told: new Map(), prices: new Map() }
}

/**
 * The same past under another policy from here on. What is not final yet was judged under the old one; a reorg
 * judges what it leaves anew, under this one.
 */
export function withPolicy(live: LiveBook, policy: BridgePolicy): LiveBook {
  const base = Book.withPolicy(live.base, policy)
  return { ...live, book: Book.withPolicy(live.book, policy), base, tail: [...live.tail] }
}

/** Takes one signal and returns what follows from it; a pure fold of the signals in their order. */
export function apply(live: LiveBook, signal: Signal): readonly Output[] {
  if ('nth' in signal && signal.nth !== undefined) live.told.set(chainOf(signal), signal.nth)
  switch (signal.kind) {
    case 'block':
      return takeBlock(live, signal.block)
    case 'finalize':
      live.finalized.set(signal.chain, Math.max(signal.number, live.finalized.get(signal.chain) ?? 0))
      compact(live)
      return []
    case 'reorg':
      return takeReorg(live, signal)
    case 'trouble':
      return take(live, { chain: signal.chain, block: null, observations: [signal] })
    case 'limits':
      return take(live, { chain: null, block: null, observations: signal.points })
    case 'prices':
      for (const point of signal.points) live.prices.set(point.priceId, point)
      return take(live, { chain: null, block: null, observations: signal.points })
    case 'readings':
      return take(live, { chain: null, block: null, observations: signal.measures })
  }
}

function takeBlock(live: LiveBook, { chain, number, hash, at, observations }: Block): readonly Output[] {
  const place = { number, hash }
  live.places.set(chain, place)
  return take(live, { chain, block: place, observations: [...observations, { kind: 'head', chain, at }] })
}

type Block = Extract<ChainSignal, { kind: 'block' }>['block']

function take(live: LiveBook, taken: Untold): readonly Output[] {
  const outputs = fold(live.book, taken)
  live.tail.push({ ...taken, told: outputs.map(outputId) })
  return outputs
}

type Untold = Omit<Step, 'told'>

function fold(book: Book.BridgeBook, { observations }: Untold): readonly Output[] {
  return observations.flatMap((observation) =>
    step(book, screened(book.catalog, observation)).map(asItStands),
  )
}

// The book goes on to change its pauses; what is put out says how they stood.
function asItStands(output: Output): Output {
  return 'pause' in output ? { ...output, pause: { ...output.pause } } : output
}

// Everything above the common block is gone, named or not: a source that was away cannot name all of it. What is
// left may mean something else without it: a mint whose lock is gone. What was told before is not told again.
function takeReorg(live: LiveBook, { chain, to }: Reorg): readonly Output[] {
  const told = new Set(live.tail.flatMap((taken) => taken.told))
  const rest = live.tail.filter((taken) => !isAbove(taken, chain, to))
  live.tail = []
  live.places.set(chain, to)
  live.book = copy(live.base)
  return rest.flatMap((taken) => take(live, taken)).filter((output) => !told.has(outputId(output)))
}

function isAbove({ chain, block }: Step, on: ChainId, place: Place): boolean {
  return chain === on && block !== null && block.number > place.number
}

type Reorg = Extract<ChainSignal, { kind: 'reorg' }>

/** What a reorg would take back, before it is applied. */
export function droppedBy({ tail }: LiveBook, { chain, to }: Reorg): readonly Observation[] {
  return tail.filter((taken) => isAbove(taken, chain, to)).flatMap(({ observations }) => observations)
}

// Only a prefix of the tail can be folded away: what came later was judged after it.
function compact(live: LiveBook): void {
  let final = 0
  while (final < live.tail.length && isFinal(live, live.tail[final]!)) final += 1
  for (const taken of live.tail.splice(0, final)) fold(live.base, taken)
}

function isFinal({ finalized }: LiveBook, { chain, block }: Step): boolean {
  return block === null || chain === null || block.number <= (finalized.get(chain) ?? -1)
}
