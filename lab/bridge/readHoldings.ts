import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import type { Holding } from '@cutwater/core/bridge/Observation.ts'
import { createPublicClient, http } from 'viem'
import type { SeenBlock } from '../scenarios/Scenario.ts'
import { chainIds, coins, type Place } from './Coins.ts'
import { isHome, type Twin } from './Twin.ts'

/** What a twin really holds and has issued at a place at the end of a block, asked of one node. */
export async function readHoldings(
  url: string,
  { ends }: Twin,
  place: Place,
  { number, at }: SeenBlock,
): Promise<readonly Holding[]> {
  const { escrow, tokens } = ends[place]
  const client = createPublicClient({ transport: http(url, { batch: true, retryCount: 0 }) })
  return Promise.all(
    coins.map(async ({ symbol }): Promise<Holding> => {
      const token = { address: tokens[symbol], abi: TestToken.abi, blockNumber: BigInt(number) } as const
      const here = {
        kind: 'holding',
        at,
        chain: chainIds[place],
        block: number,
        token: tokens[symbol],
      } as const
      if (isHome(symbol, place)) {
        const amount = await client.readContract({ ...token, functionName: 'balanceOf', args: [escrow] })
        return { ...here, what: 'locked', amount }
      }
      return {
        ...here,
        what: 'minted',
        amount: await client.readContract({ ...token, functionName: 'totalSupply' }),
      }
    }),
  )
}
