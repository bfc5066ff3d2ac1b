import * as AdvanceDecline from '../../signals/AdvanceDecline.ts'
import { noWeight, type Signal } from './Signal.ts'

/**
 * The advance/decline line over routes × tokens: a pair of chains and a token advances in an hour in which more is
 * locked than released, and declines in one in which less is; summed since the start, a count.
 *
 * Watched and not weighed: its RSI over tokens is among the six that press (`breadth` in Pressure.ts), and the line
 * itself says the same twice.
 */
export const line: Signal<AdvanceDecline.State> = {
  name: 'advanceDecline',
  concept: 'A/D line',
  unit: 'advances less declines',
  layer: 'near',
  presses: noWeight,
  acute: 'low',
  warmUpHours: 0,
  create: AdvanceDecline.create,
  step(state, { at, tally }) {
    if (tally === null) return { why: 'nobody counts the legs' }
    let [advances, declines] = [0, 0]
    for (const net of tally.netUsd.values()) {
      if (net > 0) advances += 1
      else if (net < 0) declines += 1
    }
    const value = AdvanceDecline.step(state, advances, declines)
    return {
      value,
      asOf: at,
      says: `${advances} lanes gained and ${declines} lost value this hour; the line stands at ${value}`,
    }
  },
}
