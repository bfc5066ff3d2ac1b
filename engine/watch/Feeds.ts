import type { Measure } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { FeedSource } from '../ports/FeedSource.ts'

/** Sources of readings beside the chains, asked now and then. */
export type Feeds = {
  readonly sources: readonly FeedSource[]
  readonly everySeconds: number
  /** when they were asked last */
  askedAt: UnixTime
  /** what has not answered yet */
  readonly open: Set<Promise<void>>
}

export function create(sources: readonly FeedSource[], everySeconds: number): Feeds {
  return { sources, everySeconds, askedAt: Number.NEGATIVE_INFINITY, open: new Set() }
}

/**
 * Asks every source where the last time is long enough ago, and waits for none: a slow feed must not delay what a block
 * calls for. A source that fails says nothing; its readings grow stale by themselves, and the book says so.
 */
export function ask(feeds: Feeds, at: UnixTime, take: (measures: readonly Measure[]) => Promise<void>): void {
  if (at - feeds.askedAt < feeds.everySeconds) return
  feeds.askedAt = at
  for (const source of feeds.sources) {
    const answered = source
      .read(at)
      .then((measures) => (measures.length > 0 ? take(measures) : undefined))
      .catch(() => undefined)
      .finally(() => feeds.open.delete(answered))
    feeds.open.add(answered)
  }
}

/** Resolves when whatever was asked has answered. */
export async function settled({ open }: Feeds): Promise<void> {
  while (open.size > 0) await Promise.all(open)
}
