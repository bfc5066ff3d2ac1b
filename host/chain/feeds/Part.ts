import type { FeedName } from '@cutwater/core/bridge/signals/Feed.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/** What one reading says of one feed, before it is put together with the others. */
export type Part = {
  readonly name: FeedName
  readonly of: string
  readonly value: number
  readonly asOf: UnixTime
  readonly source: string
}

/**
 * Feeds that are a sum over all contracts that have some of it. One part that is missing leaves the whole out, since
 * less of it would be another number.
 */
export const sums: ReadonlySet<FeedName> = new Set([
  'liquidTreasury',
  'withdrawalsDue',
  'claimsDue',
  'transferCost',
])
