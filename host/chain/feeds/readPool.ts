import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type Address, parseAbi } from 'viem'
import * as ChainAt from './ChainAt.ts'
import * as Dollars from './Dollars.ts'
import type { Part } from './Part.ts'
import type { ReadingOf } from './Reading.ts'

type PoolReading = ReadingOf<'uniswapV2' | 'uniswapV3'>

/**
 * What a pool of a wrapped token and its canonical twin trades at, in whole canonical per whole wrapped token, what
 * it holds of the canonical side in dollars, and the token's decimals. An emptied pool has the price 0.
 */
export async function readPool(now: ChainAt.ChainAt, reading: PoolReading): Promise<readonly Part[]> {
  const { contract, token, asset, usd } = reading
  const against = await otherOf(now, contract, asset)
  const decimals = {
    own: await ChainAt.decimalsOf(now, asset),
    other: await ChainAt.decimalsOf(now, against),
  }
  const pair: Pair = { own: asset, against, ownIsFirst: BigInt(asset) < BigInt(against), decimals }
  const dollars = await Dollars.of(now, usd)
  const { price, reserve } =
    reading.kind === 'uniswapV2' ? await readV2(now, contract, pair) : await readV3(now, reading, pair)
  const source = `${reading.kind} ${contract}`
  return [
    { name: 'decimals', of: token, value: decimals.own, asOf: now.at, source: `token ${asset}` },
    { name: 'wrappedPrice', of: token, value: price, asOf: now.at, source },
    { name: 'poolReserve', of: token, value: reserve * dollars.perToken, asOf: dollars.asOf, source },
  ]
}

type Pair = {
  readonly own: Address
  readonly against: Address
  readonly ownIsFirst: boolean
  readonly decimals: { readonly own: number; readonly other: number }
}

/** Price, and whole tokens of the other side. */
type Seen = { readonly price: number; readonly reserve: number }

async function readV2(
  now: ChainAt.ChainAt,
  contract: Address,
  { ownIsFirst, decimals }: Pair,
): Promise<Seen> {
  const [first, second] = await ChainAt.call(now, contract, pools, 'getReserves')
  const [own, other] = ownIsFirst ? [first, second] : [second, first]
  const reserve = ChainAt.whole(other, decimals.other)
  return { price: own === 0n ? 0 : reserve / ChainAt.whole(own, decimals.own), reserve }
}

async function readV3(
  now: ChainAt.ChainAt,
  { contract, averageSeconds }: ReadingOf<'uniswapV3'>,
  { own, against, ownIsFirst, decimals }: Pair,
): Promise<Seen> {
  const [ratio, held, reserve] = await Promise.all([
    averageSeconds === 0 ? spot(now, contract) : average(now, contract, averageSeconds),
    ChainAt.balanceOf(now, own, contract),
    ChainAt.balanceOf(now, against, contract),
  ])
  // A pool that holds nothing of a side trades at whatever was left standing.
  if (ratio === 0 || held === 0 || reserve === 0) return { price: 0, reserve }
  return { price: (ownIsFirst ? ratio : 1 / ratio) * 10 ** (decimals.own - decimals.other), reserve }
}

/** Raw second token per raw first one, at this moment: the square of `sqrtPriceX96 ÷ 2^96` (Uniswap v3). */
async function spot(now: ChainAt.ChainAt, contract: Address): Promise<number> {
  const [sqrt] = await ChainAt.call(now, contract, pools, 'slot0')
  return (Number(sqrt) / 2 ** 96) ** 2
}

/** The same as a geometric mean over time: `1.0001^(Δ tickCumulative ÷ seconds)` (Uniswap v3). */
async function average(now: ChainAt.ChainAt, contract: Address, seconds: number): Promise<number> {
  const [ticks] = await ChainAt.call(now, contract, pools, 'observe', [[seconds, 0]])
  return 1.0001 ** (Number(ticks[1]! - ticks[0]!) / seconds)
}

async function otherOf(now: ChainAt.ChainAt, contract: Address, own: Address): Promise<Address> {
  const both = await Promise.all([
    ChainAt.call(now, contract, pools, 'token0'),
    ChainAt.call(now, contract, pools, 'token1'),
  ])
  const [first, second] = both.map((each) => each.toLowerCase() as Address)
  if (first === own) return second!
  if (second === own) return first!
  throw new CutwaterError('READING_POOL_UNFIT', `the pool ${contract} trades ${first} and ${second}`, {
    where: now.chain.name,
    right: `a pool of ${own}`,
  })
}

const pools = parseAbi([
  'function token0() view returns (address)',
  'function token1() view returns (address)',
  'function getReserves() view returns (uint112, uint112, uint32)',
  'function slot0() view returns (uint160, int24, uint16, uint16, uint16, uint8, bool)',
  'function observe(uint32[]) view returns (int56[], uint160[])',
])
