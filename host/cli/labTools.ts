import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { ChainPlan } from '@cutwater/lab/bridge/BridgePlan.ts'
import type { Tools } from '@cutwater/lab/run/Tools.ts'
import { privateKeyToAccount } from 'viem/accounts'
import { evmActuator } from '../chain/evmActuator.ts'
import { evmAttester } from '../chain/evmAttester.ts'
import { evmPending } from '../chain/evmPending.ts'
import { evmSource } from '../chain/evmSource.ts'
import { chainFeeds } from '../chain/feeds/chainFeeds.ts'
import * as Reading from '../chain/feeds/Reading.ts'
import type { LiveChain } from '../chain/LiveBridge.ts'
import * as SignatureRead from '../chain/SignatureRead.ts'
import * as WatchedEvent from '../chain/WatchedEvent.ts'
import { withState } from '../chain/withState.ts'
import { clock } from './clock.ts'

/** What the lab is run with: the watcher of real bridges, on the lab's chains. */
export const labTools: Tools = {
  sources: ({ chains }) =>
    chains.map((plan) => {
      const chain = liveChain(plan)
      return withState(evmSource(chain, { clock }), chain)
    }),
  feeds: ({ bridge, chains: plans, readings = [] }) => {
    if (readings.length === 0) return []
    const chains = plans.map(liveChain)
    const { name, tokens } = bridge
    const checked = Reading.of(Reading.schema.parse(readings), { name, tokens, chains }, (path) =>
      path.join('.'),
    )
    return [chainFeeds(chains, checked)]
  },
  pending: ({ chains }) => chains.map((plan) => evmPending(liveChain(plan), { clock })),
  actuator: ({ chains }, guardian) =>
    evmActuator({
      chains: chains.map(liveChain),
      clock,
      wallet: privateKeyToAccount(guardian.key),
      dryRun: false,
      priorityFeePerGas,
    }),
  journal: () => memoryJournal(),
  attester: ({ chains }, watcher) => {
    const wallet = privateKeyToAccount(watcher.key)
    const { attest } = evmAttester({ chains: chains.map(liveChain), wallet })
    return async (message, guard) => (await attest(message, guard))?.signature ?? null
  },
}

// Anvil orders a block by the most a sender would pay, and everybody in the lab would pay a lot.
const priorityFeePerGas = 500_000_000_000n

/** A chain of the lab as a description would have it. */
export function liveChain(plan: ChainPlan): LiveChain {
  const { id, name, finalityBlocks, blockSeconds, startBlock, pollMilliseconds, quorum, guard, holdings } =
    plan
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
    treasury: plan.treasury,
    coverDesk: plan.coverDesk,
    mempool: false,
    entrances: plan.entrances,
    fees: null,
    state: holdings,
    signatures: plan.contracts.flatMap(({ address, signatures = [] }) =>
      signatures.map((written) =>
        SignatureRead.create(
          {
            ...written,
            calls: [...written.calls],
            by: [...written.by],
            signed: { ...written.signed, prefixed: false },
          },
          { contract: address, guard },
          (path) => `signatures of ${address}: ${path.join('.')}`,
        ),
      ),
    ),
  }
}
