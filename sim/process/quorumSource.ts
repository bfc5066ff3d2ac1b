import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import * as Observations from '@cutwater/core/bridge/Observation.ts'
import type { ChainSignal, ChainSource, Standing } from '@cutwater/engine/ports/ChainSource.ts'
import type { SeenBlock } from '@cutwater/host/chain/readBlocks.ts'
import * as Tellings from '@cutwater/host/chain/Telling.ts'
import * as Trail from '@cutwater/host/chain/Trail.ts'
import type { Block } from '../chain/Chain.ts'
import * as Node from '../chain/Node.ts'
import * as Scheduler from '../Scheduler.ts'
import * as Setting from '../Setting.ts'
import * as World from '../World.ts'
import * as Decider from './Decider.ts'

/**
 * A chain as a quorum of its simulated nodes tells it, by the rules of the real one: what nodes agree on counts; on
 * going on, what may still change is read again.
 */
export function quorumSource(
  world: World.World,
  decider: Decider.Decider,
  chain: Setting.ChainSetting,
): ChainSource {
  let isStopped = false
  let wake = (): void => {}
  async function* follow(after?: Standing): AsyncGenerator<ChainSignal> {
    const telling = start(world, decider, chain, after, () => wake())
    while (!isStopped) {
      let steps = 0
      for (let step = advance(telling); step; step = advance(telling)) {
        yield* tell(telling, step)
        if (isStopped) return
        steps += 1
      }
      if (steps > 0) yield* settle(telling)
      yield* troubles(telling)
      await new Promise<void>((resolve) => {
        wake = resolve
        Scheduler.after(world.scheduler, longestWaitMilliseconds, resolve, decider)
      })
    }
  }
  const stop = (): void => {
    isStopped = true
    wake()
  }
  return { chain: chain.id, follow, stop }
}

const longestWaitMilliseconds = 20_000
/** Seconds without a block after which a chain counts as standing still. */
const staleSeconds = 120

type Telling = Tellings.Telling & {
  readonly world: World.World
  readonly decider: Decider.Decider
  readonly chain: Setting.ChainSetting
  readonly views: readonly Trail.View[]
  /** what blocks hold, by digest */
  readonly contents: Map<string, readonly Observation[]>
  readonly lasting: Set<string>
  movedAt: number
  isStale: boolean
  saidAt: number
}

function start(
  world: World.World,
  decider: Decider.Decider,
  chain: Setting.ChainSetting,
  after: Standing | undefined,
  wake: () => void,
): Telling {
  const number =
    after === undefined
      ? Setting.firstNumber
      : Math.max(Setting.firstNumber, after.number - chain.depth, after.final ?? 0)
  const nodes = world.nodes.filter((node) => node.chain === chain.id)
  const telling: Telling = {
    world,
    decider,
    chain,
    trail: { base: { number, hash: null }, blocks: [] },
    views: nodes.map(({ name }) => ({ name, blocks: [] })),
    contents: new Map(),
    lasting: new Set(),
    after: after === undefined || after.number <= number ? undefined : after,
    movedAt: World.nowSeconds(world),
    isStale: false,
    saidAt: Number.NEGATIVE_INFINITY,
  }
  nodes.forEach((node, nth) => {
    const hear = (): void => {
      hearNode(telling, node, nth, wake)
    }
    node.listeners.add(hear)
    const poll = (): void => {
      hear()
      Scheduler.after(world.scheduler, pollMilliseconds, poll, decider)
    }
    poll()
  })
  return telling
}

const pollMilliseconds = 30_000

/** What a node has now is on its way; it may be lost, come late, or come twice. */
function hearNode(telling: Telling, node: Node.Node, nth: number, wake: () => void): void {
  const { world, decider, chain } = telling
  const { scheduler } = world
  if (decider.isDead) return
  if (World.strikes(world, 'lose') !== null) return
  const { head } = node
  const deliver = (): void => {
    if (Decider.isCutOff(world, decider, chain.id)) return
    look(telling, node, nth, head)
    wake()
  }
  const late = World.strikes(world, 'delay') ?? 0
  Scheduler.after(scheduler, Scheduler.between(scheduler, 20, 400) + late * 1_000, deliver, decider)
  if (World.strikes(world, 'repeat') === null) return
  Scheduler.after(scheduler, Scheduler.between(scheduler, 20, 4_000), deliver, decider)
}

function look({ trail, views, contents }: Telling, node: Node.Node, nth: number, head: Block): void {
  const seen: SeenBlock[] = []
  for (
    let block: Block | null = head;
    block !== null && block.number > trail.base.number;
    block = block.parent
  ) {
    const { hash, observations } = Node.tells(node, block)
    const digest = `${hash}|${observations.map(Observations.id).join()}`
    contents.set(digest, observations)
    const { number, at, parent } = block
    seen.push({ number, hash, parentHash: parent!.hash, at, logs: [], digest })
  }
  seen.reverse()
  // A node whose chain does not stand on what is final has nothing to say.
  const isOn = trail.base.hash === null || seen.length === 0 || seen[0]!.parentHash === trail.base.hash
  const { blocks } = views[nth]!
  blocks.splice(0, blocks.length, ...(isOn ? seen : []))
}

function advance({ trail, views, chain }: Telling): Trail.Step | null {
  return Trail.advance(trail, views, chain.quorum)
}

function* tell(telling: Telling, step: Trail.Step): Iterable<ChainSignal> {
  if (telling.after === undefined) {
    telling.movedAt = World.nowSeconds(telling.world)
    telling.isStale = false
  }
  yield* Tellings.tell(telling, step, (block) => [signalOf(telling, block)])
}

function signalOf({ chain, contents }: Telling, seen: SeenBlock): ChainSignal {
  const { number, hash, parentHash, at, digest } = seen
  const observations = contents.get(digest)!
  return { kind: 'block', block: { chain: chain.id, number, hash, parentHash, at, observations } }
}

function settle(telling: Telling): Iterable<ChainSignal> {
  return Tellings.settle(telling, telling.views, { by: 'blocks', depth: telling.chain.depth, seconds: 0 })
}

function* troubles(telling: Telling): Iterable<ChainSignal> {
  const { world, trail, views, chain, lasting } = telling
  if (!telling.isStale && World.nowSeconds(world) - telling.movedAt > staleSeconds) {
    telling.isStale = true
    yield trouble(
      telling,
      'SourceStale',
      `no new block after ${Trail.tipNumber(trail)} for ${staleSeconds} s`,
    )
  }
  const doubts = Trail.doubts(trail, views, chain.quorum)
  const now = new Map(doubts.map(({ names, what }) => [names.join(), what]))
  const news = [...now].filter(([names]) => !lasting.has(names))
  lasting.clear()
  for (const names of now.keys()) lasting.add(names)
  if (news.length > 0) yield trouble(telling, 'SourceDisagreement', news.map(([, what]) => what).join('; '))
}

function trouble(telling: Telling, name: 'SourceStale' | 'SourceDisagreement', what: string): ChainSignal {
  const { decider, world, chain } = telling
  const at = Math.max(World.nowSeconds(world) + decider.clockSkew, telling.saidAt + 1)
  telling.saidAt = at
  return { kind: 'trouble', chain: chain.id, at, name, what }
}
