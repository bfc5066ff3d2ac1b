import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { Pending, PendingSource } from '@cutwater/engine/ports/PendingSource.ts'
import { type Hex, toHex } from 'viem'
import * as z from 'zod'
import * as Answer from './Answer.ts'
import { announcedCalls } from './decodeBlock.ts'
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
 * Calls to a bridge's contracts and entrances before they are mined, as the events they would log: a quorum of nodes simulates each
 * on the newest block. A call that would be reverted does nothing, and is left out.
 */
export function evmPending(
  chain: LiveChain,
  { clock, say = () => {} }: { readonly clock: Clock; readonly say?: Say },
): EvmPending {
  const to = [...chain.contracts.map(({ address }) => address), ...chain.entrances]
  const calls = pendingCalls(chain, { to, clock, say })
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
  // It is in no block yet.
  const mined = logs.map((log, index) => ({ ...log, tx: call.hash, index, block: 0, blockHash: '0x' as Hex }))
  const announced = announcedCalls(mined, chain.timelock)
  const observations = mined.flatMap((log) => observationOf(chain, log, at, announced))
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
  log: Answer.Log,
  at: number,
  announced: ReadonlySet<string>,
): readonly Observation[] {
  const contract = chain.contracts.find(({ address }) => address === log.address)
  const event = contract?.events.find(({ topic }) => topic === log.topics[0])
  if (event === undefined) return []
  const decoded = decodeLog(log, event, { chain: chain.id, at }, announced.has(`${log.tx}:${log.address}`))
  return decoded.kind === 'observation' ? [decoded.observation] : []
}
