import { feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Address } from 'viem'
import type * as ChainAt from './ChainAt.ts'
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
