import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import { maxUint256 } from 'viem'
import type { Ground } from '../beside/Ground.ts'
import * as Pool from '../beside/Pool.ts'
import { chainIds, other, type Place } from '../bridge/Coins.ts'
import type { Twin } from '../bridge/Twin.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'

/**
 * Somebody who buys where wrapped dollars are cheap and sells where they are dear, in one pair, until its fee eats
 * the rest; what he has too many of he redeems over the bridge, and what he lacks he locks for.
 */
export type Arbitrageur = {
  readonly twin: Twin
  readonly pool: Pool.Pool
  /** wrapped dollars bought and not yet redeemed, raw units; below 0 what was sold out of his own */
  surplus: bigint
  trades: number
}

/** What he has of each, dollars. */
export const purseDollars = 500_000

/** What he waits for before he pays for a way over the bridge. */
const redeemed = Pool.dollarUnits(5_000)
const least = Pool.dollarUnits(20)

/** Gives him his purse: both dollars on South, and those that are at home on North. */
export async function create(ground: Ground, pool: Pool.Pool): Promise<Arbitrageur> {
  const { world, twin } = ground
  const { arbitrageur, deployer } = world.accounts
  const { escrow, tokens } = twin.ends.north
  const purse = { wrapped: purseDollars, native: purseDollars }
  await Pool.endow(ground, pool, arbitrageur.address, purse)
  const { abi } = TestToken
  const mint = {
    abi,
    functionName: 'mint',
    args: [arbitrageur.address, Pool.dollarUnits(purseDollars)],
  } as const
  const approve = { abi, functionName: 'approve', args: [escrow, maxUint256] } as const
  await Chain.send(world.chains.north, deployer.address, Chain.call(tokens.USD, mint))
  await Chain.send(world.chains.north, arbitrageur.address, Chain.call(tokens.USD, approve))
  return { twin, pool, surplus: 0n, trades: 0 }
}

export async function act(world: World, arbitrageur: Arbitrageur): Promise<void> {
  await trade(world, arbitrageur)
  await carry(world, arbitrageur)
}

async function trade(world: World, arbitrageur: Arbitrageur): Promise<void> {
  const { pool } = arbitrageur
  const { address } = world.accounts.arbitrageur
  const { wrapped, native } = await Pool.reservesOf({ world }, pool)
  const sells = wrapped < native ? 'wrapped' : 'native'
  const [reserveIn, reserveOut] = sells === 'wrapped' ? [wrapped, native] : [native, wrapped]
  const amountIn = Pool.toPar(reserveIn, reserveOut)
  if (amountIn < least) return
  // Somebody may come first in the same block: he takes no trade that loses.
  await Pool.swap({ world }, pool, address, { sells, amountIn, least: amountIn })
  arbitrageur.trades += 1
  arbitrageur.surplus += sells === 'wrapped' ? -amountIn : Pool.paid(reserveIn, reserveOut, amountIn)
}

async function carry(world: World, arbitrageur: Arbitrageur): Promise<void> {
  const { surplus } = arbitrageur
  if (surplus >= redeemed) await send(world, arbitrageur, 'south', surplus)
  else if (-surplus >= redeemed) await send(world, arbitrageur, 'north', -surplus)
  else return
  arbitrageur.surplus = 0n
}

async function send(world: World, { twin }: Arbitrageur, from: Place, amount: bigint): Promise<void> {
  const { address } = world.accounts.arbitrageur
  const { escrow, tokens } = twin.ends[from]
  const args = [tokens.USD, BigInt(chainIds[other(from)]), address, amount] as const
  const call = Chain.call(escrow, { abi: Escrow.abi, functionName: 'send', args })
  await Chain.send(world.chains[from], address, call)
}
