import * as CutwaterGovernor from '@cutwater/contracts/generated/CutwaterGovernor.ts'
import * as FlashLender from '@cutwater/contracts/generated/FlashLender.ts'
import * as FlashVoteAttacker from '@cutwater/contracts/generated/FlashVoteAttacker.ts'
import * as FlashVoteGovernor from '@cutwater/contracts/generated/FlashVoteGovernor.ts'
import * as GovernanceToken from '@cutwater/contracts/generated/GovernanceToken.ts'
import * as Reserve from '@cutwater/contracts/generated/Reserve.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import * as Timelock from '@cutwater/contracts/generated/Timelock.ts'
import type { Change } from '@cutwater/core/bridge/Observation.ts'
import {
  type Address,
  encodeFunctionData,
  type Hex,
  keccak256,
  parseEventLogs,
  toBytes,
  zeroAddress,
} from 'viem'
import { chainIds, coinOf, type Place, unitsOfDollars, usdOf } from '../bridge/Coins.ts'
import { blockSeconds } from '../bridge/finality.ts'
import { balanceOf } from '../bridge/gap.ts'
import * as Chain from '../chain/Chain.ts'
import type { Scenario, SeenBlock, Stage } from './Scenario.ts'
import { dollarsBetween } from './steal.ts'

/** What the reserve holds. */
const reserveDollars = 5_000_000

/** Votes there are, and how many of them are to be had on loan: enough to decide anything. */
const votes = { all: 1_000_000n * 10n ** 18n, lent: 900_000n * 10n ** 18n }

/** Days of real governance as blocks of the lab. */
const delays = { beforeVote: 4, vote: 6, timelock: 4 }

/** The scenario with votes that are only borrowed, or kept until they are counted. */
export const voteWith = (held: 'borrowed' | 'kept'): Scenario => ({
  name: 'flash-loan-vote',
  incident: 'Beanstalk 2022 (no bridge), Shibarium 2025 (stake bought for the moment)',
  says: 'Borrowed votes propose, decide and pay out the reserve, and are given back in the same transaction.',
  steps: 'single',
  visibleBefore: true,
  deceived: false,
  limitedBy:
    'votes counted as they were held before the vote, time to vote, and the timelock. Whoever buys the votes and keeps them is only slowed down, in public',
  prepare: async (stage) => {
    await (stage.side === 'on' ? deploySound(stage) : deployFlawed(stage))
    const { world, twin, notes } = stage
    const args = [notes.get('reserve') as Address, unitsOfDollars(coinOf('USD'), reserveDollars)] as const
    const mint = Chain.call(twin.ends.north.tokens.USD, { abi: TestToken.abi, functionName: 'mint', args })
    await Chain.send(world.chains.north, world.accounts.deployer.address, mint)
    await stage.nextBlock()
  },
  observe: readProposals,
  attack: (stage) => (stage.side === 'on' ? borrowAndVote(stage, held) : flash(stage)),
  lostUsd: async ({ world, twin, notes }) => {
    const reserve = notes.get('reserve') as Address
    const left = await balanceOf(world, 'north', twin.ends.north.tokens.USD, reserve)
    return usdOf(coinOf('USD'), unitsOfDollars(coinOf('USD'), reserveDollars) - left)
  },
})

export const flashLoanVote: Scenario = voteWith('borrowed')

async function deployFlawed({ world, notes }: Stage): Promise<void> {
  const north = world.chains.north
  const from = world.accounts.deployer.address
  const token = await Chain.deploy(north, from, { ...TestToken, args: ['Votes', 'VOTE', 18] })
  const lender = await Chain.deploy(north, from, FlashLender)
  const governor = await Chain.deploy(north, from, { ...FlashVoteGovernor, args: [token] })
  notes.set('reserve', await Chain.deploy(north, from, { ...Reserve, args: [governor] }))
  const { abi } = TestToken
  const shares = [
    [lender, votes.lent],
    [world.accounts.voter.address, votes.all - votes.lent],
  ] as const
  for (const args of shares)
    await Chain.send(north, from, Chain.call(token, { abi, functionName: 'mint', args }))
  const args = [lender, governor] as const
  const attacker = world.accounts.attacker.address
  notes.set('borrower', await Chain.deploy(north, attacker, { ...FlashVoteAttacker, args }))
}

// The same votes to be had on loan, under a governor that asks who held them before.
async function deploySound({ world, notes }: Stage): Promise<void> {
  const north = world.chains.north
  const { deployer, lp, voter } = world.accounts
  const from = deployer.address
  const token = await Chain.deploy(north, from, { ...GovernanceToken, args: [from, votes.all] })
  const locks = [seconds(delays.timelock), [], [zeroAddress], from] as const
  const timelock = await Chain.deploy(north, from, { ...Timelock, args: locks })
  const times = [Number(seconds(delays.beforeVote)), Number(seconds(delays.vote))] as const
  const args = [token, timelock, ...times, votes.all / 100n, 20n] as const
  const governor = await Chain.deploy(north, from, { ...CutwaterGovernor, args })
  notes.set('reserve', await Chain.deploy(north, from, { ...Reserve, args: [timelock] }))
  const grant = { functionName: 'grantRole', args: [keccak256(toBytes('PROPOSER_ROLE')), governor] } as const
  const transfer = (to: Address, amount: bigint) =>
    Chain.call(token, { abi: GovernanceToken.abi, functionName: 'transfer', args: [to, amount] })
  const hashes = [
    await Chain.send(north, from, Chain.call(timelock, { abi: Timelock.abi, ...grant })),
    await Chain.send(north, from, transfer(lp.address, votes.lent)),
    await Chain.send(north, from, transfer(voter.address, votes.all - votes.lent)),
  ]
  world.toCheck.push({ chain: north, hashes, what: 'setting up the governor' })
  notes.set('token', token)
  notes.set('governor', governor)
}

async function flash(stage: Stage): Promise<void> {
  const { world, notes } = stage
  const args = [notes.get('reserve') as Address, payOut(stage)] as const
  const attack = { abi: FlashVoteAttacker.abi, functionName: 'attack', args } as const
  const call = Chain.call(notes.get('borrower') as Address, attack)
  await Chain.send(world.chains.north, world.accounts.attacker.address, call)
  await stage.nextBlock()
}

// More than a flash loan gives: the votes are lent for two blocks, long enough to propose with them.
async function borrowAndVote(stage: Stage, held: 'borrowed' | 'kept'): Promise<void> {
  const { world, notes } = stage
  const { attacker, lp } = world.accounts
  const north = world.chains.north
  const token = notes.get('token') as Address
  const { abi } = GovernanceToken
  const move = (to: Address) => Chain.call(token, { abi, functionName: 'transfer', args: [to, votes.lent] })
  const delegate = Chain.call(token, { abi, functionName: 'delegate', args: [attacker.address] })
  const { propose, vote, queue, execute } = await callsOf(stage)
  const wait = async (blocks: number) => {
    for (let block = 0; block < blocks; block++) await stage.nextBlock()
  }
  await Chain.send(north, lp.address, move(attacker.address))
  await wait(1)
  await Chain.send(north, attacker.address, delegate)
  await wait(1)
  await Chain.send(north, attacker.address, propose)
  if (held === 'borrowed') await Chain.send(north, attacker.address, move(lp.address))
  await wait(delays.beforeVote + 2)
  await Chain.send(north, attacker.address, vote)
  await wait(delays.vote + 1)
  await Chain.send(north, attacker.address, queue)
  await wait(delays.timelock + 1)
  await Chain.send(north, attacker.address, execute)
  await wait(1)
}

async function callsOf(stage: Stage) {
  const { world, notes } = stage
  const governor = notes.get('governor') as Address
  const { abi } = CutwaterGovernor
  const proposal = [[notes.get('reserve') as Address], [0n], [payOut(stage)]] as const
  const description = 'Pay what the reserve owes'
  const named = [...proposal, keccak256(toBytes(description))] as const
  const read = { address: governor, abi, functionName: 'getProposalId', args: named } as const
  const id = await world.chains.north.client.readContract(read)
  return {
    propose: Chain.call(governor, { abi, functionName: 'propose', args: [...proposal, description] }),
    vote: Chain.call(governor, { abi, functionName: 'castVote', args: [id, 1] }),
    queue: Chain.call(governor, { abi, functionName: 'queue', args: named }),
    execute: Chain.call(governor, { abi, functionName: 'execute', args: named }),
  }
}

function payOut({ world, twin, rng }: Stage): Hex {
  const amount = unitsOfDollars(coinOf('USD'), dollarsBetween(rng, 1_000_000, reserveDollars))
  const args = [twin.ends.north.tokens.USD, world.accounts.attacker.address, amount, 'a loss'] as const
  return encodeFunctionData({ abi: Reserve.abi, functionName: 'backstop', args })
}

// A proposal is public before anything follows from it.
async function readProposals(
  { world, notes }: Stage,
  place: Place,
  { number, hash, at }: SeenBlock,
): Promise<readonly Change[]> {
  if (place !== 'north') return []
  const address = notes.get('governor') as Address
  const logs = await world.chains.north.client.getLogs({ address, blockHash: hash })
  const proposed = parseEventLogs({ abi: CutwaterGovernor.abi, logs, eventName: 'ProposalCreated' })
  return proposed.map(({ args, transactionHash, logIndex }) => ({
    kind: 'change',
    at,
    chain: chainIds.north,
    tx: transactionHash,
    index: logIndex,
    block: number,
    name: 'ConfigChanged',
    what: `${args.proposer.toLowerCase()} proposes “${args.description}”`,
    announced: true,
  }))
}

function seconds(blocks: number): bigint {
  return BigInt(blocks * blockSeconds)
}
