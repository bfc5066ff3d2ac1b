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
import type * as Accounts from '../chain/Accounts.ts'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'
import { coinOf, type Place, unitsOfDollars } from './Coins.ts'
import * as Scale from './Scale.ts'
import type { End, Layers } from './Twin.ts'

/**
 * Bond and govern, as large as the scale says or the policy's budget makes them after a year: cover sold against the
 * vault, a reserve, a treasury with another year's budget, and stake of everybody who signs.
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
  const money = world.scale.money ?? yearOf(policy, Scale.lockedDollars(world.scale))
  await payIn(world, dollar, { vault, reserve, treasury }, money)
  return { vault, policy: 1n, reserve, treasury, bond }
}

// What a year at the base weights comes to; cover is what correlation leaves of it.
function yearOf({ economy, base, spends }: BridgePolicy, locked: number): Scale.Money {
  const protection = Protection.create()
  Protection.accrue(protection, economy, base, fromDollars(locked), year, spends)
  const dollars = (usd: number) => unitsOfDollars(coinOf('USD'), Math.floor(toDollars(usd)))
  return {
    cover: dollars(protection.coverUsd),
    reserve: dollars(protection.reserveUsd),
    treasury: dollars(protection.carryUsd),
  }
}

async function deployBond(world: World.World, ends: Readonly<Record<Place, End>>): Promise<Address> {
  const { deployer, admin, lp, validators, watchers } = world.accounts
  const chain = world.chains.south
  const token = ends.south.tokens.SLV
  const bond = await Chain.deploy(chain, deployer.address, {
    ...Bond,
    args: [token, ends.south.escrow, admin.address, 21 * day, 10_000n, 500n],
  })
  const { signers, watchers: proving } = world.scale
  const backed = [...staked(validators, signers), ...staked(watchers, proving)]
  const { approve, abi } = erc20
  const total = backed.reduce((sum, [, amount]) => sum + amount, 0n)
  const hashes = [await Chain.send(chain, lp.address, Chain.call(token, { abi, ...approve(bond, total) }))]
  const stake = (args: readonly [Address, bigint]) =>
    Chain.call(bond, { abi: Bond.abi, functionName: 'stake', args })
  const stakes = backed.map((each) => Chain.send(chain, lp.address, stake(each)))
  hashes.push(...(await Promise.all(stakes)))
  world.toCheck.push({ chain, hashes, what: 'staking' })
  return bond
}

function staked(
  accounts: readonly Accounts.Account[],
  { stakes }: Scale.SignerSet,
): readonly (readonly [Address, bigint])[] {
  const dollars = accounts.map((account, nth) => [account, stakes[nth] ?? 0] as const)
  return dollars.flatMap(([{ address }, usd]) =>
    usd > 0 ? [[address, unitsOfDollars(coinOf('SLV'), usd)] as const] : [],
  )
}

async function payIn(
  world: World.World,
  dollar: Address,
  { vault, reserve, treasury }: Pick<Layers, 'vault' | 'reserve' | 'treasury'>,
  { cover, reserve: saved, treasury: budget }: Scale.Money,
): Promise<void> {
  const { admin, lp } = world.accounts
  const chain = world.chains.north
  const { approve, transfer, abi } = erc20
  const cv = CoverVault.abi
  const expiry = world.at + year
  const deposit: [Address, Chain.Call][] = [
    [lp.address, Chain.call(dollar, { abi, ...approve(vault, cover) })],
    [lp.address, Chain.call(vault, { abi: cv, functionName: 'deposit', args: [cover, lp.address] })],
  ]
  const calls: [Address, Chain.Call][] = [
    // No cover is none: the vault takes nothing for it, and sells nothing.
    ...(cover > 0n ? deposit : []),
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
  if (cover === 0n) return
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
