import type { Catalog } from '@cutwater/core/bridge/Catalog.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import { isLeg } from '@cutwater/core/bridge/Observation.ts'

/**
 * An observation as the book can take it.
 *
 * Anybody may get a bridge to log a chain that its description does not have. There is no route to match it on, and
 * it must not stop the watch: it becomes a doubt that people look into.
 */
export function screened({ chainIndex }: Catalog, observation: Observation): Observation {
  if (!isLeg(observation)) return observation
  const { kind, at, chain, peer, tx } = observation
  if (chainIndex.has(peer)) return observation
  const what = `A ${kind} in transaction ${tx} names chain ${peer}, which the bridge’s description does not have`
  return { kind: 'trouble', at, chain, name: 'SourceDisagreement', what }
}
