import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Block } from './Chain.ts'

/** One RPC node of a chain: it learns of blocks in its own time, and a few lie. */
export type Node = {
  readonly chain: ChainId
  readonly name: string
  /** a liar; never so many that they make a quorum */
  readonly isLiar: boolean
  head: Block
  /** it learns nothing before, milliseconds */
  stillUntil: number
  /** what it tells instead of the truth, by the hash of the true block */
  readonly lies: Map<string, Told>
  readonly listeners: Set<() => void>
}

/** A block as a node tells it. */
export type Told = {
  readonly hash: string
  readonly observations: readonly Observation[]
  readonly isTrue: boolean
}

/** What a node says a block is. */
export function tells({ lies }: Node, block: Block): Told {
  return lies.get(block.hash) ?? { hash: block.hash, observations: block.observations, isTrue: true }
}

/** Makes up a lie about a block: nothing happened in it, or what did happened twice, or it is another block. */
export function lie({ lies, name }: Node, block: Block, rng: Rng.Rng): void {
  const { hash, observations } = block
  const told = Rng.pick(rng, [
    { hash, observations: [] },
    { hash, observations: [...observations, ...observations] },
    { hash: `${hash}-by-${name}`, observations },
  ])
  lies.set(hash, { ...told, isTrue: false })
}
