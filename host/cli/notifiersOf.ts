import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Notifier } from '@cutwater/engine/ports/Notifier.ts'
import * as NotifyConfig from '../notify/NotifyConfig.ts'
import { clock } from './clock.ts'
import type { WatchFile } from './WatchFile.ts'

type Surroundings = Pick<NotifyConfig.World, 'environment' | 'terminal'>

/** Everyone whom the description of a watch names, ready to be told. */
export function notifiersOf(
  { notify, place }: WatchFile,
  { environment, terminal }: Surroundings,
): readonly Notifier[] {
  const rng = Rng.create(clock.now())
  return NotifyConfig.fromConfig(notify, { place, environment, clock, rng, terminal })
}
