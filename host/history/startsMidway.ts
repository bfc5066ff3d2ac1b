import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import { isOut } from '@cutwater/core/bridge/BridgeEvent.ts'
import { numberOf } from '@cutwater/core/bridge/MessageId.ts'

/** A route whose first message has an id this large was in use before the record began. */
export const lateId = 10

/**
 * Whether a log begins in the middle of its bridge's life: some route's smallest out id is far from the first.
 *
 * Ids that are no whole numbers say nothing; `midway` in `bridge.yaml` does.
 */
export function startsMidway(events: readonly BridgeEvent[]): boolean {
  const smallest = new Map<string, number>()
  for (const { kind, chain, peer, message } of events) {
    const id = numberOf(message)
    if (!isOut(kind) || Number.isNaN(id)) continue
    const route = `${chain}→${peer}`
    if (id < (smallest.get(route) ?? Number.POSITIVE_INFINITY)) smallest.set(route, id)
  }
  return [...smallest.values()].some((id) => id >= lateId)
}
