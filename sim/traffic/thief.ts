import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Leg } from '../chain/Tx.ts'
import * as Scheduler from '../Scheduler.ts'
import * as Setting from '../Setting.ts'
import * as World from '../World.ts'
import * as Traffic from './Traffic.ts'

/** How a thief makes a release that nothing stands behind. */
type Way = 'unknown' | 'ahead' | 'replay' | 'mismatch'

/**
 * Thieves, in two seeds of three: a way in is found and used until it is shut; beside it oddities of a few dollars,
 * logs that mean nothing, and now and then a change of signers that nobody announced.
 */
export function thief(world: World.World, traffic: Traffic.Traffic): void {
  const { rng, scheduler } = world
  if (Rng.chance(rng, 0.6)) {
    const after = 200_000 + Rng.integer(rng, 1_500_000)
    Scheduler.after(scheduler, after, () => steal(world, traffic, 1 + Rng.integer(rng, 40)))
  }
  const odd = Rng.chance(rng, 0.4)
  const next = (): void => {
    Scheduler.after(scheduler, 30_000 + Rng.integer(rng, 400_000), next)
    if (world.isClosing) return
    const kind = Rng.pick(
      rng,
      odd ? ['oddity', 'oddity', 'noise', 'change', 'announced'] : ['noise', 'announced'],
    )
    if (kind === 'oddity') forge(world, traffic, 'unknown', 1 + Rng.integer(rng, 400))
    if (kind === 'noise') makeNoise(world)
    if (kind === 'announced') change(world, true)
    // Everything stops after it: rare, or nothing else would be seen.
    if (kind === 'change' && Rng.chance(rng, 0.15)) change(world, false)
  }
  Scheduler.after(scheduler, 100_000, next)
}

/** One release after the other, on one way in or on several, each worth a share of all that is locked. */
function steal(world: World.World, traffic: Traffic.Traffic, left: number): void {
  const { rng, scheduler } = world
  if (left === 0 || world.isClosing) return
  const way = Rng.pick(rng, ['unknown', 'ahead', 'replay', 'mismatch'] as const)
  const share = Rng.pick(rng, [0.002, 0.01, 0.05])
  forge(world, traffic, way, share * Traffic.lockedUsd(world))
  Scheduler.after(scheduler, 1_000 + Rng.integer(rng, 30_000), () => steal(world, traffic, left - 1))
}

function forge(world: World.World, traffic: Traffic.Traffic, way: Way, usd: number): void {
  const { rng, setting } = world
  const route = Traffic.pickRoute(world)
  const symbol = Rng.pick(rng, Setting.symbols)
  const amount = Setting.unitsOf(setting, symbol, usd)
  const forged = { symbol, ...route, amount, message: messageFor(world, traffic, way, route) }
  const id = `0xforged-${world.sent.size}-${route.to}`
  const body = { kind: 'leg' as const, leg: Traffic.inLeg(world, forged), isHonest: false }
  World.note(
    world,
    `a thief sends ${id}: ${way}, ${Math.round(usd)} dollars of ${symbol}, message ${forged.message}`,
  )
  World.submit(world, route.to, { id, since: World.nowSeconds(world), body })
}

function messageFor(
  { rng }: World.World,
  { messages, relayed, open }: Traffic.Traffic,
  way: Way,
  { from, to }: Pick<Traffic.Transfer, 'from' | 'to'>,
): string {
  const newest = messages.get(`${from}>${to}`) ?? 0
  const isOnRoute = (each: Traffic.Transfer) => each.from === from && each.to === to
  const known = way === 'replay' ? relayed.filter(isOnRoute) : [...open.values()].filter(isOnRoute)
  if ((way === 'replay' || way === 'mismatch') && known.length > 0) return Rng.pick(rng, known).message
  return String(newest + 1_000_000 + Rng.integer(rng, 1_000_000))
}

function makeNoise(world: World.World): void {
  const { rng } = world
  const { from, to } = Traffic.pickRoute(world)
  const known = Traffic.outLeg(world, { symbol: 'GOLD', from, to, amount: 1n, message: '7777777' })
  const leg: Leg = Rng.pick(rng, [
    { ...known, peer: 999 },
    { ...known, tokenSource: 'LEAD', token: 'LEAD' },
  ])
  const id = `0xnoise-${world.sent.size}`
  World.submit(world, from, { id, since: World.nowSeconds(world), body: { kind: 'noise', leg } })
}

function change(world: World.World, announced: boolean): void {
  const { rng, setting } = world
  const { id: chain } = Rng.pick(rng, setting.chains)
  const id = `0xchange-${world.sent.size}-${announced ? 'announced' : 'sudden'}`
  const body = { kind: 'change' as const, name: 'SignerSetChanged' as const, announced }
  World.submit(world, chain, { id, since: World.nowSeconds(world), body })
}
