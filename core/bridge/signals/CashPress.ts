import type * as Signal from './Signal.ts'

/** The highest value locked so far, dollars. */
export type State = { highest: number }

const nearHigh = 0.95
const falling = 50
const worn = 0.5

/**
 * The cash press: value within 5% of its highest, breadth falling (RSI of the A/D line below 50) and protection half
 * gone at once is the time to press fees into cover. How many of the three hold, 0 to 3; on a fixed scale acute only
 * when all do.
 */
export const press: Signal.Signal<State> = {
  name: 'cashPress',
  concept: 'Big Top cash press',
  unit: 'conditions of three',
  layer: 'mid',
  presses: { near: 0, mid: 1, far: 1 },
  acute: 'scale',
  warmUpHours: 14,
  create: () => ({ highest: 0 }),
  step(state, { at, locked, values }) {
    state.highest = Math.max(state.highest, locked)
    const [breadth, left] = [values.get('breadth'), values.get('protection')]
    if (left === undefined) return { why: 'no audit, key rotation, drill or code review is known' }
    if (breadth === undefined || state.highest === 0) return { why: 'breadth is still warming up' }
    const held = [locked >= nearHigh * state.highest, breadth < falling, left < worn]
    const value = held.filter(Boolean).length
    const says = `${value} of 3 hold: value ${held[0] ? 'at' : 'below'} its high, breadth ${held[1] ? 'falling' : 'rising'}, protection ${held[2] ? 'more' : 'less'} than half gone`
    return { value, asOf: at, says, scale: value === 3 ? 1 : 0.5 }
  },
}
