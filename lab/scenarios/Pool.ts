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
import type { World } from '../World.ts'
import type { SeenBlock, Stage } from './Scenario.ts'

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
export async function deploy(stage: Stage): Promise<Pool> {
  const { world, twin, side } = stage
  const { deployer, admin } = world.accounts
  const south = world.chains.south
  const from = deployer.address
  const { escrow, tokens } = twin.ends.south
  const wrapped = tokens.USD
  const native = await Chain.deploy(south, from, { ...TestToken, args: ['Native Dollar', 'nUSD', 6] })
  const pair = await createPair(stage, wrapped, native)
  await addLiquidity(stage, { wrapped, native, pair })
  const oracle =
    side === 'off'
      ? await Chain.deploy(south, from, { ...SpotOracle, args: [pair] })
      : await averaged(stage, pair)
  const args = [admin.address, escrow, pair, wrapped, native, oracle, BigInt(deviationBps), 10n] as const
  const bridge = await Chain.deploy(south, from, { ...LiquidityBridge, args })
  await mint(world, native, bridge, inventoryDollars)
  const readyAt = await stage.nextBlock()
  return { wrapped, native, pair, oracle, bridge, readyAt }
}

/** Gives somebody wrapped dollars of an early depositor, who has plenty, and native ones out of nothing. */
export async function endow(
  { world }: Stage,
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
  await Chain.send(south, to, Chain.call(wrapped, approve))
  await mint(world, native, to, dollars.native)
}

/** What is in the pair. */
export type Reserves = { readonly wrapped: bigint; readonly native: bigint }

export async function reservesOf({ world }: Stage, { pair, wrapped, native }: Pool): Promise<Reserves> {
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

/** Trades in the pair itself, past the liquidity bridge and its checks. */
export async function rawSwap(
  { world }: Stage,
  pool: Pool,
  from: Address,
  trade: { readonly sells: 'wrapped' | 'native'; readonly amountIn: bigint; readonly amountOut: bigint },
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
  { world }: Stage,
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

async function createPair(stage: Stage, wrapped: Address, native: Address): Promise<Address> {
  const south = stage.world.chains.south
  const from = stage.world.accounts.deployer.address
  const { abi } = Factory
  const factory = await Chain.deploy(south, from, { abi, bytecode: Factory.readBytecode(), args: [from] })
  const args = [wrapped, native] as const
  await Chain.send(south, from, Chain.call(factory, { abi, functionName: 'createPair', args }))
  await stage.nextBlock()
  const pair = await south.client.readContract({ address: factory, abi, functionName: 'getPair', args })
  return pair.toLowerCase() as Address
}

async function addLiquidity(
  stage: Stage,
  { wrapped, native, pair }: Pick<Pool, 'wrapped' | 'native' | 'pair'>,
): Promise<void> {
  const { world } = stage
  const south = world.chains.south
  const { depositors, deployer } = world.accounts
  const give = {
    abi: TestToken.abi,
    functionName: 'transfer',
    args: [pair, dollarUnits(poolDollars)],
  } as const
  const gave = await Chain.send(south, depositors[0]!.address, Chain.call(wrapped, give))
  await mint(world, native, pair, poolDollars)
  await stage.nextBlock()
  const shares = { abi: IPair.abi, functionName: 'mint', args: [deployer.address] } as const
  const minted = await Chain.send(south, deployer.address, Chain.call(pair, shares))
  world.toCheck.push({ chain: south, hashes: [gave, minted], what: 'filling the pair' })
  await stage.nextBlock()
}

// The average of half an hour in which nothing was traded.
async function averaged(stage: Stage, pair: Address): Promise<Address> {
  const { world } = stage
  const south = world.chains.south
  const from = world.accounts.deployer.address
  const oracle = await Chain.deploy(south, from, { ...PairOracle, args: [pair, averageSeconds] })
  await stage.nextBlock()
  const usual = world.blockSeconds
  world.blockSeconds = averageSeconds
  await stage.nextBlock()
  world.blockSeconds = usual
  const update = Chain.call(oracle, { abi: PairOracle.abi, functionName: 'update' })
  const hashes = [await Chain.send(south, from, update)]
  world.toCheck.push({ chain: south, hashes, what: 'updating the oracle' })
  await stage.nextBlock()
  return oracle
}

async function mint(world: World, token: Address, to: Address, dollars: number): Promise<Hex> {
  const args = [to, dollarUnits(dollars)] as const
  const call = Chain.call(token, { abi: TestToken.abi, functionName: 'mint', args })
  return Chain.send(world.chains.south, world.accounts.deployer.address, call)
}
