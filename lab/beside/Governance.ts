import * as CutwaterGovernor from '@cutwater/contracts/generated/CutwaterGovernor.ts'
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
import { announcedChange } from '../bridge/announcedChange.ts'
import { coinOf, unitsOfDollars } from '../bridge/Coins.ts'
import { blockSeconds } from '../bridge/finality.ts'
import * as Chain from '../chain/Chain.ts'
import type { SeenBlock } from '../scenarios/Scenario.ts'
import type { World } from '../World.ts'
import type { Ground } from './Ground.ts'

/** Votes over a reserve on North: a governor that asks who held them before, and a timelock that does what is decided. */
export type Governance = {
  readonly token: Address
  readonly governor: Address
  readonly timelock: Address
  readonly reserve: Address
}

/** What is proposed: to pay somebody out of the reserve, with a reason. */
export type Proposal = { readonly to: Address; readonly amount: bigint; readonly description: string }

/** Votes there are. */
export const allVotes = 1_000_000n * 10n ** 18n

/** What the reserve holds, dollars. */
export const reserveDollars = 5_000_000

/** Days of real governance as blocks of the lab. */
export const delays = { beforeVote: 4, vote: 6, timelock: 4 }

/** Deploys governor, timelock and reserve, and gives the votes to their holders. */
export async function deploy(
  { world }: Pick<Ground, 'world'>,
  holders: readonly (readonly [Address, bigint])[],
): Promise<Governance> {
  const north = world.chains.north
  const from = world.accounts.deployer.address
  const token = await Chain.deploy(north, from, { ...GovernanceToken, args: [from, allVotes] })
  const locks = [seconds(delays.timelock), [], [zeroAddress], from] as const
  const timelock = await Chain.deploy(north, from, { ...Timelock, args: locks })
  const times = [Number(seconds(delays.beforeVote)), Number(seconds(delays.vote))] as const
  const args = [token, timelock, ...times, allVotes / 100n, 20n] as const
  const governor = await Chain.deploy(north, from, { ...CutwaterGovernor, args })
  const reserve = await Chain.deploy(north, from, { ...Reserve, args: [timelock] })
  const grant = { functionName: 'grantRole', args: [keccak256(toBytes('PROPOSER_ROLE')), governor] } as const
  const hashes = [await Chain.send(north, from, Chain.call(timelock, { abi: Timelock.abi, ...grant }))]
  for (const args of holders) {
    const transfer = { abi: GovernanceToken.abi, functionName: 'transfer', args } as const
    hashes.push(await Chain.send(north, from, Chain.call(token, transfer)))
  }
  world.toCheck.push({ chain: north, hashes, what: 'setting up the governor' })
  return { token, governor, timelock, reserve }
}

/** Pays dollars into a reserve. */
export async function endow(
  { world, twin }: Pick<Ground, 'world' | 'twin'>,
  reserve: Address,
): Promise<void> {
  const args = [reserve, unitsOfDollars(coinOf('USD'), reserveDollars)] as const
  const mint = Chain.call(twin.ends.north.tokens.USD, { abi: TestToken.abi, functionName: 'mint', args })
  await Chain.send(world.chains.north, world.accounts.deployer.address, mint)
}

/** The call that pays out of the reserve. */
export function payOut({ twin }: Pick<Ground, 'twin'>, { to, amount, description }: Proposal): Hex {
  const args = [twin.ends.north.tokens.USD, to, amount, description] as const
  return encodeFunctionData({ abi: Reserve.abi, functionName: 'backstop', args })
}

/** A proposal's way from words to money: its id, and the calls it takes. */
export async function callsOf(
  ground: Pick<Ground, 'world' | 'twin'>,
  { governor, reserve }: Governance,
  proposal: Proposal,
) {
  const { abi } = CutwaterGovernor
  const { description } = proposal
  const what = [[reserve], [0n], [payOut(ground, proposal)]] as const
  const named = [...what, keccak256(toBytes(description))] as const
  const read = { address: governor, abi, functionName: 'getProposalId', args: named } as const
  const id = await ground.world.chains.north.client.readContract(read)
  return {
    id,
    propose: Chain.call(governor, { abi, functionName: 'propose', args: [...what, description] }),
    vote: Chain.call(governor, { abi, functionName: 'castVote', args: [id, 1] }),
    queue: Chain.call(governor, { abi, functionName: 'queue', args: named }),
    execute: Chain.call(governor, { abi, functionName: 'execute', args: named }),
  }
}

/** What is proposed in a block: public before anything follows from it. */
export async function readProposals(
  { chains }: World,
  governor: Address,
  block: SeenBlock,
): Promise<readonly Change[]> {
  const logs = await chains.north.client.getLogs({ address: governor, blockHash: block.hash })
  const proposed = parseEventLogs({ abi: CutwaterGovernor.abi, logs, eventName: 'ProposalCreated' })
  return proposed.map((log) =>
    announcedChange(
      'north',
      block,
      log,
      `${log.args.proposer.toLowerCase()} proposes “${log.args.description}”`,
    ),
  )
}

function seconds(blocks: number): bigint {
  return BigInt(blocks * blockSeconds)
}
