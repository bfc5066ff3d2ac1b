import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { Journal, Query, Recorded } from '@cutwater/engine/ports/Journal.ts'
import type { Watch } from '@cutwater/engine/watch/watch.ts'
import * as Scheduler from '../Scheduler.ts'
import * as World from '../World.ts'
import * as Disk from './Disk.ts'

/** One process that watches, from its start to its death. */
export type Decider = Scheduler.Owner & {
  readonly name: string
  /** which of those that opened the journal it is */
  readonly epoch: number
  /** how far its clock is off, seconds */
  clockSkew: number
  /** whom it cannot reach, and until when, milliseconds */
  readonly cutOff: Map<Far, number>
  watch: Watch | null
  /** calls to the world under way */
  calling: number
  /** learns that it is over, and why */
  onEnd: (why: string) => void
}

/** What may be out of reach: the nodes of a chain, or the people. */
export type Far = number | 'people'

/**
 * One call of a process to the world: it takes its time both ways, and the process may die before or after it has
 * taken effect. What the dead asked for may still happen; they never hear of it.
 */
export function call<T>(
  world: World.World,
  decider: Decider,
  what: string,
  act: () => Promise<T>,
): Promise<T> {
  const { scheduler, faults } = world
  return new Promise((resolve, reject) => {
    if (decider.isDead) return
    decider.calling += 1
    const death = World.strikes(world, 'crash') === null ? null : Rng.pick(faults.rng, ['before', 'after'])
    if (death === 'before') return die(world, decider, `before ${what}`)
    Scheduler.after(scheduler, Scheduler.between(scheduler, 1, 40), async () => {
      const answer = act()
      const isDone = await answer.then(
        () => true,
        () => false,
      )
      World.note(world, `${decider.name} ${what}${isDone ? '' : ' fails'}`)
      if (death === 'after') return die(world, decider, `after ${what}`)
      const back = () => {
        decider.calling -= 1
        void answer.then(resolve, reject)
      }
      Scheduler.after(scheduler, Scheduler.between(scheduler, 1, 40), back, decider)
    })
  })
}

export function die(world: World.World, decider: Decider, why: string): void {
  if (decider.isDead) return
  decider.isDead = true
  World.note(world, `${decider.name} dies ${why}`)
  decider.onEnd(why)
}

export function isCutOff({ scheduler }: World.World, { cutOff }: Decider, far: Far): boolean {
  return (cutOff.get(far) ?? 0) > scheduler.now
}

export function clock(world: World.World, decider: Decider): Clock {
  const { scheduler } = world
  return {
    now: () => World.nowSeconds(world) + decider.clockSkew,
    sleep: (milliseconds) =>
      new Promise((resolve) => Scheduler.after(scheduler, milliseconds, resolve, decider)),
  }
}

/** The journal as this process reaches it. */
export function journal(world: World.World, decider: Decider): Journal {
  const { disk, scheduler } = world
  const asked = <T>(what: string, act: () => Promise<T>): Promise<T> => call(world, decider, what, act)
  async function* read(query?: Query): AsyncGenerator<readonly Recorded[]> {
    const pages = disk.journal.read(query)[Symbol.asyncIterator]()
    for (;;) {
      const page = await asked('reads', () => pages.next())
      if (page.done === true) return
      yield page.value
    }
  }
  return {
    append: (entries) =>
      asked(`writes ${entries.map(({ topic, id }) => `${topic} ${id}`).join(', ')}`, async () => {
        const full = World.strikes(world, 'diskFull')
        if (full !== null) disk.fullUntil = scheduler.now + full * 1_000
        const added = await Disk.append(disk, decider.epoch, scheduler.now, entries)
        if (World.strikes(world, 'ackLost') !== null) {
          throw Disk.failure('JOURNAL_UNREACHABLE', 'no answer, though it is written')
        }
        return added
      }),
    read,
    last: (topic, upTo) => asked('reads the last', () => disk.journal.last(topic, upTo)),
    find: (topic, ids) => asked('finds', () => disk.journal.find(topic, ids)),
    count: (topic) => asked('counts', () => disk.journal.count(topic)),
    close: async () => {},
  }
}
