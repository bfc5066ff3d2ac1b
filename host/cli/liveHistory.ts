import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { readWatched } from '@cutwater/engine/journal/readWatched.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import * as LiveBridge from '../chain/LiveBridge.ts'
import { openJournal } from '../journal/openJournal.ts'
import { clock } from './clock.ts'
import { feedsOf } from './feedsOf.ts'
import * as WatchFile from './WatchFile.ts'

/**
 * A bridge that is watched, as a history: what its journal has seen, and what its feeds say at this moment. Where nobody
 * has watched it has no legs; a feed that cannot be read is said, and says nothing.
 */
export async function liveHistory(path: string): Promise<History> {
  const file = WatchFile.read(path)
  const bridge = LiveBridge.toBridge(file.bridge)
  const seen = await watched(file)
  const now = clock.now()
  const prices = [...file.prices].map(
    ([priceId, price]) => ({ kind: 'price', at: now, priceId, price }) as const,
  )
  const observations: readonly Observation[] = [...seen, ...prices, ...(await readNow(file, now))]
  return { bridge, observations, attack: new Set(), source: path }
}

async function watched({ journal: address }: WatchFile.WatchFile): Promise<readonly Observation[]> {
  const journal = await openJournal(address, { readOnly: true }).catch(notBegun)
  if (journal === null) return []
  try {
    return (await readWatched(journal))?.observations ?? []
  } finally {
    await journal.close()
  }
}

async function readNow(file: WatchFile.WatchFile, now: number): Promise<readonly Observation[]> {
  const told = await Promise.all(
    feedsOf(file, (_, what) => warn(what)).map((source) =>
      source.read(now).catch((error: Error) => {
        warn(`nothing was read of ${source.name}: ${error.message}`)
        return []
      }),
    ),
  )
  return told.flat()
}

function notBegun(error: unknown): null {
  if (error instanceof CutwaterError && error.code === 'JOURNAL_MISSING') return null
  throw error
}

function warn(what: string): void {
  process.stderr.write(`${what}\n`)
}
