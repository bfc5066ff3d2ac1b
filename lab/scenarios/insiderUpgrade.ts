import * as DrainingEscrow from '@cutwater/contracts/generated/DrainingEscrow.ts'
import * as InsiderProxy from '@cutwater/contracts/generated/InsiderProxy.ts'
import * as ProxyAdmin from '@cutwater/contracts/generated/ProxyAdmin.ts'
import * as Timelock from '@cutwater/contracts/generated/Timelock.ts'
import * as UpgradeableEscrow from '@cutwater/contracts/generated/UpgradeableEscrow.ts'
import type { Change } from '@cutwater/core/bridge/Observation.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import {
  type Address,
  encodeFunctionData,
  getContractAddress,
  type Hex,
  parseEventLogs,
  zeroAddress,
  zeroHash,
} from 'viem'
import { announcedChange } from '../bridge/announcedChange.ts'
import type { Place } from '../bridge/Coins.ts'
import type { DeployEscrow } from '../bridge/deployTwins.ts'
import { blockSeconds } from '../bridge/finality.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'
import type { Scenario, SeenBlock, Stage } from './Scenario.ts'
import { begins, between, loot } from './steal.ts'

// The insider's key has deployed the proxy and may give it other code at any time.
const behindProxy: DeployEscrow = async ({ chains, accounts }, place) => {
  const { deployer, admin, attacker: insider } = accounts
  const chain = chains[place]
  const code = await Chain.deploy(chain, deployer.address, UpgradeableEscrow)
  const { abi } = UpgradeableEscrow
  const initialize = encodeFunctionData({ abi, functionName: 'initialize', args: [admin.address] })
  const args = [code, insider.address, initialize] as const
  return Chain.deploy(chain, deployer.address, { ...InsiderProxy, args })
}

/** A block of the lab stands for a quarter of a day; a week of waiting is as good as a longer one. */
const blockStandsFor = day / 4
const mostBlocks = 28
/** Within so many blocks, from so many to so many, somebody notices what waits and cancels it. */
const noticing = [1, 6] as const

/** How long an upgrade waits on the guarded twin, blocks. */
function delayOf({ scale }: World): number {
  return Math.min(mostBlocks, Math.floor(scale.timelockSeconds / blockStandsFor))
}

/** The scenario with people who cancel what they see waiting, or with nobody who looks. */
export const insiderUpgradeSeenBy = (people: 'somebody' | 'nobody'): Scenario => ({
  name: 'insider-upgrade',
  incident: 'ALEX / XLink 2024',
  says: 'Whoever holds the key that may upgrade gives the escrow code that pays out everything, and drains it blocks later.',
  steps: 'many',
  visibleBefore: false,
  deceived: false,
  limitedBy:
    'the timelock alone: new code asks no guard, so no limit and no pause would hold it. The upgrade waits in public, and whoever looks must cancel it in time',
  parts: { escrow: behindProxy },
  prepare: async (stage) => {
    if (stage.side === 'off') return
    stage.notes.set('timelock', await giveToTimelock(stage))
    await stage.nextBlock()
  },
  observe: readScheduled,
  attack: async (stage) => {
    const { world } = stage
    const { attacker } = world.accounts
    const draining = await Chain.deploy(world.chains.north, attacker.address, DrainingEscrow)
    await stage.nextBlock()
    begins(stage)
    await send(stage, upgradeTo(stage, draining))
    await stage.nextBlock()
    if (stage.side === 'on') await tryByTimelock(stage, draining, people)
    else for (let block = 0; block < 4; block++) await stage.nextBlock()
    await takeAll(stage)
    await stage.nextBlock()
  },
})

export const insiderUpgrade: Scenario = insiderUpgradeSeenBy('somebody')

async function giveToTimelock(stage: Stage): Promise<Address> {
  const { chains, accounts } = stage.world
  const insider = accounts.attacker.address
  const chain = chains.north
  // The stolen key still may propose, as the team's deployer would; anybody may execute.
  const args = [
    BigInt(delayOf(stage.world) * blockSeconds),
    [insider],
    [zeroAddress],
    accounts.admin.address,
  ] as const
  const timelock = await Chain.deploy(chain, accounts.deployer.address, { ...Timelock, args })
  await stage.nextBlock()
  const { abi } = Timelock
  const client = chain.client
  const role = await client.readContract({ address: timelock, abi, functionName: 'CANCELLER_ROLE' })
  const grant = Chain.call(timelock, { abi, functionName: 'grantRole', args: [role, accounts.admin.address] })
  const give = { abi: ProxyAdmin.abi, functionName: 'transferOwnership', args: [timelock] } as const
  const hashes = [
    await Chain.send(chain, accounts.admin.address, grant),
    await send(stage, Chain.call(proxyAdminOf(stage), give)),
  ]
  stage.world.toCheck.push({ chain, hashes, what: 'giving the proxy to the timelock' })
  return timelock
}

// The insider knows that the direct way is shut, and schedules; people cancel while it waits.
async function tryByTimelock(stage: Stage, draining: Address, people: 'somebody' | 'nobody'): Promise<void> {
  const { world, notes } = stage
  const { chains, accounts } = world
  const delayBlocks = delayOf(world)
  const timelock = notes.get('timelock') as Address
  const { abi } = Timelock
  const { to, data } = upgradeTo(stage, draining)
  const operation = [to, 0n, data, zeroHash, zeroHash] as const
  const schedule = [...operation, BigInt(delayBlocks * blockSeconds)] as const
  await send(stage, Chain.call(timelock, { abi, functionName: 'schedule', args: schedule }))
  const noticed = between(stage.rng, ...noticing)
  const inTime = noticed < delayBlocks
  for (let block = 0; block < Math.min(noticed, delayBlocks); block++) await stage.nextBlock()
  const hash = { address: timelock, abi, functionName: 'hashOperation', args: operation } as const
  const id = await chains.north.client.readContract(hash)
  const cancel = Chain.call(timelock, { abi, functionName: 'cancel', args: [id] })
  if (people === 'somebody' && inTime) await Chain.send(chains.north, accounts.admin.address, cancel)
  for (let block = Math.min(noticed, delayBlocks); block <= delayBlocks; block++) await stage.nextBlock()
  await send(stage, Chain.call(timelock, { abi, functionName: 'execute', args: operation }))
  await stage.nextBlock()
}

async function takeAll(stage: Stage): Promise<void> {
  const { twin, world } = stage
  const { escrow, tokens } = twin.ends.north
  for (const symbol of loot) {
    const args = [tokens[symbol], world.accounts.attacker.address] as const
    await send(stage, Chain.call(escrow, { abi: DrainingEscrow.abi, functionName: 'drain', args }))
  }
}

function upgradeTo(stage: Stage, code: Address): Chain.Call {
  const args = [stage.twin.ends.north.escrow, code, '0x'] as const
  return Chain.call(proxyAdminOf(stage), { abi: ProxyAdmin.abi, functionName: 'upgradeAndCall', args })
}

// A proxy's first creation is its admin contract.
function proxyAdminOf({ twin }: Stage): Address {
  return getContractAddress({ from: twin.ends.north.escrow, nonce: 1n })
}

function send({ world }: Stage, call: Chain.Call): Promise<Hex> {
  return Chain.send(world.chains.north, world.accounts.attacker.address, call)
}

// What waits in the timelock is public before it is done.
async function readScheduled(
  { world, notes }: Stage,
  place: Place,
  block: SeenBlock,
): Promise<readonly Change[]> {
  const address = notes.get('timelock') as Address
  if (place !== 'north') return []
  const logs = await world.chains.north.client.getLogs({ address, blockHash: block.hash })
  const scheduled = parseEventLogs({ abi: Timelock.abi, logs, eventName: 'CallScheduled' })
  return scheduled.map((log) =>
    announcedChange(
      'north',
      block,
      log,
      `A call to ${log.args.target.toLowerCase()} is scheduled, due in ${log.args.delay} s`,
    ),
  )
}
