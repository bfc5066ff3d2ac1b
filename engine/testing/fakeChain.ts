import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Block, ChainSignal, Place } from '../ports/ChainSource.ts'

/** A chain that grows block by block, forgets blocks, and says so as a source would. */
export type FakeChain = {
  readonly chain: ChainId
  /** blocks as they stand now, oldest first */
  readonly blocks: Block[]
  block(at: UnixTime, observations?: readonly Observation[]): ChainSignal
  /** goes back so many blocks */
  reorg(depth: number): ChainSignal
  /** all but the newest `behind` blocks are final */
  finalize(behind: number): ChainSignal
}

export function fakeChain(chain: ChainId): FakeChain {
  const blocks: Block[] = []
  let fork = 0
  const place = (): Place => blocks.at(-1) ?? { number: 99, hash: `${chain}-99` }
  return {
    chain,
    blocks,
    block: (at, observations = []) => {
      const { number, hash } = place()
      const block = {
        chain,
        number: number + 1,
        hash: `${chain}-${number + 1}-${fork}`,
        parentHash: hash,
        at,
      }
      blocks.push({ ...block, observations })
      return { kind: 'block', block: blocks.at(-1)! }
    },
    reorg: (depth) => {
      fork += 1
      const dropped = depth === 0 ? [] : blocks.splice(-depth).map(({ hash }) => hash)
      const { number, hash } = place()
      return { kind: 'reorg', chain, to: { number, hash }, dropped }
    },
    finalize: (behind) => ({ kind: 'finalize', chain, number: Math.max(99, place().number - behind) }),
  }
}
