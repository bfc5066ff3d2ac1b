import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import type { LimitsSet } from '@cutwater/core/bridge/Observation.ts'
import type { World } from '../World.ts'
import { chainIds, coins, type Place, places } from './Coins.ts'
import { directions } from './deployTwins.ts'
import type { End } from './Twin.ts'

/** The limits that the guards of a bridge have now, for what comes in. */
export async function readLimits(
  world: World,
  ends: Readonly<Record<Place, Pick<End, 'guard' | 'tokens'>>>,
): Promise<readonly LimitsSet[]> {
  const lanes = places.flatMap((place) =>
    coins.map(({ symbol }) => ({ place, token: ends[place].tokens[symbol] })),
  )
  return Promise.all(
    lanes.map(async ({ place, token }, index): Promise<LimitsSet> => {
      const { client } = world.chains[place]
      const args = [token, directions.in] as const
      const read = { address: ends[place].guard, abi: Guard.abi, functionName: 'limitsOf', args } as const
      const [unproven, total] = await client.readContract(read)
      const limit = ({ capacity, window }: OnChain) => ({ capacity, windowSeconds: window })
      const when = { at: world.at, chain: chainIds[place], tx: 'as it stands', index, block: null }
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

type OnChain = { readonly capacity: bigint; readonly window: number }
