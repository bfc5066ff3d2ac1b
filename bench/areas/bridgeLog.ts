import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as BridgeEvent from '@cutwater/core/bridge/BridgeEvent.ts'
import { isLeg, type Observation } from '@cutwater/core/bridge/Observation.ts'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { loadHistory } from '@cutwater/host/history/loadHistory.ts'

/** A bridge's log, ten times the size of a year of a middling bridge, with its prices. */
export type BridgeLog = {
  readonly bridge: Bridge
  readonly observations: readonly Observation[]
  readonly events: readonly BridgeEvent.BridgeEvent[]
  readonly source: string
}

/** Ten copies of the Nomad log where the study data is at hand, else a synthetic history of that size. */
export function bridgeLog(): BridgeLog {
  const folder = join(dataDir() ?? '', 'nomad')
  if (!existsSync(join(folder, 'events.csv'))) return tenfoldSynthetic()
  const history = loadHistory(folder)
  const copied = history.observations.flatMap<Observation>((observation) =>
    isLeg(observation) ? copiesOf(observation) : [observation],
  )
  return logOf(history.bridge, copied, `${copies} copies of the Nomad log`)
}

function tenfoldSynthetic(): BridgeLog {
  const { bridge, observations } = syntheticHistory({ seed: 1, scale: copies })
  return logOf(bridge, observations, `a synthetic history, seed 1, scale ${copies}`)
}

// Prices stay before the events of their second: the sort keeps the order of what it cannot tell apart. The copy
// lays the sorted objects out one after the other, as a reader of a file or a feed would have made them.
function logOf(bridge: Bridge, unsorted: readonly Observation[], what: string): BridgeLog {
  const observations = [...unsorted].sort(inTime).map((observation) => ({ ...observation }))
  const events = observations.filter(isLeg)
  return { bridge, observations, events, source: `${what}, ${events.length} legs` }
}

function inTime(a: Observation, b: Observation): number {
  if (isLeg(a) && isLeg(b)) return BridgeEvent.compare(a, b)
  return a.at - b.at || Number(isLeg(a)) - Number(isLeg(b))
}

// Other messages in other transactions, moving as much between the same people at the same time.
function copiesOf(event: BridgeEvent.BridgeEvent): BridgeEvent.BridgeEvent[] {
  return Array.from({ length: copies }, (_, copy) => ({
    ...event,
    tx: `${event.tx.slice(0, -1)}${copy}`,
    index: event.index + 1_000 * Number.parseInt(event.tx.slice(-1), 16),
    message: String(Number(event.message) + copy * idsPerCopy),
  }))
}

const copies = 10
const idsPerCopy = 1_000_000
