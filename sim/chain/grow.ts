import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { checkBlock } from '../invariants/checkBlock.ts'
import * as Scheduler from '../Scheduler.ts'
import * as World from '../World.ts'
import * as Chain from './Chain.ts'
import * as Node from './Node.ts'
import { isOut, type Tx } from './Tx.ts'

/** In a lull a chain makes a block this many times less often. */
const lullFactor = 60

/** Lets a chain make blocks, with whatever may happen to it, and its nodes learn of them; said again, it begins anew. */
export function grow(world: World.World, chain: Chain.Chain): void {
  const { scheduler, rng } = world
  const { blockSeconds } = chain.setting
  chain.beginnings += 1
  const { beginnings } = chain
  const next = (): void => {
    if (chain.beginnings > beginnings) return
    const isLull = scheduler.now < world.lullUntil
    const wait = blockSeconds * 1_000 * (isLull ? lullFactor : 1)
    Scheduler.after(scheduler, wait + Scheduler.between(scheduler, -500, 500), next)
    if (world.isStill || scheduler.now < chain.haltedUntil) return
    befall(world, chain)
    const at = Math.max(World.nowSeconds(world), Chain.tip(chain).at + 1)
    const block = Chain.mine(chain, at)
    World.note(
      world,
      `chain ${chain.setting.id} makes ${block.hash} with ${block.txs.map(({ id }) => id).join(', ')}`,
    )
    checkBlock(world, chain, block)
    spread(world, chain)
  }
  Scheduler.after(scheduler, Rng.integer(rng, blockSeconds * 1_000), next)
}

function befall(world: World.World, chain: Chain.Chain): void {
  const { scheduler, faults } = world
  const halt = World.strikes(world, 'halt')
  if (halt !== null) chain.haltedUntil = scheduler.now + halt * 1_000
  if (scheduler.now >= chain.feeUntil) chain.baseFee = 1
  const spike = World.strikes(world, 'feeSpike')
  if (spike !== null) {
    chain.baseFee = 2 + Rng.integer(faults.rng, 49)
    chain.feeUntil = scheduler.now + spike * 1_000
  }
  if (World.strikes(world, 'reorg') === null) return
  const depth = Math.min(1 + Rng.integer(faults.rng, chain.setting.depth), chain.blocks.length)
  if (depth === 0) return
  World.disturb(world, World.nowSeconds(world) - Chain.tip(chain).at + depth * chain.setting.blockSeconds, 0)
  const vanishes = (tx: Tx): boolean => {
    if (!mayVanish(tx) || World.strikes(world, 'vanish') === null) return false
    chain.hasLostDeeds ||= tx.body.kind === 'guardian'
    return true
  }
  const dropped = Chain.reorganise(chain, depth, vanishes)
  World.note(world, `chain ${chain.setting.id} drops ${dropped.map(({ hash }) => hash).join(', ')}`)
  for (const block of chain.blocks.slice(-depth)) checkBlock(world, chain, block)
}

// What answers a final out leg is sent again by whoever wants to be paid, and what the timelock does by whoever asked.
function mayVanish({ body }: Tx): boolean {
  return body.kind === 'guardian' || (body.kind === 'leg' && isOut(body.leg))
}

/** Every node learns of the chain as it is, in its own time. */
function spread(world: World.World, chain: Chain.Chain): void {
  const { scheduler, faults } = world
  const nodes = world.nodes.filter((node) => node.chain === chain.setting.id)
  const still = World.strikes(world, 'standStill')
  if (still !== null) Rng.pick(faults.rng, nodes).stillUntil = scheduler.now + still * 1_000
  for (const node of nodes) {
    const learn = (): void => {
      if (scheduler.now < node.stillUntil) return
      node.head = Chain.tip(chain)
      const mayLie = node.isLiar && !node.lies.has(node.head.hash)
      if (mayLie && World.strikes(world, 'lie') !== null) Node.lie(node, node.head, faults.rng)
      if (faults.isOver) node.lies.clear()
      for (const hear of node.listeners) hear()
    }
    Scheduler.after(scheduler, Scheduler.between(scheduler, 50, 1_500), learn)
  }
}
