import { direction } from '@cutwater/contracts/enums.ts'
import { abi } from '@cutwater/contracts/generated/Guard.ts'
import type { LimitsSet } from '@cutwater/core/bridge/Observation.ts'
import { type Address, decodeFunctionResult, encodeFunctionData } from 'viem'
import { askContract } from './askContract.ts'
import type { LiveBridge, LiveChain } from './LiveBridge.ts'
import * as Quorum from './quorum.ts'
import { readHeader } from './readBlocks.ts'
import type { Say } from './Say.ts'

/**
 * The limits that a bridge's guards have now, for what comes in: those set before the first block that is watched are
 * in no block to come. They count from that block on; what its successors change, they change.
 *
 * A chain that cannot be asked now is left out, and said.
 */
export async function readLimits(
  { chains, tokens }: LiveBridge,
  say: Say = () => {},
): Promise<readonly LimitsSet[]> {
  const all = await Promise.all(
    chains.map(async (chain) => {
      const { id, guard } = chain
      if (guard === null) return []
      const here = tokens.flatMap(({ contracts }) => contracts.filter((each) => each.chain === id))
      const addresses = here.map(({ address }) => address as Address)
      return limitsOn(chain, guard, addresses).catch((error: Error) => {
        say('warn', `the limits of the guard on ${chain.name} are not known: ${error.message}`, { chain: id })
        return []
      })
    }),
  )
  return all.flat()
}

async function limitsOn(
  chain: LiveChain,
  guard: Address,
  tokens: readonly Address[],
): Promise<readonly LimitsSet[]> {
  const nodes = Quorum.of(chain)
  const at = await Quorum.agree(nodes, async (rpc) => (await readHeader(rpc, chain.startBlock))?.at ?? null)
  // A chain that has not come to its first block yet has all its limits before it.
  if (at === null) return []
  return Promise.all(
    tokens.map(async (token, index): Promise<LimitsSet> => {
      const data = encodeFunctionData({ abi, functionName: 'limitsOf', args: [token, direction.in] })
      const answer = await askContract(nodes, guard, data)
      const [unproven, total] = decodeFunctionResult({ abi, functionName: 'limitsOf', data: answer })
      const when = { at, chain: chain.id, tx: 'as it stands', index, block: null }
      return {
        kind: 'limits',
        ...when,
        token,
        direction: 'in',
        unproven: limit(unproven),
        total: limit(total),
      }
    }),
  )
}

function limit({ capacity, window }: { readonly capacity: bigint; readonly window: number }) {
  return { capacity, windowSeconds: window }
}
