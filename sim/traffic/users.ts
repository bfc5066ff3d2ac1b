import * as Rng from '@cutwater/core/simulation/Rng.ts'
import * as Scheduler from '../Scheduler.ts'
import * as Setting from '../Setting.ts'
import * as World from '../World.ts'
import * as Traffic from './Traffic.ts'

/** Users who send coins to and fro; each transfer waits for the relayer. */
export function users(world: World.World, traffic: Traffic.Traffic): void {
  const { scheduler, rng, setting } = world
  for (const symbol of Setting.symbols) {
    const from = Setting.homeOf(setting, symbol)
    for (const { id } of setting.chains)
      if (id !== from) send(world, traffic, { symbol, from, to: id, amount: Setting.firstAmount })
  }
  const everySeconds = Rng.pick(rng, [10, 20, 60])
  const next = (): void => {
    Scheduler.after(scheduler, Rng.integer(rng, 2_000 * everySeconds), next)
    if (world.isClosing || scheduler.now < world.lullUntil) return
    const amount = BigInt(1 + Rng.integer(rng, Rng.chance(rng, 0.1) ? 200_000 : 20_000)) * 1_000_000n
    send(world, traffic, { symbol: Rng.pick(rng, Setting.symbols), ...Traffic.pickRoute(world), amount })
  }
  next()
}

function send(world: World.World, traffic: Traffic.Traffic, what: Omit<Traffic.Transfer, 'message'>): void {
  const transfer = { ...what, message: Traffic.nextMessage(traffic, what.from, what.to) }
  const id = Traffic.txOf('out', transfer)
  traffic.open.set(id, transfer)
  const body = { kind: 'leg' as const, leg: Traffic.outLeg(world, transfer), isHonest: true }
  World.submit(world, transfer.from, { id, since: World.nowSeconds(world), body })
}
