import * as Rng from '@cutwater/core/simulation/Rng.ts'
import * as Chain from '../chain/Chain.ts'
import * as Scheduler from '../Scheduler.ts'
import * as World from '../World.ts'
import * as Traffic from './Traffic.ts'

/** An honest relayer: it brings a transfer's in leg when its out leg is final, by blocks and by time. */
export function relayer(world: World.World, traffic: Traffic.Traffic): void {
  const { scheduler, rng } = world
  const next = (): void => {
    Scheduler.after(scheduler, 2_000 + Rng.integer(rng, 4_000), next)
    for (const chain of world.chains) relayFrom(world, traffic, chain)
  }
  next()
}

function relayFrom(world: World.World, traffic: Traffic.Traffic, chain: Chain.Chain): void {
  const { rng } = world
  const { id, blockSeconds, depth } = chain.setting
  const final = Chain.finalNumber(chain)
  const now = World.nowSeconds(world)
  for (const block of chain.blocks.slice(-200)) {
    if (block.number > final || block.at + blockSeconds * depth > now) break
    for (const tx of block.txs) {
      const transfer = traffic.open.get(tx.id)
      if (transfer === undefined || transfer.from !== id || Rng.chance(rng, 0.5)) continue
      traffic.open.delete(tx.id)
      traffic.relayed.push(transfer)
      const body = { kind: 'leg' as const, leg: Traffic.inLeg(world, transfer), isHonest: true }
      World.submit(world, transfer.to, { id: Traffic.txOf('in', transfer), since: now, body })
    }
  }
}
