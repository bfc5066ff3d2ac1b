import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import * as Calm from './Calm.ts'
import * as Chain from './chain/Chain.ts'
import type { Node } from './chain/Node.ts'
import type { Tx } from './chain/Tx.ts'
import * as Faults from './Faults.ts'
import type { Plant } from './plants.ts'
import type { Decider } from './process/Decider.ts'
import * as Disk from './process/Disk.ts'
import * as Scheduler from './Scheduler.ts'
import * as Setting from './Setting.ts'
import * as Trace from './Trace.ts'

/** One seed's world: everything that is simulated, and what is known of it from outside. */
export type World = {
  readonly setting: Setting.Setting
  readonly scheduler: Scheduler.Scheduler
  readonly trace: Trace.Trace
  readonly faults: Faults.Faults
  readonly calm: Calm.Calm
  readonly rng: Rng.Rng
  readonly chains: readonly Chain.Chain[]
  readonly nodes: readonly Node[]
  readonly disk: Disk.Disk
  readonly deciders: Decider[]
  /** ids of the alerts that reached people */
  readonly told: Set<string>
  /** every transaction that was sent, by id */
  readonly sent: Map<string, Tx>
  /** what people have asked the timelock for, and when */
  readonly scheduled: { readonly chain: number; readonly token: string; readonly at: UnixTime }[]
  readonly violations: Violation[]
  /** hours in which chains make few blocks, until then, milliseconds */
  lullUntil: number
  /** thieves and users have gone home */
  isClosing: boolean
  /** chains make no more blocks */
  isStill: boolean
  /** the bug that is planted, for a test */
  readonly plant: Plant | null
}

export type Violation = {
  readonly step: number
  readonly invariant: string
  readonly what: string
  readonly last: readonly string[]
}

export function create(
  seed: number,
  options: { readonly plant: Plant | null; readonly isWhole: boolean },
): World {
  const root = Rng.create(seed)
  const setting = Setting.draw(Rng.fork(root, 'setting'))
  const chains = setting.chains.map((chain) =>
    Chain.create(setting, chain, Rng.fork(root, `chain ${chain.id}`)),
  )
  return {
    setting,
    scheduler: Scheduler.create(Rng.fork(root, 'scheduler'), Setting.begin * 1_000),
    trace: Trace.create(options.isWhole),
    faults: Faults.draw(Rng.fork(root, 'faults')),
    calm: Calm.create(),
    rng: Rng.fork(root, 'traffic'),
    chains,
    nodes: chains.flatMap(nodesOf),
    disk: Disk.create(),
    deciders: [],
    told: new Set(),
    sent: new Map(),
    scheduled: [],
    violations: [],
    lullUntil: 0,
    isClosing: false,
    isStill: false,
    plant: options.plant,
  }
}

function nodesOf({ setting, origin }: Chain.Chain): Node[] {
  const { id, nodes, quorum } = setting
  return Array.from({ length: nodes }, (_, nth) => ({
    chain: id,
    name: `node ${id}.${nth + 1}`,
    isLiar: nth >= quorum,
    head: origin,
    stillUntil: 0,
    lies: new Map(),
    listeners: new Set(),
  }))
}

export function nowSeconds({ scheduler }: World): UnixTime {
  return Math.floor(scheduler.now / 1_000)
}

export function note({ trace, scheduler }: World, text: string): void {
  Trace.note(trace, scheduler.now, text)
}

/** Whether a fault happens; for as long as it lasts, and until what it broke is whole again, nothing is owed. */
export function strikes(world: World, name: Faults.Name): number | null {
  if (!Faults.strikes(world.faults, name)) return null
  const seconds = Faults.lasting(world.faults, name)
  disturb(world, 0, seconds)
  return seconds
}

/** @param before how long ago it began, seconds */
export function disturb(world: World, before: number, seconds: number): void {
  const now = nowSeconds(world)
  Calm.disturb(world.calm, now - before, now + seconds + Faults.recoverySeconds)
}

export function violate(world: World, invariant: string, what: string): void {
  const { violations, trace, scheduler } = world
  // One of a kind says enough.
  if (violations.some((each) => each.invariant === invariant)) return
  note(world, `VIOLATED ${invariant}: ${what}`)
  violations.push({ step: scheduler.steps, invariant, what, last: [...trace.newest] })
}

export function chainOf({ chains }: World, id: number): Chain.Chain {
  return chains.find(({ setting }) => setting.id === id)!
}

export function submit(world: World, chain: number, tx: Tx): ReturnType<typeof Chain.submit> {
  world.sent.set(tx.id, tx)
  return Chain.submit(chainOf(world, chain), tx)
}
