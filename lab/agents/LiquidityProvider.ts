import * as IPair from '@cutwater/contracts/generated/IPair.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { type Address, parseAbi } from 'viem'
import type { Ground } from '../beside/Ground.ts'
import * as Pool from '../beside/Pool.ts'
import { balanceOf } from '../bridge/gap.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'

/** Somebody who puts both dollars into the pair and takes them out again, and keeps its oracle up to date. */
export type LiquidityProvider = { readonly rng: Rng.Rng; readonly pool: Pool.Pool; changes: number }

/** How likely a block brings a change of what is in the pair, and how likely that one takes out. */
export const perBlock = 0.05
const removes = 0.5

/** What is put in at once, dollars of each side, and what there is for it. */
export const sizes = { least: 5_000, most: 50_000 }
export const purseDollars = 500_000

export async function create(ground: Ground, pool: Pool.Pool): Promise<LiquidityProvider> {
  const { world } = ground
  await Pool.endow(ground, pool, world.accounts.lp.address, { wrapped: purseDollars, native: purseDollars })
  return { rng: Rng.fork(Rng.create(world.seed), 'liquidity provider'), pool, changes: 0 }
}

export async function act(world: World, provider: LiquidityProvider): Promise<void> {
  const { rng, pool } = provider
  const { address } = world.accounts.lp
  if (world.at % Pool.averageSeconds < world.blockSeconds) await Pool.updateOracle({ world }, pool, address)
  if (!Rng.chance(rng, perBlock)) return
  const dollars = sizes.least + Rng.integer(rng, sizes.most - sizes.least + 1)
  const isRemoving = Rng.chance(rng, removes)
  const shares = await balanceOf(world, 'south', pool.pair, address)
  provider.changes += 1
  if (isRemoving && shares > 0n) await remove(world, pool, shares)
  else await add(world, pool, Pool.dollarUnits(dollars))
}

// In the proportion the pair has, so that its price stays.
async function add(world: World, pool: Pool.Pool, wrapped: bigint): Promise<void> {
  const { address } = world.accounts.lp
  const reserves = await Pool.reservesOf({ world }, pool)
  const native = (wrapped * reserves.native) / reserves.wrapped
  await first(world, Chain.call(pool.wrapped, give(pool.pair, wrapped)))
  await first(world, Chain.call(pool.native, give(pool.pair, native)))
  await first(world, Chain.call(pool.pair, { abi: IPair.abi, functionName: 'mint', args: [address] }))
}

async function remove(world: World, pool: Pool.Pool, shares: bigint): Promise<void> {
  const { address } = world.accounts.lp
  await first(world, Chain.call(pool.pair, give(pool.pair, shares)))
  await first(world, Chain.call(pool.pair, { abi: burn, functionName: 'burn', args: [address] }))
}

function give(pair: Address, amount: bigint) {
  return { abi: TestToken.abi, functionName: 'transfer', args: [pair, amount] } as const
}

// What lies in the pair between two of its calls is anybody's: nobody comes between them.
async function first(world: World, call: Chain.Call): Promise<void> {
  await Chain.send(world.chains.south, world.accounts.lp.address, call, Chain.fees.urgent)
}

const burn = parseAbi(['function burn(address to) returns (uint256 amount0, uint256 amount1)'])
