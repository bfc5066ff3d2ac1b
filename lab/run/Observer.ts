import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Finding } from '@cutwater/core/bridge/findings/Finding.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import type { Alert } from '@cutwater/engine/ports/Notifier.ts'
import { type Watch, watch } from '@cutwater/engine/watch/watch.ts'
import type { BridgePlan } from '../bridge/BridgePlan.ts'
import { chainIds, coins, places } from '../bridge/Coins.ts'
import { begin, type World } from '../World.ts'
import type { Tools } from './Tools.ts'

/** The watch over the guarded twin, and what it has found and done so far. */
export type Observer = {
  readonly watch: Watch
  readonly findings: Finding[]
  readonly deeds: { readonly deed: Deed; readonly outcome: Outcome }[]
  readonly alerts: Alert[]
  stop(): Promise<void>
}

/** Starts the live watch as a real bridge would be watched, and waits until it has caught up with both chains. */
export async function start(
  world: World,
  tools: Tools,
  plan: BridgePlan,
  policy: BridgePolicy,
): Promise<Observer> {
  const findings: Finding[] = []
  const deeds: Observer['deeds'] = []
  const alerts: Alert[] = []
  const running = await watch({
    bridge: plan.bridge,
    policy,
    sources: tools.sources(plan),
    journal: memoryJournal(),
    actuator: tools.actuator(plan, world.accounts.guardian),
    notifiers: [{ name: 'lab', notify: async (alert) => void alerts.push(alert) }],
    clock: { now: () => world.at, sleep },
    prices: coins.map(({ symbol, price }) => ({ kind: 'price', at: begin, priceId: symbol, price })),
    onSignal: (_, outputs) => {
      for (const output of outputs) if (output.type === 'finding') findings.push(output.finding)
    },
    onOutcome: (deed, outcome) => void deeds.push({ deed, outcome }),
  })
  const isBehind = () =>
    places.some((place) => (running.live.places.get(chainIds[place])?.number ?? -1) < world.height - 1)
  let failure: unknown
  running.ended.catch((error: unknown) => {
    failure = error
  })
  while (isBehind()) {
    if (failure !== undefined) throw failure
    await sleep(20)
  }
  return { watch: running, findings, deeds, alerts, stop: () => running.stop() }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
