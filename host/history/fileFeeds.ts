import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Measure } from '@cutwater/core/bridge/Observation.ts'
import type { FeedSource } from '@cutwater/engine/ports/FeedSource.ts'
import * as Facts from './Facts.ts'
import { tableNames } from './loadHistory.ts'
import { readMeasures } from './readMeasures.ts'

/**
 * The newest reading of each feed in a folder's `measures.csv` and `facts.yaml`, read anew each time: whoever keeps
 * them by hand writes into them while the watch runs.
 */
export function fileFeeds(dir: string): FeedSource {
  return {
    name: 'files',
    read: async (at) => {
      const table = join(dir, tableNames.measures)
      const measures = [...(existsSync(table) ? readMeasures(table) : []), ...Facts.read(dir).measures]
      const newest = new Map<string, Measure>()
      for (const measure of measures.sort((a, b) => a.at - b.at)) {
        if (measure.at > at) break
        newest.set(`${measure.name}:${measure.of}:${measure.source}`, { ...measure, at })
      }
      return [...newest.values()]
    },
  }
}
