import * as CutwaterGovernor from '@cutwater/contracts/generated/CutwaterGovernor.ts'
import * as GovernanceToken from '@cutwater/contracts/generated/GovernanceToken.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import * as Governance from '../beside/Governance.ts'
import type { Ground } from '../beside/Ground.ts'
import { coinOf, unitsOfDollars } from '../bridge/Coins.ts'
import type { Twin } from '../bridge/Twin.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'

/** Somebody who proposes to pay for audits out of the reserve, votes for it, and sees it through the timelock. */
export type Voter = {
  readonly twin: Twin
  readonly governance: Governance.Governance
  readonly rng: Rng.Rng
  current: Governance.Proposal
  /** whether the current one is carried out, as far as is known: a reorganisation may take that back */
  isResting: boolean
  /** block before which nothing is to be done */
  nextAt: number
  executed: number
}

/** Blocks from one proposal's end to the next, and dollars of one audit. */
export const restBlocks = 40
export const auditDollars = { least: 1_000, most: 5_000 }

export async function create(ground: Ground): Promise<Voter> {
  const { world, twin } = ground
  const { voter } = world.accounts
  const governance = await Governance.deploy(ground, [[voter.address, Governance.allVotes]])
  await Governance.endow(ground, governance.reserve)
  const call = { abi: GovernanceToken.abi, functionName: 'delegate', args: [voter.address] } as const
  await Chain.send(world.chains.north, voter.address, Chain.call(governance.token, call))
  const rng = Rng.fork(Rng.create(world.seed), 'voter')
  const current = draw(world, rng, 0)
  return { twin, governance, rng, current, isResting: false, nextAt: world.height + 2, executed: 0 }
}

/** The next step of the current proposal, by what the chain says of it: whatever was taken back is done again. */
export async function act(world: World, voter: Voter): Promise<void> {
  if (world.height < voter.nextAt) return
  const { twin, governance, current } = voter
  const { id, propose, vote, queue, execute } = await Governance.callsOf({ world, twin }, governance, current)
  const read = {
    address: governance.governor,
    abi: CutwaterGovernor.abi,
    blockNumber: BigInt(world.height),
  } as const
  const { client } = world.chains.north
  const send = (call: Chain.Call) => Chain.send(world.chains.north, world.accounts.voter.address, call)
  const snapshot = await client.readContract({ ...read, functionName: 'proposalSnapshot', args: [id] })
  if (snapshot === 0n) return void (await send(propose))
  switch (await client.readContract({ ...read, functionName: 'state', args: [id] })) {
    case states.active: {
      const args = [id, world.accounts.voter.address] as const
      const hasVoted = await client.readContract({ ...read, functionName: 'hasVoted', args })
      if (!hasVoted) await send(vote)
      return
    }
    case states.succeeded:
      return void (await send(queue))
    case states.queued: {
      const eta = await client.readContract({ ...read, functionName: 'proposalEta', args: [id] })
      if (Number(eta) <= world.at) await send(execute)
      return
    }
    case states.executed:
      rest(world, voter)
  }
}

// ProposalState of IGovernor.sol.
const states = { active: 1, succeeded: 4, queued: 5, executed: 7 }

function rest(world: World, voter: Voter): void {
  if (voter.isResting) {
    voter.executed += 1
    voter.current = draw(world, voter.rng, voter.executed)
  } else voter.nextAt = world.height + restBlocks
  voter.isResting = !voter.isResting
}

function draw({ accounts }: World, rng: Rng.Rng, nth: number): Governance.Proposal {
  const { least, most } = auditDollars
  const amount = unitsOfDollars(coinOf('USD'), least + Rng.integer(rng, most - least + 1))
  return { to: accounts.deployer.address, amount, description: `Audit ${nth + 1}` }
}
