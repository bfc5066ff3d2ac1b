import type { Measure } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { FeedSource } from '../ports/FeedSource.ts'

/** A source that says what it was given, as of whenever it is asked. */
export type FakeFeeds = FeedSource & { readonly asked: UnixTime[] }

/** @param fault thrown by the n-th reading, from 1, where it returns something */
export function fakeFeeds(
  readings: readonly Pick<Measure, 'name' | 'of' | 'value' | 'unit'>[],
  fault: (nth: number) => unknown = () => undefined,
): FakeFeeds {
  const asked: UnixTime[] = []
  return {
    name: 'fake',
    asked,
    read: async (at) => {
      asked.push(at)
      const error = fault(asked.length)
      if (error !== undefined) throw error
      return readings.map((reading) => ({ kind: 'measure', at, asOf: at, source: 'fake', ...reading }))
    },
  }
}
