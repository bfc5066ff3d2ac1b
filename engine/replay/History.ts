import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'

/** A bridge's past, ready to be folded: observations in the order of `BridgeEvent.compare`, prices at their time. */
export type History = {
  readonly bridge: Bridge
  readonly observations: readonly Observation[]
  /** ids of the in legs known to be the attack; they score a replay and are never shown to a policy */
  readonly attack: ReadonlySet<string>
  /** where it came from, for the report */
  readonly source: string
}
