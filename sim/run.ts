import * as Rng from '@cutwater/core/simulation/Rng.ts'
import * as Chain from './chain/Chain.ts'
import { grow } from './chain/grow.ts'
import { checkEnd } from './invariants/checkEnd.ts'
import type { Plant } from './plants.ts'
import { acting, supervise } from './process/supervise.ts'
import * as Scheduler from './Scheduler.ts'
import { people } from './traffic/people.ts'
import { relayer } from './traffic/relayer.ts'
import * as Traffic from './traffic/Traffic.ts'
import { thief } from './traffic/thief.ts'
import { users } from './traffic/users.ts'
import * as World from './World.ts'

export type Options = {
  /** how many things happen before the faults cease */
  readonly steps?: number
  /** keeps every line of the trace */
  readonly isWhole?: boolean
  readonly plant?: Plant | null
}

/** What came of one seed. */
export type Report = {
  readonly seed: number
  readonly steps: number
  readonly violations: readonly World.Violation[]
  /** the trace as one number: the same for the same seed, on every machine */
  readonly digest: number
  readonly trace: readonly string[] | null
}

export const usualSteps = 6_000

/**
 * How long after the last fault all must have come to rest, how long no block comes at the very end, and how long what is
 * being written or told then may take, seconds.
 */
const settling = { seconds: 400, stillSeconds: 60, lastSeconds: 10 }

/** Plays one seed's world to its end: faults and thieves, then rest, then the reckoning. */
export async function run(seed: number, options: Options = {}): Promise<Report> {
  const { steps = usualSteps, plant = null, isWhole = false } = options
  const world = World.create(seed, { plant, isWhole })
  const { scheduler, trace, violations } = world
  begin(world)
  while (scheduler.steps < steps) await Scheduler.step(scheduler)
  mend(world)
  await letPass(world, settling.seconds)
  world.isStill = true
  await letPass(world, settling.stillSeconds)
  // A doubt about a chain that stands still may have come just now: what is being written is no state to judge.
  const until = scheduler.now + settling.lastSeconds * 1_000
  while (acting(world).calling > 0 && scheduler.now < until && (await Scheduler.step(scheduler)));
  checkEnd(world)
  return { seed, steps: scheduler.steps, violations, digest: trace.digest, trace: trace.all }
}

function begin(world: World.World): void {
  const { rng, scheduler, chains } = world
  const traffic = Traffic.create()
  supervise(world)
  users(world, traffic)
  relayer(world, traffic)
  thief(world, traffic)
  people(world)
  for (const chain of chains) grow(world, chain)
  if (!Rng.chance(rng, 0.3)) return
  // Hours in which little happens: pauses are renewed, loosening is proposed.
  const lull = (): void => {
    const seconds = 3_600 * (1 + Rng.integer(rng, 9))
    World.note(world, `a lull of ${seconds} s begins`)
    world.lullUntil = scheduler.now + seconds * 1_000
    World.disturb(world, 0, seconds)
  }
  Scheduler.after(scheduler, 600_000 + Rng.integer(rng, 1_200_000), lull)
}

/** Faults cease and what is broken is mended; users and thieves go home. */
function mend(world: World.World): void {
  const { faults, disk, chains, nodes, scheduler } = world
  faults.isOver = true
  world.isClosing = true
  world.lullUntil = 0
  disk.fullUntil = 0
  for (const chain of chains) {
    Object.assign(chain, { haltedUntil: 0, feeUntil: scheduler.now, baseFee: 1 })
    // Out of a lull it would not come by itself in time.
    grow(world, chain)
  }
  for (const node of nodes) {
    node.stillUntil = 0
    node.lies.clear()
    node.head = Chain.tip(World.chainOf(world, node.chain))
  }
  const decider = acting(world)
  decider.frozenUntil = 0
  decider.cutOff.clear()
  World.note(world, 'faults cease')
}

async function letPass(world: World.World, seconds: number): Promise<void> {
  const until = world.scheduler.now + seconds * 1_000
  while (world.scheduler.now < until && (await Scheduler.step(world.scheduler)));
}
