import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/** One block of a chain with what the bridge did in it. */
export type Block = {
  readonly chain: ChainId
  readonly number: number
  readonly hash: string
  readonly parentHash: string
  readonly at: UnixTime
  /** legs, changes and quotes of this block, in the order of the log */
  readonly observations: readonly Observation[]
}

/** A place on a chain. */
export type Place = { readonly number: number; readonly hash: string }

/** A place to go on from. */
export type Standing = Place & {
  /** the highest block that was told to be final: no reorg goes below it, and nothing up to it is told again */
  readonly final?: number
  /** the number of the signal that was told last, where signals are numbered: the next one is told next */
  readonly nth?: number
}

/**
 * The three things a chain can do, and one it should not: its view may be in doubt, which is a finding of its own
 * and never an accusation.
 */
export type ChainSignal = Numbered & Shown

/** Where signals of a chain are kept before they are told, each has its number there. */
type Numbered = { readonly nth?: number }

type Shown =
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'finalize'; readonly chain: ChainId; readonly number: number }
  | {
      readonly kind: 'reorg'
      readonly chain: ChainId
      readonly to: Place
      readonly dropped: readonly string[]
    }
  | {
      readonly kind: 'trouble'
      readonly chain: ChainId
      readonly at: UnixTime
      readonly name: 'SourceStale' | 'SourceDisagreement'
      readonly what: string
    }

/**
 * A chain as a stream of signals: every block once, children after their parents, without gaps.
 *
 * A block that is replaced is announced by a reorg first, and never one at or below the last `finalize`. A reorg
 * drops every block above `to`; those that can be named are in `dropped`.
 */
export type ChainSource = {
  readonly chain: ChainId
  /** follows from the block after `after`, or from the configured start; ends after `stop` */
  follow(after?: Standing): AsyncIterable<ChainSignal>
  stop(): void
}

export function chainOf(signal: ChainSignal): ChainId {
  return signal.kind === 'block' ? signal.block.chain : signal.chain
}
