import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import type { Message } from '@cutwater/contracts/TypedData.ts'
import { maxUint256, parseEventLogs } from 'viem'
import { chainIds, coinOf, unitsOfDollars } from '../bridge/Coins.ts'
import { finalityBlocks } from '../bridge/finality.ts'
import { signedBy } from '../bridge/Verifier.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { begins, dollarsBetween, release } from './steal.ts'

/** The most that is deposited, dollars; the small one fits what may pass unproven. */
const deposits = [20_000_000, 900]

export const reorgDoubleSpend: Scenario = {
  name: 'reorg-double-spend',
  incident: 'none in the table; the Nomad log of 2022 has five deposits paid before they were final',
  says: 'Validators sign a deposit before it is final; it is paid on South, and then North forgets that it ever came.',
  steps: 'many',
  // It begins with a deposit that is really made; that its chain will forget it nobody can know.
  visibleBefore: false,
  deceived: false,
  limitedBy:
    'the allowance for unproven value: watchers attest nothing that is not final, whatever the validators sign. A reorganisation deeper than the finality asked for would pass as proven, up to the total limit',
  prepare: async (stage) => {
    await getMoney(stage)
    await stage.nextBlock()
  },
  attack: async (stage) => {
    stage.rest()
    // What honest people sent is final and paid before North is touched: they are not whom it is about.
    for (let block = 0; block < 2 * finalityBlocks + 4; block++) await stage.nextBlock()
    const sizes = [
      dollarsBetween(stage.rng, 1_000_000, deposits[0]!),
      dollarsBetween(stage.rng, 100, deposits[1]!),
    ]
    await stage.between(async () => {
      for (const dollars of sizes) await deposit(stage, dollars)
    })
    const depositedAt = await stage.nextBlock()
    begins(stage)
    await stage.between(() => payAll(stage, depositedAt))
    await stage.nextBlock()
    await forget(stage, depositedAt)
    for (let block = 0; block < 6; block++) await stage.nextBlock()
  },
}

async function getMoney({ world, twin }: Stage): Promise<void> {
  const chain = world.chains.north
  const { address } = world.accounts.attacker
  const { escrow, tokens } = twin.ends.north
  const amount = deposits.reduce((sum, dollars) => sum + unitsOfDollars(coinOf('USD'), dollars), 0n)
  const mint = { abi: TestToken.abi, functionName: 'mint', args: [address, amount] } as const
  const approve = { abi: TestToken.abi, functionName: 'approve', args: [escrow, maxUint256] } as const
  await Chain.send(chain, address, Chain.call(tokens.USD, mint))
  await Chain.send(chain, address, Chain.call(tokens.USD, approve))
}

async function deposit({ world, twin }: Stage, dollars: number): Promise<void> {
  const { address } = world.accounts.attacker
  const { escrow, tokens } = twin.ends.north
  const amount = unitsOfDollars(coinOf('USD'), dollars)
  const args = [tokens.USD, BigInt(chainIds.south), address, amount] as const
  const send = Chain.call(escrow, { abi: Escrow.abi, functionName: 'send', args })
  await Chain.send(world.chains.north, address, send)
}

async function payAll(stage: Stage, depositedAt: number): Promise<void> {
  for (const message of await sentAt(stage, depositedAt)) {
    const proof = await signedBy(stage.world.accounts.validators, message)
    await release(stage, message, proof, await stage.attest(message))
  }
}

async function sentAt({ world, twin }: Stage, height: number): Promise<Message[]> {
  const { escrow } = twin.ends.north
  const block = { fromBlock: BigInt(height), toBlock: BigInt(height) }
  const logs = await world.chains.north.client.getLogs({ address: escrow, ...block })
  return parseEventLogs({ abi: Escrow.abi, logs, eventName: 'Locked' }).map(({ args }) => ({
    ...args,
    sourceChain: BigInt(chainIds.north),
    sourceBridge: escrow,
    destinationBridge: twin.ends.south.escrow,
  }))
}

// Both deposits are on the same chain: it forgets them once both have been paid.
const paid = new WeakMap<World, number>()

async function forget({ world, between }: Stage, depositedAt: number): Promise<void> {
  const first = paid.get(world)
  paid.set(world, depositedAt)
  if (first === undefined) return
  await between(() => Chain.reorganise(world.chains.north, world.height - Math.min(first, depositedAt) + 1))
}
