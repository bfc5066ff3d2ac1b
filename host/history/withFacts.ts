import { id, type Measure } from '@cutwater/core/bridge/Observation.ts'
import type { History } from '@cutwater/engine/replay/History.ts'

/** The same history with other facts among its observations, in place of those that stood beside it. */
export function withFacts(history: History, before: readonly Measure[], facts: readonly Measure[]): History {
  const gone = new Set(before.map(id))
  const kept =
    gone.size === 0 ? history.observations : history.observations.filter((each) => !gone.has(id(each)))
  // Facts of a second stand before what happened in it, as they do in a folder.
  const observations = [...facts, ...kept].sort((a, b) => a.at - b.at)
  return { ...history, observations }
}
