import * as CoverVault from '@cutwater/contracts/generated/CoverVault.ts'
import * as Reserve from '@cutwater/contracts/generated/Reserve.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import { maxUint256 } from 'viem'
import { coinOf, unitsOfDollars, usdOf } from '../bridge/Coins.ts'
import { balanceOf } from '../bridge/gap.ts'
import type { Layers, Twin } from '../bridge/Twin.ts'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'
import { slash } from './slash.ts'

/** Who paid how much of a loss, in cents; what stake paid is part of what is covered. */
export type Paid = { readonly slashedUsd: Usd; readonly coveredUsd: Usd; readonly backstoppedUsd: Usd }

const dollar = coinOf('USD')

/**
 * Makes the layers pay, on chain: the stake of whoever is proven to have lied, a claim against the cover, as far as
 * they go, then the reserve. What arrives is what counts, and no more of it than was lost.
 */
export async function settle(world: World.World, twin: Twin, lostUsd: Usd, first: number): Promise<Paid> {
  if (twin.layers === null || lostUsd <= 0) return { slashedUsd: 0, coveredUsd: 0, backstoppedUsd: 0 }
  const slashedUsd = Math.min(lostUsd, await slash(world, twin, twin.layers, first))
  const owed = unitsOfDollars(dollar, (lostUsd - slashedUsd) / 100)
  const covered = await claim(world, twin, twin.layers, owed)
  const backstopped = await backstop(world, twin, twin.layers, owed - covered)
  return {
    slashedUsd,
    coveredUsd: slashedUsd + usdOf(dollar, covered),
    backstoppedUsd: usdOf(dollar, backstopped),
  }
}

async function claim(
  world: World.World,
  twin: Twin,
  { vault, policy }: Layers,
  owed: bigint,
): Promise<bigint> {
  const { client } = world.chains.north
  const { abi } = CoverVault
  const [, cover] = await client.readContract({
    address: vault,
    abi,
    functionName: 'policyOf',
    args: [policy],
  })
  const amount = owed < cover ? owed : cover
  if (amount === 0n) return 0n
  const { victim } = world.accounts
  const deposit = unitsOfDollars(dollar, 1_000)
  const approve = { abi: TestToken.abi, functionName: 'approve', args: [vault, maxUint256] } as const
  const args = [policy, victim.address, amount, 'see the journal of this run'] as const
  await act(world, Chain.call(twin.ends.north.tokens.USD, approve))
  await act(world, Chain.call(vault, { abi, functionName: 'fileClaim', args }))
  const filed = await client.readContract({ address: vault, abi, functionName: 'claimCount' })
  await act(world, Chain.call(vault, { abi, functionName: 'decideClaim', args: [filed, true] }))
  const collect = { abi, functionName: 'collectPayout', args: [victim.address] } as const
  const paid = await paidBy(world, twin, () => act(world, Chain.call(vault, collect)))
  // The claimant's own deposit comes back with it and is nobody's loss.
  return paid > deposit ? paid - deposit : 0n
}

async function backstop(world: World.World, twin: Twin, { reserve }: Layers, owed: bigint): Promise<bigint> {
  const { victim } = world.accounts
  const token = twin.ends.north.tokens.USD
  const held = await balanceOf(world, 'north', token, reserve)
  const amount = owed < held ? owed : held
  if (amount <= 0n) return 0n
  const args = [token, victim.address, amount, 'what cover did not reach'] as const
  const call = Chain.call(reserve, { abi: Reserve.abi, functionName: 'backstop', args })
  return paidBy(world, twin, () => act(world, call))
}

async function paidBy(world: World.World, twin: Twin, pay: () => Promise<void>): Promise<bigint> {
  const { victim } = world.accounts
  const token = twin.ends.north.tokens.USD
  const before = await balanceOf(world, 'north', token, victim.address)
  await pay()
  return (await balanceOf(world, 'north', token, victim.address)) - before
}

async function act(world: World.World, call: Chain.Call): Promise<void> {
  const chain = world.chains.north
  const hash = await Chain.send(chain, world.accounts.admin.address, call)
  world.toCheck.push({ chain, hashes: [hash], what: 'a payment of the layers' })
  await World.mine(world)
}
