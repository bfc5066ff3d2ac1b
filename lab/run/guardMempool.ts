import { hour } from '@cutwater/core/units/UnixTime.ts'
import type { Deed } from '@cutwater/engine/ports/Actuator.ts'
import type { BridgePlan } from '../bridge/BridgePlan.ts'
import type { World } from '../World.ts'
import type { Tools } from './Tools.ts'

/** The watch over the mempools, and what it has found there. */
export type MempoolGuard = { readonly suspects: string[]; stop(): Promise<void> }

/**
 * Shuts the way in of a chain as soon as its mempool holds a release nobody sent: a pause that pays more than the
 * theft is mined before it, in the same block.
 */
export function guardMempool(world: World, tools: Tools, plan: BridgePlan): MempoolGuard {
  const actuator = tools.actuator(plan, world.accounts.guardian)
  const running = new Set<Promise<unknown>>()
  const suspects: string[] = []
  const shut = new Set<number>()
  const end = tools.pending?.(plan, (chain, name, what) => {
    suspects.push(name)
    if (shut.has(chain)) return
    shut.add(chain)
    const act = { kind: 'pause', scope: 'direction', key: 'in', seconds: hour } as const
    const deed: Deed = { id: `mempool:${chain}`, chain, act, reason: what }
    // A pause that does not come through leaves what is in the release path, and the watch.
    const done = actuator.execute(deed).catch(() => {})
    running.add(done)
  })
  const stop = async () => {
    await end?.()
    await Promise.all(running)
  }
  return { suspects, stop }
}
