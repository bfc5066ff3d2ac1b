import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { announcedJournal } from '@cutwater/engine/journal/announcedJournal.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import * as Station from '../../api/Station.ts'
import type { WatchOptions } from '../watchBridge.ts'
import type { Dashboard } from './Dashboard.ts'
import { keeping } from './keeping.ts'

/** Lets a dashboard look on at a watch: it reads the very journal the watch writes, and acts with its hand. */
export function lookOn(
  { station, lend }: Dashboard,
  { says, synthetic = false }: { readonly says?: string; readonly synthetic?: boolean } = {},
): Pick<WatchOptions, 'onJournal' | 'onRunning'> {
  return {
    onJournal: ({ bridge, policy, journal, address }) => {
      const showing = { bridge: { ...bridge, synthetic }, policy, journal, generation: bridge.name } as const
      // No watch waits until its page has read what happened before.
      void Station.show(station, {
        ...showing,
        ...{ kind: 'watched', live: true, shelf: keeping(address, bridge, policy) },
        ...(says !== undefined && { says }),
      }).catch(complain)
      return readAlong(station, journal)
    },
    onRunning: lend,
  }
}

/** The same journal; the station reads on whenever it has grown. */
export function readAlong(station: Station.Station, journal: Journal): Journal {
  return announcedJournal(journal, () => void Station.catchUp(station).catch(complain))
}

// A page that stands still is no reason for a watch to end.
function complain(error: unknown): void {
  if (error instanceof CutwaterError && error.code === 'JOURNAL_CLOSED') return
  process.stderr.write(`cutwater: the dashboard: ${error instanceof Error ? error.stack : String(error)}\n`)
}
