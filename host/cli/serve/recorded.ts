import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import * as Station from '../../api/Station.ts'
import * as Progress from '../Progress.ts'

/** A station for a recorded history, which has read nothing yet; `read` reads it. */
export function recorded(history: History, policy: BridgePolicy) {
  const journal = memoryJournal()
  const station = Station.create({
    generation: history.bridge.name,
    bridge: history.bridge,
    policy,
    journal,
    kind: 'recorded',
    live: false,
    says: `recorded history: ${history.source}`,
  })
  const read = async () => {
    const bar = Progress.start('fold', history.observations.length)
    await ingest(journal, history)
    await Station.catchUp(station)
    bar.stop()
  }
  return { station, read }
}
