import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { dataDir } from '../config/dataDir.ts'
import { loadHistory, tableNames } from '../history/loadHistory.ts'
import * as Progress from './Progress.ts'

export type Wanted = {
  readonly bridge?: string
  readonly synthetic?: boolean
  readonly seed: string
}

/**
 * The history to replay: the folder that is named, else the first one under the data folder that holds a table
 * of events, else a made-up one.
 */
export function findHistory(dir: string | undefined, { bridge, synthetic, seed }: Wanted): History {
  const folder = dir ?? (synthetic ? undefined : recordedFolder())
  if (folder === undefined) return syntheticHistory({ seed: seedOf(seed) })
  const bar = Progress.start('read', 1)
  try {
    return loadHistory(folder, {
      ...(bridge === undefined ? {} : { bridgeFile: bridge }),
      onProgress: (done, total) => bar.to(done, total),
    })
  } finally {
    bar.stop()
  }
}

/** The first folder of recorded data with a bridge's events in it; undefined when there is none. */
export function recordedFolder(): string | undefined {
  const data = dataDir()
  if (data === undefined) return undefined
  if (!existsSync(data)) throw dataMissing(data)
  const folders = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders
    .map(({ name }) => join(data, name))
    .find((folder) => existsSync(join(folder, tableNames.events)))
}

function seedOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new CutwaterError('FLAG_INVALID', `"${text}" does not fit`, {
    where: '--seed',
    right: 'a whole number of up to nine digits',
  })
}

function dataMissing(folder: string): CutwaterError {
  return new CutwaterError('DATA_MISSING', 'there is no such folder', {
    where: `CUTWATER_DATA=${folder}`,
    right: 'the folder with the recorded data, or no CUTWATER_DATA at all',
  })
}
