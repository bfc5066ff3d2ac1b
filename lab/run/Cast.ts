import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Depositors from '../agents/Depositors.ts'
import * as Relayer from '../agents/Relayer.ts'
import { type ChainPlan, planOf } from '../bridge/BridgePlan.ts'
import { type Place, places } from '../bridge/Coins.ts'
import type { Twins } from '../bridge/deployTwins.ts'
import { type Side, sides } from '../bridge/Twin.ts'
import * as Accounts from '../chain/Accounts.ts'
import type { World } from '../World.ts'
import * as Beat from './Beat.ts'
import * as Observer from './Observer.ts'
import type { Tools } from './Tools.ts'

/** Everybody at work on a pair of twins: honest people, relayers, the watch, and the beat that moves time. */
export type Cast = {
  readonly depositors: Depositors.Depositors
  readonly relayers: Readonly<Record<'on' | 'off', Relayer.Relayer>>
  readonly observer: Observer.Observer
  readonly beat: Beat.Beat
  stop(): Promise<void>
}

export type Nodes = Readonly<Record<Place, ChainPlan['rpcs']>>

export type CastOptions = {
  /** the wall time of a block, and whether a block is cut short as soon as the watch has answered the one before */
  readonly blockMilliseconds: number
  readonly isEager?: boolean
  readonly nodes: Nodes
  /** which twins honest people use; both, the same transfers over each, unless told otherwise */
  readonly used?: readonly Side[]
  /** whether the guard watches the mempool too */
  readonly mempool?: boolean
  /** whether the watch reads what is held and issued, or the log alone */
  readonly readsState?: boolean
  /** who else acts once per block */
  readonly agents?: readonly Beat.Agent[]
}

/** Starts the watch, lets it catch up, and sets everybody going. */
export async function start(
  world: World,
  tools: Tools,
  twins: Twins,
  policy: BridgePolicy,
  {
    blockMilliseconds,
    isEager = false,
    nodes,
    used = sides,
    mempool = false,
    readsState = false,
    agents: others = [],
  }: CastOptions,
): Promise<Cast> {
  const { ends, completeAt } = twins.on
  // From the first money on: how the bridge was put together is no change to it.
  const plan = planOf(
    ends,
    nodes,
    completeAt + 1,
    isEager ? eagerPoll : Math.max(20, Math.floor(blockMilliseconds / 8)),
    readsState,
    world.accounts.watchers.map(({ address }) => address),
  )
  const attesters = Accounts.inOrder(world.accounts.watchers).map((watcher) => ({
    address: watcher.address,
    attest: tools.attester(plan, watcher),
  }))
  const depositors = Depositors.create(
    world,
    used.map((side) => twins[side]),
  )
  const relayers = {
    on: Relayer.create(world, twins.on, attesters),
    off: Relayer.create(world, twins.off, []),
  }
  const agents: Beat.Agent[] = [
    { name: 'depositors', act: () => Depositors.act(world, depositors) },
    { name: 'relayer of the guarded bridge', act: () => Relayer.act(world, relayers.on) },
    { name: 'relayer of the other', act: () => Relayer.act(world, relayers.off) },
    ...others,
  ]
  const observer = await Observer.start(world, tools, plan, ends, policy, mempool)
  const pace = {
    milliseconds: blockMilliseconds,
    leastMilliseconds: mempool ? mempoolMilliseconds : 0,
    ...(isEager && { answered: observer.answered }),
  }
  const beat = Beat.start(world, agents, pace)
  // What the watch still has to do needs blocks to be done in.
  const stop = () => observer.stop().finally(beat.stop)
  return { depositors, relayers, observer, beat, stop }
}

/** How long a call waits in a mempool at least: a twelfth of what it would. */
const mempoolMilliseconds = 1_000

const eagerPoll = 10

/** The chains' own nodes. */
export function ownNodes({ chains }: World): Nodes {
  const [north, south] = places.map((place) => {
    const { httpUrl, wsUrl } = chains[place].anvil
    return [{ http: httpUrl, ws: wsUrl }]
  })
  return { north: north!, south: south! }
}
