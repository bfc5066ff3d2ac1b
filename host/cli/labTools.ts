import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { ChainPlan } from '@cutwater/lab/bridge/BridgePlan.ts'
import type { Tools } from '@cutwater/lab/run/Tools.ts'
import { plainTools } from '@cutwater/lab/testing/plainTools.ts'
import { evmSource } from '../chain/evmSource.ts'
import type { LiveChain } from '../chain/LiveBridge.ts'
import * as WatchedEvent from '../chain/WatchedEvent.ts'

const clock: Clock = {
  now: () => Math.floor(Date.now() / 1_000),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}

/** What the lab is run with: the watcher of real bridges, on the lab's chains. */
export const labTools: Tools = {
  ...plainTools,
  sources: ({ chains }) => chains.map((plan) => evmSource(liveChain(plan), { clock })),
}

function liveChain(plan: ChainPlan): LiveChain {
  const { id, name, finalityBlocks, blockSeconds, startBlock, pollMilliseconds, quorum, guard } = plan
  return {
    id,
    name,
    finality: { by: 'blocks', depth: finalityBlocks, seconds: finalityBlocks * blockSeconds },
    startBlock,
    pollMilliseconds,
    staleSeconds: 60,
    timeoutMilliseconds: 10_000,
    rangeBlocks: 500,
    rpcs: plan.rpcs.map(({ http, ws }) => ({ http, ws, batch: 100 })),
    quorum,
    blooms: true,
    contracts: plan.contracts.map(({ address, events }) => ({
      address,
      events: events.map((event, nth) => WatchedEvent.create(event, () => `event ${nth} of ${address}`)),
    })),
    guard,
    timelock: null,
  }
}
