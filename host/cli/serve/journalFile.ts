import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { decode } from '@cutwater/engine/journal/encode.ts'
import type { Opening } from '@cutwater/engine/journal/ingest.ts'
import type { Journal, Recorded, Topic } from '@cutwater/engine/ports/Journal.ts'
import * as Station from '../../api/Station.ts'
import { openJournal } from '../../journal/openJournal.ts'
import * as Progress from '../Progress.ts'
import { keeping } from './keeping.ts'

/** How often a journal is asked whether somebody else has written on, milliseconds. */
const lookMilliseconds = 500

/**
 * A station on a journal file that somebody else may be writing: a watch, or a replay that is over. It is only read.
 *
 * Throws JOURNAL_UNBEGUN, and what opening a journal throws.
 */
export async function journalFile(address: string, policy: BridgePolicy) {
  const journal = await openJournal(address, { readOnly: true })
  const opening = await first(journal, 'bridge')
  if (opening === undefined) {
    await journal.close()
    throw unbegun(address)
  }
  const { bridge, source } = decode(opening.body) as Opening
  const isWatched = isSignal(await first(journal, 'observed'))
  const station = Station.create({
    generation: bridge.name,
    bridge,
    policy,
    journal,
    kind: isWatched ? 'watched' : 'recorded',
    live: isWatched,
    says: `journal of ${source}`,
    shelf: keeping(address, bridge, policy),
  })
  return { station, follow: (signal: AbortSignal) => follow(station, journal, signal) }
}

async function follow(station: Station.Station, journal: Journal, signal: AbortSignal): Promise<void> {
  await readFirst(station)
  while (!signal.aborted) {
    await Station.catchUp(station)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lookMilliseconds)
      signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
    })
  }
  await journal.close()
}

async function readFirst(station: Station.Station): Promise<void> {
  const progress = Progress.start('journal', 1)
  const listen = ({ seq }: Station.News) => progress.to(seq, station.shown.work?.upTo ?? seq)
  station.listeners.add(listen)
  try {
    await Station.catchUp(station)
  } finally {
    station.listeners.delete(listen)
    progress.stop()
  }
}

async function first(journal: Journal, topic: Topic): Promise<Recorded | undefined> {
  for await (const page of journal.read({ topics: [topic] })) return page[0]
  return undefined
}

// A watch counts how often each signal has come; observations of a history carry no number.
function isSignal(entry: Recorded | undefined): boolean {
  return entry === undefined || /#\d+$/.test(entry.id)
}

function unbegun(path: string): CutwaterError {
  return new CutwaterError('JOURNAL_UNBEGUN', 'the journal holds no bridge yet', {
    where: path,
    right: 'a journal of cutwater watch, or of cutwater replay --journal',
  })
}
