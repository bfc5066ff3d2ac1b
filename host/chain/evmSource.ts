import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { ChainSignal, ChainSource, Standing } from '@cutwater/engine/ports/ChainSource.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import * as Alarms from './Alarms.ts'
import { decodeBlock } from './decodeBlock.ts'
import * as Life from './Life.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Node from './Node.ts'
import * as Rpc from './Rpc.ts'
import { type SeenBlock, scopeOf } from './readBlocks.ts'
import type { Say } from './Say.ts'
import { subscribe } from './subscribe.ts'
import * as Telling from './Telling.ts'
import * as Trail from './Trail.ts'

export type EvmSource = ChainSource & {
  /** how each node stands now */
  status(): readonly Node.Status[]
}

/**
 * A chain as a quorum of its nodes tells it.
 *
 * Every node is followed at its own pace; a block counts when enough of them tell the same hash, parent, time and
 * logs. On going on `after` a block, as many blocks before it as may still change are read again without being
 * told: if it is no longer there, a reorg goes back to the last block that was final then, and what follows is told
 * anew; the blocks between that were dropped cannot be named, so a reorg drops every block above `to`.
 *
 * `CHAIN_ID_WRONG` when so many nodes are of another chain that no quorum is left.
 */
export function evmSource(
  chain: LiveChain,
  options: { readonly clock: Clock; readonly say?: Say },
): EvmSource {
  const lives = new Set<Life.Life>()
  let nodes: readonly Node.Node[] = []
  let isStopped = false
  return {
    chain: chain.id,
    status: () => nodes.map(Node.status),
    stop: () => {
      isStopped = true
      for (const life of lives) life.end()
    },
    follow: async function* (after) {
      if (isStopped) return
      const life = Life.create(options.clock)
      lives.add(life)
      try {
        const watch = start(chain, life, after, options.say ?? (() => {}))
        nodes = watch.nodes
        yield* signalsOf(watch)
      } finally {
        life.end()
        lives.delete(life)
      }
    },
  }
}

type Watch = Telling.Telling & {
  readonly chain: LiveChain
  readonly life: Life.Life
  readonly nodes: readonly Node.Node[]
  readonly alarms: Alarms.Alarms
  /** rung when a node has been asked */
  readonly bell: Life.Bell
  hasTold: boolean
}

function start(chain: LiveChain, life: Life.Life, after: Standing | undefined, say: Say): Watch {
  const { timeoutMilliseconds } = chain
  const nodes = chain.rpcs.map((endpoint) =>
    Node.create(chain, Rpc.create(endpoint, { timeoutMilliseconds, signal: life.signal })),
  )
  const trail = { base: baseOf(chain, after), blocks: [] }
  const isFound = after === undefined || after.number <= trail.base.number
  const bell = Life.createBell()
  life.atEnd(bell.ring)
  const following = { chain, scope: scopeOf(chain), trail, life, onAsked: bell.ring }
  nodes.forEach((node, at) => {
    void Node.follow(node, following)
    const { ws } = chain.rpcs[at]!
    if (ws !== null) feed(node, ws, life)
  })
  const alarms = Alarms.create(chain, life.clock, say)
  return { chain, life, trail, nodes, alarms, bell, after: isFound ? undefined : after, hasTold: false }
}

function feed(node: Node.Node, url: string, life: Life.Life): void {
  void subscribe({
    url,
    params: [['newHeads']],
    life,
    onData: () => node.bell.ring(),
    onState: (isOpen) => {
      node.isFed = isOpen
      node.bell.ring()
    },
  })
}

/**
 * The block before the first to be read: early enough that whatever may still change is read, and not below what was
 * told to be final, even if the chain was higher then.
 */
function baseOf({ startBlock, finality }: LiveChain, after: Standing | undefined): Trail.Trail['base'] {
  if (!after) return { number: startBlock - 1, hash: null }
  // Without reorgs there is nothing to read again; what lies before the start is not ours to judge.
  if (finality.depth === 0 && after.number >= startBlock) return { number: after.number, hash: after.hash }
  const { final = 0 } = after
  const number = Math.max(Math.min(startBlock - 1, after.number), after.number - finality.depth, final)
  return number < after.number ? { number, hash: null } : { number: after.number, hash: after.hash }
}

async function* signalsOf(watch: Watch): AsyncIterable<ChainSignal> {
  const { chain, life, nodes, alarms, bell, trail } = watch
  const views = nodes.map(({ view }) => view)
  while (!life.isOver()) {
    requireQuorum(watch)
    let steps = 0
    for (let step = advance(watch, views); step; step = advance(watch, views)) {
      Alarms.takeProgress(alarms, Trail.tipNumber(trail))
      yield* tell(watch, step)
      if (life.isOver()) return
      steps += 1
      if (steps % settleSteps === 0) yield* settle(watch, views)
    }
    if (steps > 0) yield* settle(watch, views)
    yield* Alarms.disagreements(alarms, Trail.doubts(trail, views, chain.quorum), nodes)
    yield* Alarms.standstill(alarms, nodes, Trail.tipNumber(trail))
    await life.rest(longestWaitMilliseconds, bell)
  }
}

/** The nodes ring whenever they have been asked; this is only for the case that all of them hang. */
const longestWaitMilliseconds = 1_000
/** During a long catching-up, final blocks are let go every so many steps. */
const settleSteps = 100

function advance({ trail, chain }: Watch, views: readonly Trail.View[]): Trail.Step | null {
  return Trail.advance(trail, views, chain.quorum)
}

function* tell(watch: Watch, step: Trail.Step): Iterable<ChainSignal> {
  if (watch.after === undefined) watch.hasTold = true
  yield* Telling.tell(watch, step, (seen) => tellBlock(watch, seen))
}

function* tellBlock({ chain, alarms }: Watch, seen: SeenBlock): Iterable<ChainSignal> {
  const { block, malformed } = decodeBlock(seen, chain)
  yield { kind: 'block', block }
  yield* Alarms.malformed(alarms, malformed)
}

function* settle(watch: Watch, views: readonly Trail.View[]): Iterable<ChainSignal> {
  yield* Telling.settle(watch, views, watch.chain.finality)
  for (const node of watch.nodes) node.bell.ring()
}

function requireQuorum({ chain, nodes, hasTold }: Watch): void {
  const wrong = nodes.flatMap(({ problem }) => (problem?.code === 'CHAIN_ID_WRONG' ? problem : []))
  // Once the chain has been watched, a node that changes its mind is no mistake of the operator's.
  if (hasTold || chain.rpcs.length - wrong.length >= chain.quorum) return
  throw new CutwaterError('CHAIN_ID_WRONG', wrong.map(({ message }) => message).join('; '), {
    where: chain.name,
    right: `${chain.quorum} nodes of chain ${chain.id}`,
  })
}
