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
import * as Standby from './Standby.ts'
import { screened } from './screened.ts'

/**
 * A book that follows live chains and can take blocks back.
 *
 * What is final is folded into `base` too, a second book; what may still be reorganised stays in `tail`, in the order
 * it came. A third follows some blocks behind the newest: a reorg takes it, and folds what came after it again, without
 * the dropped blocks. So a block costs what it holds, three times, and a reorg what came after the blocks it drops.
 */
export type LiveBook = {
  book: Book.BridgeBook
  readonly base: Book.BridgeBook
  standby: Standby.Standby
  readonly pace: Standby.Pace
  /** whether the final book stands still, because somebody writes it down */
  isHeld: boolean
  readonly tail: Step[]
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

export function create(bridge: Bridge, policy: BridgePolicy, pace = Standby.usual): LiveBook {
  const [book, base] = [Book.create(bridge, policy, true), Book.create(bridge, policy, true)]
  const [places, finalized, told, prices] = [new Map(), new Map(), new Map(), new Map()]
  return fromPlain({ book, base, pace, tail: [], places, finalized, told, prices })
}

/** All that a live book is made of; what is kept ready beside it can be made again. */
export type Plain = Omit<LiveBook, 'standby' | 'isHeld'>

/** As plain data, to be written down at once. */
export function toPlain({ standby: _, isHeld: __, ...plain }: LiveBook): Plain {
  return plain
}

export function fromPlain(plain: Plain): LiveBook {
  return { ...plain, standby: Standby.of(plain.base), isHeld: false }
}

/** What it takes to make a live book again: the newest book is the final one with the tail folded. */
export type Kept = Omit<Plain, 'book'>

/** As plain data, to be written down while the book goes on; until `release` its final part stands still. */
export function hold(live: LiveBook): Kept {
  live.isHeld = true
  const { base, pace, tail, places, finalized, told, prices } = live
  const maps = { places: new Map(places), finalized: new Map(finalized), told: new Map(told) }
  return { base, pace, tail: [...tail], ...maps, prices: new Map(prices) }
}

export function release(live: LiveBook): void {
  live.isHeld = false
}

export function restore(kept: Kept): LiveBook {
  const live = fromPlain({ ...kept, book: copy(kept.base) })
  for (const taken of live.tail) fold(live.book, taken)
  return live
}

/**
 * The same past under another policy from here on. What is not final yet was judged under the old one; a reorg
 * judges what it leaves anew, under this one.
 */
export function withPolicy(live: LiveBook, policy: BridgePolicy): LiveBook {
  const [book, base] = [Book.withPolicy(live.book, policy), Book.withPolicy(live.base, policy)]
  return fromPlain({ ...toPlain(live), book, base, tail: [...live.tail] })
}

/** Takes one signal and returns what follows from it; a pure fold of the signals in their order. */
export function apply(live: LiveBook, signal: Signal): readonly Output[] {
  const outputs = follow(live, signal)
  keepReady(live)
  return outputs
}

function follow(live: LiveBook, signal: Signal): readonly Output[] {
  if ('nth' in signal && signal.nth !== undefined) live.told.set(chainOf(signal), signal.nth)
  switch (signal.kind) {
    case 'block':
      return takeBlock(live, signal.block)
    case 'finalize':
      live.finalized.set(signal.chain, Math.max(signal.number, live.finalized.get(signal.chain) ?? 0))
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
  live.places.set(chain, to)
  const first = live.tail.findIndex((taken) => isAbove(taken, chain, to))
  if (first < 0) return []
  const told = new Set(live.tail.slice(finalSteps(live)).flatMap((taken) => taken.told))
  const since = stepBack(live, first)
  const rest = live.tail.splice(since).filter((taken) => !isAbove(taken, chain, to))
  // What came before the first dropped block says what it said.
  const outputs = rest.map((taken) => take(live, taken)).slice(first - since)
  return outputs.flat().filter((output) => !told.has(outputId(output)))
}

/** Makes the book one that has not folded a step of the tail yet; returns how many steps it has folded. */
function stepBack(live: LiveBook, to: number): number {
  const { base, standby } = live
  const back = standby.folded <= to ? standby : Standby.of(base)
  live.book = Standby.bookOf(back)
  live.standby = Standby.of(base)
  return back.folded
}

function isAbove({ chain, block }: Step, on: ChainId, place: Place): boolean {
  return chain === on && block !== null && block.number > place.number
}

type Reorg = Extract<ChainSignal, { kind: 'reorg' }>

/** What a reorg would take back, before it is applied. */
export function droppedBy({ tail }: LiveBook, { chain, to }: Reorg): readonly Observation[] {
  return tail.filter((taken) => isAbove(taken, chain, to)).flatMap(({ observations }) => observations)
}

// Only from the front of the tail can steps be folded: what came later was judged after them.
function keepReady(live: LiveBook): void {
  const { base, standby, pace, tail } = live
  if (!Standby.goOn(standby, pace)) return
  const next = prefix(tail.slice(standby.folded, standby.folded + pace.steps), (taken) =>
    isBuried(live, taken),
  )
  for (const taken of next) fold(Standby.bookOf(standby), taken)
  standby.folded += next.length
  if (live.isHeld) return
  const final = prefix(tail.slice(0, Math.min(standby.folded, pace.steps)), (taken) => isFinal(live, taken))
  for (const taken of final) fold(base, taken)
  standby.folded -= final.length
  tail.splice(0, final.length)
}

function finalSteps(live: LiveBook): number {
  return prefix(live.tail, (taken) => isFinal(live, taken)).length
}

function prefix(steps: readonly Step[], holds: (taken: Step) => boolean): readonly Step[] {
  const end = steps.findIndex((taken) => !holds(taken))
  return end < 0 ? steps : steps.slice(0, end)
}

function isBuried(live: LiveBook, taken: Step): boolean {
  if (isFinal(live, taken)) return true
  const newest = live.places.get(taken.chain!)!.number
  return taken.block!.number <= newest - live.pace.blocksBehind
}

function isFinal({ finalized }: LiveBook, { chain, block }: Step): boolean {
  return block === null || chain === null || block.number <= (finalized.get(chain) ?? -1)
}
