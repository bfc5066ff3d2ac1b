import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { decode } from '@cutwater/engine/journal/encode.ts'
import type { Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import * as Scheduler from '../Scheduler.ts'
import * as World from '../World.ts'

/** How long the timelock makes everybody wait, seconds. */
export const timelockSeconds = 600

/** People who agree, now and then, to loosen what the guard proposes to loosen: through the timelock. */
export function people(world: World.World): void {
  const { scheduler, rng, disk } = world
  const seen = new Set<string>()
  const next = (): void => {
    Scheduler.after(scheduler, 60_000, next)
    for (const { topic, id, body } of disk.entries) {
      if (topic !== 'done' || seen.has(id)) continue
      seen.add(id)
      const outcome = decode(body) as Outcome
      if (outcome.kind === 'proposed' && Rng.chance(rng, 0.7)) agree(world, id)
    }
  }
  next()
}

function agree(world: World.World, id: string): void {
  const { disk, scheduler } = world
  const { act, chain } = decode(
    disk.entries.find((entry) => entry.topic === 'decided' && entry.id === id)!.body,
  ) as Deed
  if (act.kind !== 'propose') return
  const execute = (): void => {
    const { token, unproven, total } = act
    const body = { kind: 'timelock' as const, token, unproven, total }
    World.submit(world, chain, { id: `0xtimelock-${world.sent.size}`, since: World.nowSeconds(world), body })
  }
  world.scheduled.push({ chain, token: act.token, at: World.nowSeconds(world) })
  World.note(world, `people schedule what ${id} proposes`)
  Scheduler.after(scheduler, timelockSeconds * 1_000, execute)
}
