import * as Bond from '@cutwater/contracts/generated/Bond.ts'
import * as CoverVault from '@cutwater/contracts/generated/CoverVault.ts'
import * as Reserve from '@cutwater/contracts/generated/Reserve.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import * as Treasury from '@cutwater/contracts/generated/Treasury.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Protection from '@cutwater/core/bridge/Protection.ts'
import { day, year } from '@cutwater/core/units/UnixTime.ts'
import { fromDollars, toDollars } from '@cutwater/core/units/Usd.ts'
import { type Address, type Hex, keccak256, toBytes } from 'viem'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'
import { coinOf, coins, type Place, unitsOfDollars } from './Coins.ts'
import type { End, Layers } from './Twin.ts'

/** Dollars of stake behind each validator and watcher: Axelar's and Gravity's order of magnitude, an assumption. */
export const stakeDollars = 250_000

/**
 * Bond and govern, as large as the policy's budget makes them after a year: cover sold against the vault, a
 * reserve, a treasury with another year's budget, and stake of everybody who signs.
 */
export async function deployLayers(
  world: World.World,
  ends: Readonly<Record<Place, End>>,
  policy: BridgePolicy,
): Promise<Layers> {
  const { chains, accounts } = world
  const { deployer, admin, guardian } = accounts
  const dollar = ends.north.tokens.USD
  const from = deployer.address
  const vault = await Chain.deploy(chains.north, from, {
    ...CoverVault,
    args: [dollar, admin.address, 30 * day, unitsOfDollars(coinOf('USD'), 1_000)],
  })
  const reserve = await Chain.deploy(chains.north, from, { ...Reserve, args: [admin.address] })
  const treasury = await Chain.deploy(chains.north, from, {
    ...Treasury,
    args: [
      dollar,
      admin.address,
      guardian.address,
      [2_000n, 2_000n, 1_000n],
      [6_000n, 6_000n, 4_000n],
      1_000n,
    ],
  })
  const bond = await deployBond(world, ends)
  await payIn(world, dollar, { vault, reserve, treasury }, yearOf(policy))
  return { vault, policy: 1n, reserve, treasury, bond }
}

type Amounts = { readonly cover: bigint; readonly reserve: bigint; readonly budget: bigint }

// What a year at the base weights comes to; cover is what correlation leaves of it.
function yearOf({ economy, base, spends }: BridgePolicy): Amounts {
  const locked = coins.reduce((sum, coin) => sum + coin.locked * coin.price, 0)
  const protection = Protection.create()
  Protection.accrue(protection, economy, base, fromDollars(locked), year, spends)
  const dollars = (usd: number) => unitsOfDollars(coinOf('USD'), Math.floor(toDollars(usd)))
  return {
    cover: dollars(protection.coverUsd),
    reserve: dollars(protection.reserveUsd),
    budget: dollars(protection.carryUsd),
  }
}

async function deployBond(world: World.World, ends: Readonly<Record<Place, End>>): Promise<Address> {
  const { deployer, admin, lp, validators, watchers } = world.accounts
  const chain = world.chains.south
  const silver = coinOf('SLV')
  const token = ends.south.tokens.SLV
  const bond = await Chain.deploy(chain, deployer.address, {
    ...Bond,
    args: [token, ends.south.escrow, admin.address, 21 * day, 10_000n, 500n],
  })
  const each = unitsOfDollars(silver, stakeDollars)
  const operators = [...validators, ...watchers]
  const { approve, abi } = erc20
  const total = each * BigInt(operators.length)
  const hashes = [await Chain.send(chain, lp.address, Chain.call(token, { abi, ...approve(bond, total) }))]
  const stake = (address: Address) =>
    Chain.call(bond, { abi: Bond.abi, functionName: 'stake', args: [address, each] })
  const stakes = operators.map(({ address }) => Chain.send(chain, lp.address, stake(address)))
  hashes.push(...(await Promise.all(stakes)))
  world.toCheck.push({ chain, hashes, what: 'staking' })
  return bond
}

async function payIn(
  world: World.World,
  dollar: Address,
  { vault, reserve, treasury }: Pick<Layers, 'vault' | 'reserve' | 'treasury'>,
  { cover, reserve: saved, budget }: Amounts,
): Promise<void> {
  const { admin, lp } = world.accounts
  const chain = world.chains.north
  const { approve, transfer, abi } = erc20
  const cv = CoverVault.abi
  const expiry = world.at + year
  const calls: [Address, Chain.Call][] = [
    [lp.address, Chain.call(dollar, { abi, ...approve(vault, cover) })],
    [lp.address, Chain.call(vault, { abi: cv, functionName: 'deposit', args: [cover, lp.address] })],
    [lp.address, Chain.call(dollar, { abi, ...transfer(reserve, saved) })],
    [lp.address, Chain.call(dollar, { abi, ...approve(treasury, budget) })],
    [lp.address, Chain.call(treasury, { abi: Treasury.abi, functionName: 'deposit', args: [budget] })],
    // The deposit that goes with a claim.
    [
      lp.address,
      Chain.call(dollar, { abi, ...transfer(admin.address, unitsOfDollars(coinOf('USD'), 1_000)) }),
    ],
  ]
  const hashes: Hex[] = []
  for (const [from, call] of calls) hashes.push(await Chain.send(chain, from, call))
  const grant = { abi: cv, functionName: 'grantRole', args: [underwriter, admin.address] } as const
  hashes.push(await Chain.send(chain, admin.address, Chain.call(vault, grant)))
  world.toCheck.push({ chain, hashes, what: 'paying into the layers' })
  // Cover can only be sold against assets that are there.
  await World.mine(world)
  const issue = { abi: cv, functionName: 'issuePolicy', args: [admin.address, cover, expiry] } as const
  const issued = await Chain.send(chain, admin.address, Chain.call(vault, issue))
  world.toCheck.push({ chain, hashes: [issued], what: 'selling cover' })
}

const underwriter = keccak256(toBytes('UNDERWRITER_ROLE'))

const erc20 = {
  abi: TestToken.abi,
  approve: (spender: Address, amount: bigint) =>
    ({ functionName: 'approve', args: [spender, amount] }) as const,
  transfer: (to: Address, amount: bigint) => ({ functionName: 'transfer', args: [to, amount] }) as const,
}
