import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import type { Message } from '@cutwater/contracts/TypedData.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { fromDollars } from '@cutwater/core/units/Usd.ts'
import type { Hex } from 'viem'
import { coinOf, type Place, placeOf, type Ticker, usdOf } from '../bridge/Coins.ts'
import { directions } from '../bridge/deployTwins.ts'
import * as Scale from '../bridge/Scale.ts'
import { messageOf } from '../bridge/Twin.ts'
import * as Chain from '../chain/Chain.ts'
import type { Stage } from './Scenario.ts'

/** A message nobody sent, in the attacker's favour; its nonce is far ahead of what the source has sent. */
export function forge({ world, twin, notes }: Stage, from: Place, symbol: Ticker, amount: bigint): Message {
  const { address } = world.accounts.attacker
  const nth = Number(notes.get('forged') ?? 0)
  notes.set('forged', nth + 1)
  return messageOf(twin, from, symbol, {
    nonce: BigInt(1_000_000 + nth),
    sender: address,
    beneficiary: address,
    amount,
  })
}

/** Sends a release of a message as the attacker; anybody may release. */
export async function release(
  { world, fee }: Stage,
  message: Message,
  proof: Hex,
  attestations: readonly Hex[] = [],
): Promise<Hex> {
  const call = Chain.call(message.destinationBridge, {
    abi: Escrow.abi,
    functionName: 'release',
    args: [message, proof, attestations],
  })
  const chain = world.chains[placeOf(message.destinationChain)]
  return Chain.send(chain, world.accounts.attacker.address, call, fee)
}

/** Draws dollars between two amounts, small ones as often as large ones: whole dollars, even on a scale of ratios. */
export function dollarsBetween(rng: Rng.Rng, least: number, most: number): number {
  return Math.round(least * (most / least) ** Rng.uniform(rng))
}

/** The same of a drain: as much more or less as there is to take than in the lab's own bridge. */
export function drainBetween({ rng, world }: Stage, least: number, most: number): number {
  return dollarsBetween(rng, least, most) * Scale.shareOf(world.scale, loot)
}

/** Draws a whole number from `least` to `most`. */
export function between(rng: Rng.Rng, least: number, most: number): number {
  return least + Rng.integer(rng, most - least + 1)
}

/** Says that the attack proper begins with the next block; what came before was preparation anybody could do. */
export function begins({ world, notes }: Stage): void {
  notes.set('began', world.height + 1)
}

/** What would pass the guard of a place at this moment without a proof, raw units; null where no guard asks. */
export async function roomFor(
  { world, twin }: Stage,
  place: Place,
  symbol: Ticker,
  proven = false,
): Promise<bigint | null> {
  const { guard, tokens } = twin.ends[place]
  const { client } = world.chains[place]
  // At a named block: between two blocks a node may pair the new state with the old time.
  const at = { address: guard, abi: Guard.abi, blockNumber: BigInt(world.height) } as const
  const level = await client.readContract({ ...at, functionName: 'level' })
  if (level < 2) return null
  const args = [tokens[symbol], directions.in] as const
  const limits = await client.readContract({ ...at, functionName: 'limitsOf', args })
  const [, , unprovenRoom, totalRoom] = limits
  return level === 3 && !proven && unprovenRoom < totalRoom ? unprovenRoom : totalRoom
}

// What comes back into a bucket from one block to the next does not pay for the gas.
function isWorthIt(symbol: Ticker, amount: bigint): boolean {
  return usdOf(coinOf(symbol), amount) >= fromDollars(20)
}

/** What can be taken on North: the coins at home there. */
export const loot: readonly Ticker[] = ['USD', 'ETH']

export type Drain = {
  /** what one release asks for, raw units */
  readonly piece: (symbol: Ticker) => bigint
  /** releases of each coin per block, and blocks */
  readonly perBlock: number
  readonly blocks: number
  readonly prove: (message: Message) => Promise<Hex>
}

/**
 * Takes the loot piece by piece. Where a guard stands, the attacker knows its limits as well as we do, and takes
 * beside each block's pieces exactly what would still fit: the worst that can be done against a bucket.
 */
export async function drain(stage: Stage, { piece, perBlock, blocks, prove }: Drain): Promise<void> {
  const order = Rng.shuffle(stage.rng, loot)
  for (let block = 0; block < blocks; block++) {
    for (const symbol of order) {
      const room = await roomFor(stage, 'north', symbol)
      const amount = piece(symbol)
      if (room !== null && room < amount && isWorthIt(symbol, room)) await take(stage, symbol, room, prove)
      for (let nth = 0; nth < perBlock; nth++) await take(stage, symbol, amount, prove)
    }
    await stage.nextBlock()
  }
}

async function take(stage: Stage, symbol: Ticker, amount: bigint, prove: Drain['prove']): Promise<void> {
  const message = forge(stage, 'south', symbol, amount)
  await release(stage, message, await prove(message))
}
