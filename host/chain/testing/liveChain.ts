import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { Address } from 'viem'
import type { LiveChain } from '../LiveBridge.ts'
import * as WatchedEvent from '../WatchedEvent.ts'
import { lockedAbi } from './emitter.ts'

/**
 * A local chain as a bridge's description would have it, quick to ask and slow to give up.
 *
 * @param nodes where to ask, and by which websocket to hear of new heads
 */
export function liveChain(
  nodes: readonly { readonly url: string; readonly heads?: string }[],
  address: Address,
  changes: Partial<LiveChain> = {},
): LiveChain {
  const locked = WatchedEvent.create(
    { abi: lockedAbi, kind: 'lock', fields: { message: 'nonce', peer: 'destinationChain' } },
    ([part]) => part ?? '',
  )
  return {
    id: 31337,
    name: 'Local',
    finality: { by: 'blocks', depth: 8, seconds: 8 },
    startBlock: 0,
    pollMilliseconds: 10,
    staleSeconds: 60,
    timeoutMilliseconds: 10_000,
    rangeBlocks: 500,
    rpcs: nodes.map(({ url, heads }) => ({ http: url, ws: heads ?? null, batch: 1 })),
    quorum: Math.floor(nodes.length / 2) + 1,
    blooms: true,
    contracts: [{ address, events: [locked] }],
    guard: null,
    timelock: null,
    mempool: false,
    entrances: [],
    fees: null,
    state: [],
    signatures: [],
    ...changes,
  }
}

export type TestClock = Clock & { turn(seconds: number): void }

/** Sleeps as long as it is told, but its hands can be turned. */
export function testClock(): TestClock {
  let turned = 0
  return {
    now: () => Math.floor(Date.now() / 1_000) + turned,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    turn: (seconds) => {
      turned += seconds
    },
  }
}
