import { hour, type UnixTime } from '../../units/UnixTime.ts'
import { assumptions } from './Assumptions.ts'
import * as Measures from './Measures.ts'
import * as Signal from './Signal.ts'
import type { View } from './View.ts'

/**
 * Dated events, known beforehand: an upgrade, a rotation of the set, a proposal's execution, an unlock. Hours to the
 * next one; on a fixed scale from 0.5, three days before it, to 1 when it happens and for a day after, as the hedge
 * ramps before the event and the first day shows what was overlooked.
 */
export const calendar: Signal.Signal<null> = {
  name: 'calendar',
  concept: 'Event calendar (FOMC)',
  unit: 'hours to the next event',
  layer: 'far',
  presses: { near: 0.5, mid: 0, far: 1 },
  acute: 'scale',
  ...Signal.forgetful,
  step(_, view) {
    const nearest = nextOf(view)
    if (nearest === null) return { why: 'no dated event lies ahead' }
    const seconds = nearest.at - view.at
    const scale = seconds <= 0 ? 1 : 0.5 + 0.5 * Signal.clamp(1 - seconds / assumptions.rampSeconds)
    const when = seconds > 0 ? `in ${Math.round(seconds / hour)} h` : `${Math.round(-seconds / hour)} h ago`
    return { value: seconds / hour, asOf: view.at, says: `${nearest.what} ${when}`, scale }
  },
}

const aftermathSeconds = 24 * hour

function nextOf({ measures, at }: View): { what: string; at: UnixTime } | null {
  let next: { what: string; at: UnixTime } | null = null
  for (const { of: what, answer } of Measures.readAll(measures, 'event', at)) {
    if (!answer.known || answer.value < at - aftermathSeconds) continue
    if (next === null || answer.value < next.at) next = { what, at: answer.value }
  }
  return next
}
