import type { FeedSource } from '@cutwater/engine/ports/FeedSource.ts'
import { chainFeeds } from '../chain/feeds/chainFeeds.ts'
import type { Say } from '../chain/Say.ts'
import { fileFeeds } from '../history/fileFeeds.ts'
import type { WatchFile } from './WatchFile.ts'

/** What a description says is read beside its bridge's log: a folder that people keep, and contracts. */
export function feedsOf(
  { bridge, feeds, readings }: Pick<WatchFile, 'bridge' | 'feeds' | 'readings'>,
  say: Say,
): readonly FeedSource[] {
  return [
    ...(feeds === null ? [] : [fileFeeds(feeds)]),
    ...(readings.length === 0 ? [] : [chainFeeds(bridge.chains, readings, say)]),
  ]
}
