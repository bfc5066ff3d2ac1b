import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Block, ChainSource } from '@cutwater/engine/ports/ChainSource.ts'
import { withObservations } from '@cutwater/engine/watch/withObservations.ts'
import type { Hex } from 'viem'
import { type Place, placeOf } from '../bridge/Coins.ts'
import type { SeenBlock } from '../scenarios/Scenario.ts'
import type { Tools } from './Tools.ts'

/** Tools whose sources tell with each block what is read beside the bridge's own log. */
export function observing(tools: Tools, observe: Observe | undefined): Tools {
  if (observe === undefined) return tools
  const sources: Tools['sources'] = (plan) =>
    tools.sources(plan).map((source): ChainSource => {
      const place = placeOf(source.chain)
      const read = ({ number, hash, at }: Block) => observe(place, { number, hash: hash as Hex, at })
      return { ...source, follow: (after) => withObservations(source.follow(after), read) }
    })
  return { ...tools, sources }
}

/** What is read of a block. */
export type Observe = (place: Place, block: SeenBlock) => Promise<readonly Observation[]>
