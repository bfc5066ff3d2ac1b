import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Notifier } from '@cutwater/engine/ports/Notifier.ts'
import * as World from '../World.ts'
import * as Decider from './Decider.ts'
import * as Disk from './Disk.ts'

/** People who are told: now and then in vain, and sometimes although it looks as if in vain. */
export function notifier(world: World.World, decider: Decider.Decider): Notifier {
  return {
    name: 'people',
    notify: (alert) =>
      Decider.call(world, decider, `tells ${alert.id}`, async () => {
        if (!Disk.holds(world.disk, 'decided', `alert:${alert.id}`)) {
          World.violate(world, 'written', `${alert.id} is told, and the journal does not hold it`)
        }
        if (Decider.isCutOff(world, decider, 'people')) throw new Error('nobody can be reached')
        const isRefused = World.strikes(world, 'refuse') !== null
        if (isRefused && Rng.chance(world.faults.rng, 0.5)) throw new Error('refused')
        world.told.add(alert.id)
        if (isRefused) throw new Error('no answer')
      }),
  }
}
