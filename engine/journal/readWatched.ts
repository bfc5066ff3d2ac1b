import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Journal } from '../ports/Journal.ts'
import type { Signal } from '../watch/LiveBook.ts'
import { decode } from './encode.ts'

/**
 * What a watch has seen so far, in the order of time, without the blocks that a reorg took back; nothing where nobody has
 * watched yet.
 */
export async function readWatched(journal: Journal): Promise<Watched | undefined> {
  const opening = await journal.last('bridge')
  if (opening === undefined) return undefined
  let seen: Seen[] = []
  for await (const page of journal.read({ topics: ['observed'] })) {
    for (const { body } of page) {
      const signal = decode(body) as Signal
      if (signal.kind === 'reorg') seen = seen.filter((each) => !isAbove(each, signal))
      else seen.push(seenIn(signal))
    }
  }
  const observations = seen.flatMap((each) => each.observations).sort((a, b) => a.at - b.at)
  return { bridge: (decode(opening.body) as { readonly bridge: Bridge }).bridge, observations }
}

export type Watched = { readonly bridge: Bridge; readonly observations: readonly Observation[] }

type Seen = {
  /** null for what belongs to no block */
  readonly block: { readonly chain: ChainId; readonly number: number } | null
  readonly observations: readonly Observation[]
}

function seenIn(signal: Exclude<Signal, { kind: 'reorg' }>): Seen {
  switch (signal.kind) {
    case 'block': {
      const { chain, number, observations } = signal.block
      return { block: { chain, number }, observations }
    }
    case 'trouble':
      return { block: null, observations: [signal] }
    case 'finalize':
      return { block: null, observations: [] }
    case 'readings':
      return { block: null, observations: signal.measures }
    case 'prices':
    case 'limits':
      return { block: null, observations: signal.points }
  }
}

function isAbove({ block }: Seen, { chain, to }: Extract<Signal, { kind: 'reorg' }>): boolean {
  return block !== null && block.chain === chain && block.number > to.number
}
