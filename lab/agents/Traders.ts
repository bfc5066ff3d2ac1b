import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Ground } from '../beside/Ground.ts'
import * as Pool from '../beside/Pool.ts'
import type { World } from '../World.ts'
import { lognormal } from './drawTransfer.ts'

/** People who turn wrapped dollars into native ones and back, and push the pair off par by it. */
export type Traders = { readonly rng: Rng.Rng; readonly pool: Pool.Pool }

/** How likely a block brings a trade. */
export const perBlock = 0.3

/** Trades in dollars: a quarter of a percent of the pair at most, so that one moves its price by half a percent. */
export const sizes = { medianDollars: 1_500, sigma: 1, mostDollars: 5_000 }

/** Native dollars of each. */
const purseDollars = 500_000

/** What people let slip, basis points. */
const slippageBps = 100n

/** Gives everybody native dollars; wrapped ones they have from the bridge, the first with some to give away. */
export async function create(ground: Ground, pool: Pool.Pool): Promise<Traders> {
  const { world } = ground
  for (const { address } of world.accounts.depositors)
    await Pool.endow(ground, pool, address, { wrapped: 0, native: purseDollars })
  return { rng: Rng.fork(Rng.create(world.seed), 'traders'), pool }
}

export async function act(world: World, { rng, pool }: Traders): Promise<void> {
  if (!Rng.chance(rng, perBlock)) return
  const sells = Rng.pick(rng, ['wrapped', 'native'] as const)
  const { address } = Rng.pick(rng, world.accounts.depositors)
  const amountIn = Pool.dollarUnits(lognormal(rng, sizes))
  const { [sells]: reserveIn, [Pool.other(sells)]: reserveOut } = await Pool.reservesOf({ world }, pool)
  const least = (Pool.paid(reserveIn, reserveOut, amountIn) * (10_000n - slippageBps)) / 10_000n
  await Pool.swap({ world }, pool, address, { sells, amountIn, least })
}
