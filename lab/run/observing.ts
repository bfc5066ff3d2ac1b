import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { ChainSignal, ChainSource } from '@cutwater/engine/ports/ChainSource.ts'
import type { Hex } from 'viem'
import { type Place, placeOf } from '../bridge/Coins.ts'
import type { SeenBlock } from '../scenarios/Scenario.ts'
import type { Tools } from './Tools.ts'

/** Tools whose sources tell with each block what is read beside the bridge's own log. */
export function observing(tools: Tools, observe: Observe | undefined): Tools {
  if (observe === undefined) return tools
  const sources: Tools['sources'] = (plan) =>
    tools.sources(plan).map((source) => {
      const place = placeOf(source.chain)
      return telling(source, (block) => observe(place, block))
    })
  return { ...tools, sources }
}

/** What is read of a block. */
export type Observe = (place: Place, block: SeenBlock) => Promise<readonly Observation[]>

function telling(
  source: ChainSource,
  read: (block: SeenBlock) => Promise<readonly Observation[]>,
): ChainSource {
  return { ...source, follow: (after) => follow(source.follow(after), read) }
}

async function* follow(
  signals: AsyncIterable<ChainSignal>,
  read: (block: SeenBlock) => Promise<readonly Observation[]>,
): AsyncGenerator<ChainSignal> {
  for await (const signal of signals) {
    if (signal.kind !== 'block') yield signal
    else {
      const { block } = signal
      const more = await read({ number: block.number, hash: block.hash as Hex, at: block.at })
      yield { ...signal, block: { ...block, observations: [...block.observations, ...more] } }
    }
  }
}
