import type { Measure } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/**
 * Readings of feeds that no log of transfers has: a pool, a rate, an oracle, a fee, a stake, a fact.
 *
 * `core/bridge/signals/Feed.ts` says which there are. What a source cannot read it leaves out; what it reads and nobody
 * would believe it gives as it is, since the book names what is wrong with it.
 */
export type FeedSource = {
  readonly name: string
  /** everything there is to read at `at`, each reading known from then on; or one error, and no half of it */
  read(at: UnixTime): Promise<readonly Measure[]>
}
