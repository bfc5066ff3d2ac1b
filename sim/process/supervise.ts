import * as BridgePolicy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { watch } from '@cutwater/engine/watch/watch.ts'
import * as Faults from '../Faults.ts'
import { planted } from '../plants.ts'
import * as Scheduler from '../Scheduler.ts'
import * as Setting from '../Setting.ts'
import * as World from '../World.ts'
import { actuator } from './actuator.ts'
import * as Decider from './Decider.ts'
import { notifier } from './notifier.ts'
import { quorumSource } from './quorumSource.ts'

/** Keeps a decider running: whenever one is over, the next is started on the same journal. */
export function supervise(world: World.World): void {
  start(world)
  const everyMinute = (): void => {
    Scheduler.after(world.scheduler, 60_000, everyMinute)
    befall(world)
  }
  everyMinute()
}

/** The decider that has the journal now. */
export function acting({ deciders }: World.World): Decider.Decider {
  return deciders.at(-1)!
}

function start(world: World.World): void {
  const { disk, deciders, setting } = world
  disk.epoch += 1
  const decider: Decider.Decider = {
    name: `decider ${disk.epoch}`,
    epoch: disk.epoch,
    isDead: false,
    frozenUntil: 0,
    clockSkew: deciders.at(-1)?.clockSkew ?? 0,
    cutOff: new Map(deciders.at(-1)?.cutOff),
    watch: null,
    calling: 0,
    onEnd: () => replace(world, decider),
  }
  deciders.push(decider)
  World.note(world, `${decider.name} starts`)
  const ports = planted(world, {
    sources: setting.chains.map((chain) => quorumSource(world, decider, chain)),
    journal: Decider.journal(world, decider),
    actuator: actuator(world, decider),
    notifiers: [notifier(world, decider)],
    clock: Decider.clock(world, decider),
  })
  const running = watch({
    ...ports,
    bridge: setting.bridge,
    policy: BridgePolicy.of('adaptive', { level: setting.level }),
    prices: setting.prices,
    limits: Setting.limitsSet(setting),
    snapshots: { maker: 'this', least: 20_000, times: 1, copies: 40, piece: 20_000, every: 2 },
  })
  running
    .then((watching) => {
      decider.watch = watching
      return watching.ended
    })
    .then(
      () => end(world, decider, 'ended by itself'),
      (error: unknown) => end(world, decider, error),
    )
}

/** What a journal that fails, by a fault, ends a watch with. */
const expected = ['JOURNAL_FENCED', 'JOURNAL_DISK_FULL', 'JOURNAL_UNREACHABLE']

function end(world: World.World, decider: Decider.Decider, why: unknown): void {
  if (decider.isDead) return
  const isExpected = why instanceof CutwaterError && expected.includes(why.code)
  const text =
    why instanceof CutwaterError
      ? `${why.code}: ${why.message}`
      : why instanceof Error
        ? (why.stack ?? why.message)
        : String(why)
  if (!isExpected) World.violate(world, 'alive', `the watch ended: ${text}`)
  Decider.die(world, decider, `of ${text}`)
}

function replace(world: World.World, decider: Decider.Decider): void {
  if (acting(world) !== decider) return
  const seconds = Faults.lasting(world.faults, 'crash')
  World.disturb(world, 0, seconds)
  Scheduler.after(world.scheduler, seconds * 1_000, () => {
    if (acting(world) === decider) start(world)
  })
}

function befall(world: World.World): void {
  const { scheduler, faults, setting } = world
  const decider = acting(world)
  if (decider.isDead) return
  const freeze = World.strikes(world, 'freeze')
  if (freeze !== null) {
    World.note(world, `${decider.name} freezes for ${freeze} s`)
    decider.frozenUntil = scheduler.now + freeze * 1_000
    // Whoever takes over cannot know that it is not dead.
    const takesOver = (): void => {
      if (acting(world) === decider && !decider.isDead) start(world)
    }
    if (Rng.chance(faults.rng, 0.5)) Scheduler.after(scheduler, 5_000 + freeze * 300, takesOver)
  }
  const partition = World.strikes(world, 'partition')
  if (partition !== null) {
    const all: Decider.Far[] = [...setting.chains.map(({ id }) => id), 'people']
    const far = Rng.chance(faults.rng, 0.4) ? all : [Rng.pick(faults.rng, all)]
    World.note(world, `${decider.name} is cut off from ${far.join(', ')} for ${partition} s`)
    for (const each of far) decider.cutOff.set(each, scheduler.now + partition * 1_000)
  }
  if (World.strikes(world, 'clockJump') !== null) {
    const seconds = Rng.pick(faults.rng, [2, 60, 3_600, 86_400])
    decider.clockSkew += Rng.chance(faults.rng, 0.5) ? seconds : -seconds
    World.note(world, `the clock of ${decider.name} is off by ${decider.clockSkew} s`)
  }
}
