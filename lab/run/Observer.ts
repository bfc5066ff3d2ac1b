import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Finding } from '@cutwater/core/bridge/findings/Finding.ts'
import type { Actuator, Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import type { FeedSource } from '@cutwater/engine/ports/FeedSource.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import type { Alert } from '@cutwater/engine/ports/Notifier.ts'
import { type Watch, watch } from '@cutwater/engine/watch/watch.ts'
import type { BridgePlan } from '../bridge/BridgePlan.ts'
import { chainIds, coins, type Place, placeOf, places } from '../bridge/Coins.ts'
import { readLimits } from '../bridge/readLimits.ts'
import * as Chain from '../chain/Chain.ts'
import { begin, type World } from '../World.ts'
import type { Tools } from './Tools.ts'

/** The watch over the guarded twin, and what it has found and done so far. */
export type Observer = {
  readonly watch: Watch
  /** what is watched, how it is judged, and the record of it: all that is to be seen follows from these */
  readonly bridge: Bridge
  readonly policy: BridgePolicy
  readonly journal: Journal
  readonly findings: Finding[]
  readonly deeds: { readonly deed: Deed; readonly outcome: Outcome }[]
  readonly alerts: Alert[]
  /** the longest the watch has taken from a block to its answer being in the mempool, wall milliseconds */
  slowestMilliseconds: number
  /** resolves when the watch has seen a block on both chains, and what it does about it waits to be mined */
  answered(height: number): Promise<void>
  stop(): Promise<void>
}

/** Starts the live watch as a real bridge would be watched, and waits until it has caught up with both chains. */
export async function start(
  world: World,
  tools: Tools,
  plan: BridgePlan,
  ends: Parameters<typeof readLimits>[1],
  policy: BridgePolicy,
  mempool: boolean,
): Promise<Observer> {
  const findings: Finding[] = []
  const deeds: Observer['deeds'] = []
  const alerts: Alert[] = []
  const seen: Record<Place, number> = { north: -1, south: -1 }
  const journal = tools.journal()
  const listened = listening(tools.feeds(plan))
  const counted = counting(tools.actuator(plan, world.accounts.guardian))
  const running = await watch({
    bridge: plan.bridge,
    policy,
    sources: tools.sources(plan),
    feeds: listened.feeds,
    pending: mempool ? tools.pending(plan) : [],
    journal,
    actuator: counted.actuator,
    notifiers: [{ name: 'lab', notify: async (alert) => void alerts.push(alert) }],
    clock: { now: () => world.at, sleep },
    prices: coins.map(({ symbol, price }) => ({ kind: 'price', at: begin, priceId: symbol, price })),
    limits: await readLimits(world, ends),
    onSignal: (signal, outputs) => {
      if (signal.kind === 'block') seen[placeOf(signal.block.chain)] = signal.block.number
      for (const output of outputs) if (output.type === 'finding') findings.push(output.finding)
    },
    onOutcome: (deed, outcome) => void deeds.push({ deed, outcome }),
  })
  // A journal that was begun before knows how far it has come.
  for (const [chain, { number }] of running.live.places) seen[placeOf(chain)] = number
  const hasSeen = (height: number) => places.every((place) => seen[place] >= height)
  let failure: unknown
  let isOver = false
  running.ended
    .catch((error: unknown) => {
      failure = error
    })
    .finally(() => {
      isOver = true
    })
  while (!hasSeen(world.height - 1)) {
    if (failure !== undefined) throw failure
    await sleep(20)
  }
  // What feeds say at the start is known before time goes on.
  if (listened.feeds.length > 0) await sleep(lookMilliseconds)
  while (listened.underWay() > 0) await sleep(lookMilliseconds)
  const isBusy = async (place: Place) =>
    counted.underWay(chainIds[place]) > 0 && !(await isSending(world, place))
  const observer: Observer = {
    watch: running,
    bridge: plan.bridge,
    policy,
    journal,
    findings,
    deeds,
    alerts,
    slowestMilliseconds: 0,
    answered: async (height) => {
      const asked = performance.now()
      const isCurrent = () => world.height === height && !isOver
      while (isCurrent() && !hasSeen(height)) await sleep(lookMilliseconds)
      // Feeds are asked once a block is seen, a moment later.
      if (listened.feeds.length > 0) await sleep(lookMilliseconds)
      while (
        isCurrent() &&
        (listened.underWay() > 0 || (await Promise.all(places.map(isBusy))).some(Boolean))
      )
        await sleep(lookMilliseconds)
      observer.slowestMilliseconds = Math.max(observer.slowestMilliseconds, performance.now() - asked)
    },
    stop: () => running.stop(),
  }
  return observer
}

const lookMilliseconds = 4

/** An actuator that knows how many deeds are under way on each chain. */
function counting({ execute, blockOf }: Actuator) {
  const running = new Map<number, number>()
  const underWay = (chain: number) => running.get(chain) ?? 0
  const actuator: Actuator = {
    execute: (deed) => {
      running.set(deed.chain, underWay(deed.chain) + 1)
      return execute(deed).finally(() => running.set(deed.chain, underWay(deed.chain) - 1))
    },
    blockOf,
  }
  return { actuator, underWay }
}

/** Feeds that know how many of them are being read. */
function listening(sources: readonly FeedSource[]) {
  let running = 0
  const feeds = sources.map(({ name, read }): FeedSource => {
    const counted: FeedSource['read'] = (at) => {
      running += 1
      return read(at).finally(() => {
        running -= 1
      })
    }
    return { name, read: counted }
  })
  return { feeds, underWay: () => running }
}

// Several may be sent at once: no more are coming when the mempool holds as many as a moment ago.
async function isSending({ chains, accounts }: World, place: Place): Promise<boolean> {
  const before = await Chain.pendingOf(chains[place], accounts.guardian.address)
  if (before === 0) return false
  await sleep(lookMilliseconds)
  return (await Chain.pendingOf(chains[place], accounts.guardian.address)) === before
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
