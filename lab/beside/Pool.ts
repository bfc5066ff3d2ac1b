import * as IPair from '@cutwater/contracts/generated/IPair.ts'
import * as LiquidityBridge from '@cutwater/contracts/generated/LiquidityBridge.ts'
import * as PairOracle from '@cutwater/contracts/generated/PairOracle.ts'
import * as SpotOracle from '@cutwater/contracts/generated/SpotOracle.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import * as Factory from '@cutwater/contracts/uniswapV2Factory.ts'
import type { Quote } from '@cutwater/core/bridge/Observation.ts'
import { type Address, type Hex, maxUint256, parseAbi, parseEventLogs } from 'viem'
import { chainIds, coinOf, unitsOfDollars } from '../bridge/Coins.ts'
import * as Chain from '../chain/Chain.ts'
import type { SeenBlock } from '../scenarios/Scenario.ts'
import type { World } from '../World.ts'
import type { Ground } from './Ground.ts'

/** A Uniswap v2 pair of wrapped and native dollars on South, and the liquidity bridge that trades over it. */
export type Pool = {
  readonly wrapped: Address
  readonly native: Address
  readonly pair: Address
  readonly oracle: Address
  readonly bridge: Address
  /** block in which all of it was there */
  readonly readyAt: number
}

/** Dollars on each side of the pair, and in the liquidity bridge’s inventory. */
export const poolDollars = 2_000_000
export const inventoryDollars = 5_000_000

/** How far the pair may be from the oracle, basis points. */
export const deviationBps = 200

/** How long the guarded side’s oracle averages, seconds: half an hour, as PairOracle’s own test. */
export const averageSeconds = 1_800

/** Deploys pair, oracle and liquidity bridge: the guarded side’s oracle averages, the other believes the moment. */
export async function deploy(ground: Ground): Promise<Pool> {
  const { world, twin } = ground
  const { deployer, admin } = world.accounts
  const south = world.chains.south
  const from = deployer.address
  const { escrow, tokens } = twin.ends.south
  const wrapped = tokens.USD
  const native = await Chain.deploy(south, from, { ...TestToken, args: ['Native Dollar', 'nUSD', 6] })
  const pair = await createPair(ground, wrapped, native)
  await addLiquidity(ground, { wrapped, native, pair })
  const oracle =
    twin.side === 'off'
      ? await Chain.deploy(south, from, { ...SpotOracle, args: [pair] })
      : await averaged(ground, pair)
  const args = [admin.address, escrow, pair, wrapped, native, oracle, BigInt(deviationBps), 10n] as const
  const bridge = await Chain.deploy(south, from, { ...LiquidityBridge, args })
  await mint(world, native, bridge, inventoryDollars)
  const readyAt = await ground.nextBlock()
  return { wrapped, native, pair, oracle, bridge, readyAt }
}

/** Brings the oracle up to date, as anybody may once its period is over. */
export async function updateOracle(
  { world }: Pick<Ground, 'world'>,
  { oracle }: Pick<Pool, 'oracle'>,
  by: Address,
): Promise<Hex> {
  const call = Chain.call(oracle, { abi: PairOracle.abi, functionName: 'update' })
  return Chain.send(world.chains.south, by, call)
}

/** Gives somebody wrapped dollars of an early depositor, who has plenty, and native ones out of nothing. */
export async function endow(
  { world }: Pick<Ground, 'world'>,
  { wrapped, native, bridge }: Pool,
  to: Address,
  dollars: { readonly wrapped: number; readonly native: number },
): Promise<void> {
  const { depositors } = world.accounts
  const south = world.chains.south
  const { abi } = TestToken
  const give = { abi, functionName: 'transfer', args: [to, dollarUnits(dollars.wrapped)] } as const
  await Chain.send(south, depositors[0]!.address, Chain.call(wrapped, give))
  const approve = { abi, functionName: 'approve', args: [bridge, maxUint256] } as const
  for (const token of [wrapped, native]) await Chain.send(south, to, Chain.call(token, approve))
  await mint(world, native, to, dollars.native)
}

/** What is in the pair. */
export type Reserves = { readonly wrapped: bigint; readonly native: bigint }

export async function reservesOf(
  { world }: Pick<Ground, 'world'>,
  { pair, wrapped, native }: Pool,
): Promise<Reserves> {
  const { client } = world.chains.south
  const [zero, one] = await client.readContract({
    address: pair,
    abi: IPair.abi,
    functionName: 'getReserves',
  })
  return wrapped < native ? { wrapped: zero, native: one } : { wrapped: one, native: zero }
}

/**
 * What a pair pays: `y·0.997·a / (x + 0.997·a)` (Uniswap v2, 0.3% of what comes in stays).
 *
 * @example
 * Pool.paid(2000000n, 2000000n, 100000n) // 94966n
 */
export function paid(reserveIn: bigint, reserveOut: bigint, amountIn: bigint): bigint {
  const kept = amountIn * 997n
  return (kept * reserveOut) / (reserveIn * 1_000n + kept)
}

/**
 * What to sell a pair whose two sides are worth the same until the next unit would cost more than it brings:
 * `(√(0.997·x·y) − x) / 0.997`, where `y·0.997·a / (x + 0.997·a) − a` is largest; 0 where its fee eats it all.
 *
 * @example
 * Pool.toPar(1900000n, 2000000n) // 46604n
 */
export function toPar(reserveIn: bigint, reserveOut: bigint): bigint {
  const [x, y] = [Number(reserveIn), Number(reserveOut)]
  return BigInt(Math.max(0, Math.floor((Math.sqrt(0.997 * x * y) - x) / 0.997)))
}

export type Side = 'wrapped' | 'native'

export function other(side: Side): Side {
  return side === 'wrapped' ? 'native' : 'wrapped'
}

/** Trades through the liquidity bridge, which refuses less than `least` and a pair that is away from its oracle. */
export async function swap(
  { world }: Pick<Ground, 'world'>,
  pool: Pool,
  to: Address,
  { sells, amountIn, least }: { readonly sells: Side; readonly amountIn: bigint; readonly least: bigint },
): Promise<Hex> {
  const args = [pool[sells], amountIn, least, BigInt(world.at + 3_600), to] as const
  const call = Chain.call(pool.bridge, { abi: LiquidityBridge.abi, functionName: 'swap', args })
  return Chain.send(world.chains.south, to, call)
}

/** Trades in the pair itself, past the liquidity bridge and its checks. */
export async function rawSwap(
  { world }: Pick<Ground, 'world'>,
  pool: Pool,
  from: Address,
  trade: { readonly sells: Side; readonly amountIn: bigint; readonly amountOut: bigint },
  fee: bigint = Chain.fees.normal,
): Promise<void> {
  const south = world.chains.south
  const { sells, amountIn, amountOut } = trade
  const give = { abi: TestToken.abi, functionName: 'transfer', args: [pool.pair, amountIn] } as const
  await Chain.send(south, from, Chain.call(pool[sells], give), fee)
  const isZeroOut = pool.wrapped < pool.native !== (sells === 'wrapped')
  const outs = isZeroOut ? [amountOut, 0n] : [0n, amountOut]
  const args = [outs[0]!, outs[1]!, from, '0x'] as const
  const swap = Chain.call(pool.pair, { abi: IPair.abi, functionName: 'swap', args })
  await Chain.send(south, from, swap, fee)
}

/** Every price the pair had within a block, also those that were gone at its end, and what the oracle says. */
export async function readQuotes(
  { world }: Pick<Ground, 'world'>,
  { pair, oracle, wrapped, native, readyAt }: Pool,
  { number, hash, at }: SeenBlock,
): Promise<readonly Quote[]> {
  if (number <= readyAt) return []
  const { client } = world.chains.south
  const logs = await client.getLogs({ address: pair, blockHash: hash })
  const synced = parseEventLogs({ abi: sync, logs })
  if (synced.length === 0) return []
  const quote = { kind: 'quote', at, chain: chainIds.south, block: number, token: 'USD' } as const
  const read = { address: oracle, abi: PairOracle.abi, functionName: 'priceOf', args: [wrapped] } as const
  const believed = await client.readContract({ ...read, blockNumber: BigInt(number) })
  const price = Number(believed) / 1e18
  const traded = synced.map(({ args, transactionHash, logIndex }): Quote => {
    const [w, n] = wrapped < native ? [args.reserve0, args.reserve1] : [args.reserve1, args.reserve0]
    return { ...quote, tx: transactionHash, index: logIndex, source: 'pool', price: Number(n) / Number(w) }
  })
  return [{ ...quote, tx: hash, index: 0, source: 'oracle', price }, ...traded]
}

export function dollarUnits(dollars: number): bigint {
  return unitsOfDollars(coinOf('USD'), dollars)
}

const sync = parseAbi(['event Sync(uint112 reserve0, uint112 reserve1)'])

async function createPair(ground: Ground, wrapped: Address, native: Address): Promise<Address> {
  const south = ground.world.chains.south
  const from = ground.world.accounts.deployer.address
  const { abi } = Factory
  const factory = await Chain.deploy(south, from, { abi, bytecode: Factory.readBytecode(), args: [from] })
  const args = [wrapped, native] as const
  await Chain.send(south, from, Chain.call(factory, { abi, functionName: 'createPair', args }))
  await ground.nextBlock()
  const pair = await south.client.readContract({ address: factory, abi, functionName: 'getPair', args })
  return pair.toLowerCase() as Address
}

async function addLiquidity(
  ground: Ground,
  { wrapped, native, pair }: Pick<Pool, 'wrapped' | 'native' | 'pair'>,
): Promise<void> {
  const { world } = ground
  const south = world.chains.south
  const { depositors, deployer } = world.accounts
  const give = {
    abi: TestToken.abi,
    functionName: 'transfer',
    args: [pair, dollarUnits(poolDollars)],
  } as const
  const gave = await Chain.send(south, depositors[0]!.address, Chain.call(wrapped, give))
  await mint(world, native, pair, poolDollars)
  await ground.nextBlock()
  const shares = { abi: IPair.abi, functionName: 'mint', args: [deployer.address] } as const
  const minted = await Chain.send(south, deployer.address, Chain.call(pair, shares))
  world.toCheck.push({ chain: south, hashes: [gave, minted], what: 'filling the pair' })
  await ground.nextBlock()
}

// The average of half an hour in which nothing was traded.
async function averaged(ground: Ground, pair: Address): Promise<Address> {
  const { world } = ground
  const south = world.chains.south
  const from = world.accounts.deployer.address
  const oracle = await Chain.deploy(south, from, { ...PairOracle, args: [pair, averageSeconds] })
  await ground.nextBlock()
  const usual = world.blockSeconds
  world.blockSeconds = averageSeconds
  await ground.nextBlock()
  world.blockSeconds = usual
  const hashes = [await updateOracle(ground, { oracle }, from)]
  world.toCheck.push({ chain: south, hashes, what: 'updating the oracle' })
  await ground.nextBlock()
  return oracle
}

async function mint(world: World, token: Address, to: Address, dollars: number): Promise<Hex> {
  const args = [to, dollarUnits(dollars)] as const
  const call = Chain.call(token, { abi: TestToken.abi, functionName: 'mint', args })
  return Chain.send(world.chains.south, world.accounts.deployer.address, call)
}
