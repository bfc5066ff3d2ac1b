import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { Pending, PendingSource } from '@cutwater/engine/ports/PendingSource.ts'
import { type Hex, toHex } from 'viem'
import * as z from 'zod'
import * as Answer from './Answer.ts'
import { decodeLog } from './decodeLog.ts'
import type { LiveChain } from './LiveBridge.ts'
import { type PendingCall, pendingCalls } from './pendingCalls.ts'
import * as Quorum from './quorum.ts'
import type { Rpc } from './Rpc.ts'
import type { Say } from './Say.ts'

export type EvmPending = PendingSource & {
  /** whether any node tells of waiting transactions now */
  isOpen(): boolean
}

/**
 * Calls to a bridge's contracts before they are mined, as the events they would log: a quorum of nodes simulates each
 * on the newest block. A call that would be reverted does nothing, and is left out.
 */
export function evmPending(
  chain: LiveChain,
  { clock, say = () => {} }: { readonly clock: Clock; readonly say?: Say },
): EvmPending {
  const calls = pendingCalls(chain, { to: chain.contracts.map(({ address }) => address), clock, say })
  const nodes = Quorum.of(chain)
  return {
    chain: chain.id,
    isOpen: calls.isOpen,
    stop: calls.stop,
    follow: async function* () {
      for await (const call of calls) {
        const pending = await foreseen(chain, nodes, call, clock).catch((error: Error) => {
          say('warn', `a waiting transaction could not be simulated: ${error.message}`, {
            chain: chain.id,
            tx: call.hash,
          })
          return null
        })
        if (pending !== null) yield pending
      }
    },
  }
}

async function foreseen(
  chain: LiveChain,
  nodes: Quorum.Quorum,
  call: PendingCall,
  clock: Clock,
): Promise<Pending | null> {
  const logs = await Quorum.agree(
    nodes,
    (rpc) => simulate(rpc, call),
    (told) => JSON.stringify(told),
  )
  const at = clock.now()
  const observations = logs.flatMap((log, index) => observationOf(chain, log, { call, index, at }))
  const { maxFeePerGas, maxPriorityFeePerGas } = call
  if (observations.length === 0) return null
  return { chain: chain.id, tx: call.hash, observations, offer: { maxFeePerGas, maxPriorityFeePerGas } }
}

type SimulatedLog = Pick<Answer.Log, 'address' | 'topics' | 'data'>

/** What a call would log on top of the newest block (eth_simulateV1). */
async function simulate(rpc: Rpc, { from, to, data, value }: PendingCall): Promise<readonly SimulatedLog[]> {
  const calls = [{ from, to, input: data, value: toHex(value) }]
  const told = await rpc.request('eth_simulateV1', [{ blockStateCalls: [{ calls }] }, 'latest'])
  const [block] = Answer.fit(simulation, told, 'a simulation')
  return (block?.calls[0]?.logs ?? []) as SimulatedLog[]
}

const simulation = z.array(
  z.object({
    calls: z.array(
      z.object({
        logs: z.array(
          z.object({ address: Answer.account, topics: z.array(Answer.hash), data: Answer.hexBytes }),
        ),
      }),
    ),
  }),
)

function observationOf(
  chain: LiveChain,
  log: SimulatedLog,
  { call, index, at }: { readonly call: PendingCall; readonly index: number; readonly at: number },
): readonly Observation[] {
  const contract = chain.contracts.find(({ address }) => address === log.address)
  const event = contract?.events.find(({ topic }) => topic === log.topics[0])
  if (event === undefined) return []
  // It is in no block yet.
  const mined = { ...log, tx: call.hash, index, block: 0, blockHash: '0x' as Hex }
  const decoded = decodeLog(mined, event, { chain: chain.id, at }, false)
  return decoded.kind === 'observation' ? [decoded.observation] : []
}
