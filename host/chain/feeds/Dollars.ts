import { feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { type Address, parseAbi } from 'viem'
import * as ChainAt from './ChainAt.ts'
import { readRound } from './readOracle.ts'

/** What a whole token is worth, and since when that has been so. */
export type Dollars = { readonly perToken: number; readonly asOf: UnixTime }

/**
 * Dollars as they are written, or as an oracle says: within its heartbeat its word is good for what there is now; what an
 * older word values is as old as that.
 */
export async function of(now: ChainAt.ChainAt, usd: number | Address): Promise<Dollars> {
  if (typeof usd === 'number') return { perToken: usd, asOf: now.at }
  const { price, asOf } = await readRound(now, usd)
  const isFresh = now.at - asOf <= feeds.oraclePrice.freshSeconds
  if (price > 0) return { perToken: price, asOf: isFresh ? now.at : asOf }
  throw new CutwaterError('READING_EMPTY', `the oracle ${usd} tells ${price}, which values nothing`, {
    where: now.chain.name,
    right: 'an oracle that tells a positive number',
  })
}

/** What raw units of the asset that a contract of ours is in are worth, and since when that has been so. */
export type Asset = { readonly dollars: (units: bigint) => number; readonly asOf: UnixTime }

export async function ofAsset(
  now: ChainAt.ChainAt,
  contract: Address,
  usd: number | Address,
): Promise<Asset> {
  const asset = await ChainAt.call(now, contract, assetAbi, 'asset')
  const [decimals, { perToken, asOf }] = await Promise.all([ChainAt.decimalsOf(now, asset), of(now, usd)])
  return { dollars: (units) => ChainAt.whole(units, decimals) * perToken, asOf }
}

const assetAbi = parseAbi(['function asset() view returns (address)'])
