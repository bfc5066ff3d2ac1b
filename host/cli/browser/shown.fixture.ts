import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { Journal, Recorded } from '@cutwater/engine/ports/Journal.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { builtPage } from '@cutwater/web/build.ts'
import { type Listening, listen } from '../../api/listen.ts'
import * as Reports from '../../api/Reports.ts'
import * as Station from '../../api/Station.ts'
import { runCommand } from '../runCommand.ts'

export const token = 'a-token-that-nobody-guesses'

/** A made-up month of a bridge, with an attack near its end. */
export function month(): History {
  const { oddities: _, ...history } = syntheticHistory({ seed: 5, days: 40, scale: 0.05, attack: 'burst' })
  return history
}

export async function journalOf(history: History): Promise<Journal> {
  const journal = memoryJournal()
  await ingest(journal, history)
  return journal
}

export async function entriesOf(journal: Journal): Promise<readonly Recorded[]> {
  const entries: Recorded[] = []
  for await (const page of journal.read({})) entries.push(...page)
  return entries
}

export function stationOf({ bridge }: History, journal: Journal): Promise<Station.Station> {
  const showing = { bridge, journal, kind: 'recorded', live: false } as const
  const policy = Policy.of('adaptive')
  return Station.open({ ...showing, policy, generation: 'made-up', says: `as recorded of ${bridge.name}` })
}

/** The page, built, and its answers, with the reports that need no recorded data. */
export async function serve(station: Station.Station, port = 0): Promise<Listening> {
  const now = () => Math.floor(Date.now() / 1_000)
  const reports = Reports.create(
    {
      assess: ['assess', '--synthetic', '--json'],
      simulate: ['simulate', '--sweep', '4', '--paths', '2000', '--json'],
      plan: ['plan', '--market', 'examples/options/market.yaml', '--json'],
    },
    runCommand,
    now,
  )
  const desk = { station, reports, hand: null, lab: null }
  const pageFolder = Promise.resolve(await builtPage())
  return listen(desk, { port, token, now, pageFolder })
}
