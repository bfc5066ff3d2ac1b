import * as Bond from '@cutwater/contracts/generated/Bond.ts'
import * as CoverVault from '@cutwater/contracts/generated/CoverVault.ts'
import * as CutwaterGovernor from '@cutwater/contracts/generated/CutwaterGovernor.ts'
import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as GovernanceToken from '@cutwater/contracts/generated/GovernanceToken.ts'
import * as Timelock from '@cutwater/contracts/generated/Timelock.ts'
import { type Address, encodeFunctionData, keccak256, toBytes } from 'viem'
import { chainIds, coinOf, unitsOfDollars } from '../bridge/Coins.ts'
import { stakeDollars } from '../bridge/Scale.ts'
import * as Chain from '../chain/Chain.ts'
import * as Governance from './Governance.ts'
import type { Ground } from './Ground.ts'
import * as Market from './Market.ts'
import * as Pool from './Pool.ts'

// What may befall a bridge that no log of its own shows, done on chain; what each does to the ladder is in README.md.

/** Dollars of wrapped tokens that are thrown into the pair: the price falls to 0.929. */
export const soldDollars = 75_000

/** Somebody sells wrapped dollars for whatever they fetch. */
export async function depeg(ground: Ground, { pool }: Market.Market): Promise<void> {
  const { address } = ground.world.accounts.attacker
  await Pool.endow(ground, pool, address, { wrapped: soldDollars, native: 0 })
  await ground.nextBlock()
  const { wrapped, native } = await Pool.reservesOf(ground, pool)
  const amountIn = Pool.dollarUnits(soldDollars)
  const amountOut = Pool.paid(wrapped, native, amountIn)
  await Pool.rawSwap(ground, pool, address, { sells: 'wrapped', amountIn, amountOut })
}

/** What lenders ask for wrapped tokens once they fear the bridge, a share a year. */
export const fearedRate = 0.2

/** Lenders ask five times as much for wrapped tokens as the day before. */
export async function rateShock({ world, twin }: Ground, { lenders }: Market.Market): Promise<void> {
  const { USD, ETH } = twin.ends.south.tokens
  const { collateral } = Market.lending
  await Market.payRate(world, 'south', lenders.south, USD, fearedRate, collateral.USD)
  await Market.payRate(world, 'south', lenders.south, ETH, fearedRate, collateral.ETH)
}

/** Dollars that each depositor takes home. */
export const withdrawnDollars = 40_000

/** Depositors go home, capital without cover behind it asks to leave, and so does all stake. */
export async function bankRun({ world, twin }: Ground): Promise<void> {
  const { north, south } = world.chains
  const { depositors, lp, validators, watchers } = world.accounts
  const { escrow, tokens } = twin.ends.south
  const dollars = unitsOfDollars(coinOf('USD'), withdrawnDollars)
  for (const { address } of depositors) {
    const args = [tokens.USD, BigInt(chainIds.north), address, dollars] as const
    const burn = { abi: Escrow.abi, functionName: 'send', args } as const
    await Chain.send(south, address, Chain.call(escrow, burn))
  }
  const shares = unitsOfDollars(coinOf('USD'), Market.capital.free)
  const leave = { abi: CoverVault.abi, functionName: 'requestUnlock', args: [shares] } as const
  await Chain.send(north, lp.address, Chain.call(twin.layers!.vault, leave))
  const stake = unitsOfDollars(coinOf('SLV'), stakeDollars)
  const unbond = { abi: Bond.abi, functionName: 'startUnbonding', args: [stake] } as const
  for (const { address } of [...validators, ...watchers])
    await Chain.send(south, address, Chain.call(twin.layers!.bond, unbond))
}

/** Whoever has bought the votes has the right to propose given to a key of his own, and queues it. */
export async function captureGovernance(
  { world, nextBlock }: Ground,
  { governance }: Market.Market,
): Promise<Capture> {
  const north = world.chains.north
  const { attacker, voter } = world.accounts
  const { token, governor, timelock } = governance
  const send = (to: Address, call: Omit<Chain.Call, 'to'>) =>
    Chain.send(north, attacker.address, { to, ...call })
  const { abi } = GovernanceToken
  const transfer = { abi, functionName: 'transfer', args: [attacker.address, Governance.allVotes] } as const
  await Chain.send(north, voter.address, Chain.call(token, transfer))
  const delegate = { abi, functionName: 'delegate', args: [attacker.address] } as const
  await Chain.send(north, attacker.address, Chain.call(token, delegate))
  await nextBlock()
  const grant = encodeFunctionData({
    abi: Timelock.abi,
    functionName: 'grantRole',
    args: [keccak256(toBytes('PROPOSER_ROLE')), attacker.address],
  })
  const description = 'Speed up operations'
  const what = [[timelock], [0n], [grant]] as const
  const named = [...what, keccak256(toBytes(description))] as const
  const gov = CutwaterGovernor.abi
  const id = await north.client.readContract({
    address: governor,
    abi: gov,
    functionName: 'getProposalId',
    args: named,
  })
  const calls = {
    propose: Chain.call(governor, { abi: gov, functionName: 'propose', args: [...what, description] }),
    vote: Chain.call(governor, { abi: gov, functionName: 'castVote', args: [id, 1] }),
    queue: Chain.call(governor, { abi: gov, functionName: 'queue', args: named }),
    execute: Chain.call(governor, { abi: gov, functionName: 'execute', args: named }),
  }
  const waits = [
    ['propose', Governance.delays.beforeVote + 2],
    ['vote', Governance.delays.vote + 1],
    ['queue', 1],
  ] as const
  for (const [step, blocks] of waits) {
    await send(governor, calls[step])
    for (let block = 0; block < blocks; block++) await nextBlock()
  }
  return { execute: async () => void (await send(governor, calls.execute)) }
}

/** A proposal that waits in the timelock, and how it comes into force. */
export type Capture = { execute(): Promise<void> }
