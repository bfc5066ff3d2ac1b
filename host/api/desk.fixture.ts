import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { Desk } from './Desk.ts'
import * as Reports from './Reports.ts'
import * as Station from './Station.ts'

export const token = 'a token that nobody guesses'.replaceAll(' ', '-')

/** A desk on a made-up history with an attack in it. */
export async function deskOf(given: Partial<Desk> = {}): Promise<Desk> {
  const { oddities: _, ...history } = syntheticHistory({ seed: 5, days: 40, scale: 0.05 })
  const journal = memoryJournal()
  await ingest(journal, history)
  const station = await Station.open({
    generation: 'made-up',
    bridge: history.bridge,
    policy: Policy.of('adaptive'),
    journal,
    kind: 'recorded',
    live: false,
  })
  const reports = Reports.create(
    { claims: ['claims', '--json'] },
    async () => '{"claims":[]}',
    () => 0,
  )
  return { station, reports, hand: null, lab: null, ...given }
}
