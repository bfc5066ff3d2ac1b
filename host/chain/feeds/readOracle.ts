import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { type Address, parseAbi } from 'viem'
import * as ChainAt from './ChainAt.ts'
import type { Part } from './Part.ts'
import type { ReadingOf } from './Reading.ts'

/** The newest answer of an oracle with Chainlink's interface, as old as it says it is. */
export async function readOracle(
  now: ChainAt.ChainAt,
  { contract, feed, token }: ReadingOf<'oracle'>,
): Promise<readonly Part[]> {
  const { price, asOf } = await readRound(now, contract)
  return [{ name: feed, of: token ?? '', value: price, asOf, source: `oracle ${contract}` }]
}

/** An answer and when it was given; not positive, or old, where that is what the oracle says. */
export async function readRound(
  now: ChainAt.ChainAt,
  contract: Address,
): Promise<{ readonly price: number; readonly asOf: UnixTime }> {
  const [decimals, round] = await Promise.all([
    ChainAt.call(now, contract, abi, 'decimals'),
    ChainAt.call(now, contract, abi, 'latestRoundData'),
  ])
  const [, answer, , updatedAt] = round
  return { price: ChainAt.whole(answer, decimals), asOf: Number(updatedAt) }
}

const abi = parseAbi([
  'function decimals() view returns (uint8)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
])
