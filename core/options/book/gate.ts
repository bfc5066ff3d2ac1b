import type { UnixTime } from '../../units/UnixTime.ts'
import { day } from '../../units/UnixTime.ts'
import type { View } from '../view/View.ts'
import type { OptionsPolicy } from './OptionsPolicy.ts'

/** What keeps a new condor from being opened. */
export type Shut = { readonly by: 'gated' | 'eventGated'; readonly because: string }

/**
 * What keeps a condor of this expiry from being opened: a high VIX (R13), or a release before it has run its first days.
 *
 * Undefined when nothing does.
 */
export function gate(
  { gate, condor }: OptionsPolicy,
  { day: { vix }, eventIn, date }: View,
  expiry: UnixTime,
): Shut | undefined {
  if (!gate.on) return undefined
  if (vix.close >= gate.noneFrom)
    return { by: 'gated', because: `VIX is ${vix.close}, ${gate.noneFrom} or more` }
  const isAggressive = condor.style === 'daily' && condor.tier === 'aggressive'
  if (isAggressive && gate.blocksAggressive && vix.close >= gate.allBelow)
    return { by: 'gated', because: `VIX is ${vix.close}, too high for the aggressive tier` }
  const reach = Math.min(gate.eventDays, (expiry - date) / day)
  const event = gate.events.find((kind) => eventIn[kind] <= reach)
  return event === undefined
    ? undefined
    : { by: 'eventGated', because: `${event} is ${eventIn[event]} days away` }
}
