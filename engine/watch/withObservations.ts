import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Block, ChainSignal } from '../ports/ChainSource.ts'

/** Signals whose blocks also tell what `read` finds out about each, behind what they tell themselves. */
export async function* withObservations(
  signals: AsyncIterable<ChainSignal>,
  read: (block: Block) => Promise<readonly Observation[]>,
): AsyncGenerator<ChainSignal> {
  for await (const signal of signals) {
    if (signal.kind !== 'block') yield signal
    else {
      const { block } = signal
      yield { ...signal, block: { ...block, observations: [...block.observations, ...(await read(block))] } }
    }
  }
}
