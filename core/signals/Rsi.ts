import * as Input from './Input.ts'

export type Settings = { readonly period: number }

export type State = {
  readonly period: number
  /** what is left of the past after one value: (period - 1) / period */
  readonly keep: number
  /** counts to `period` + 1 and stays there */
  seen: number
  last: number
  /** decayed sum of the rises */
  gain: number
  /** decayed sum of rises and falls, both positive */
  movement: number
}

/**
 * A relative strength index that has seen nothing yet: Wilder, New Concepts in Technical Trading Systems
 * (1978), seeded as by TA-Lib (TA_RSI, default compatibility, no unstable period).
 *
 * @example
 * Rsi.create({ period: 14 }).seen // 0
 */
export function create({ period }: Settings = { period: 14 }): State {
  Input.period(period, 2, 'period')
  return { period, keep: (period - 1) / period, seen: 0, last: 0, gain: 0, movement: 0 }
}

/**
 * The index after one more value, 0 (only falls) to 100 (only rises); NaN until `period` changes have been
 * seen, 0 as long as nothing has ever changed.
 *
 * Values that stand still leave the index where it is. TA-Lib drops it to 0 once its averages have decayed
 * below a fixed threshold, which depends on the unit of the values and reads as "only falls".
 */
export function step(state: State, value: number): number {
  if (state.seen <= state.period) return warmUp(state, value)
  const change = value - state.last
  const size = Math.abs(change)
  const keep = state.movement > quiet ? state.keep : 1
  const movement = state.movement * keep + size
  if (!Number.isFinite(movement)) throw Input.notFinite(value, 'value')
  state.last = value
  state.gain = state.gain * keep + (size / 2 + change / 2)
  state.movement = movement
  return index(state.gain, movement)
}

/**
 * The index after each value, NaN for the first `period`: the same numbers as by `step`, bit for bit.
 *
 * @param out takes the results; hand in one that is used again and again to spare its allocation
 *
 * @example
 * Rsi.series(Float64Array.of(4, 5, 6, 5, 4, 5), { period: 2 }).at(-1) // 62.5
 */
export function series(
  values: Float64Array,
  settings: Settings = { period: 14 },
  out: Float64Array = new Float64Array(values.length),
): Float64Array {
  const state = create(settings)
  const { length } = Input.sameLength(out, values.length)
  const start = Math.min(state.period + 1, length)
  for (let i = 0; i < start; i++) out[i] = step(state, values[i]!)

  let { last, gain, movement } = state
  for (let i = start; i < length; i++) {
    const value = values[i]!
    const change = value - last
    const size = Math.abs(change)
    const keep = movement > quiet ? state.keep : 1
    last = value
    gain = gain * keep + (size / 2 + change / 2)
    movement = movement * keep + size
    out[i] = index(gain, movement)
  }
  if (!Number.isFinite(movement)) throw Input.notFiniteAt(values, out, start)
  return out
}

// Wilder divides both averages by the period at every step; only their ratio counts, so sums will do. The
// rise is |change|/2 + change/2 because a comparison would be mispredicted every other time.

// Below this the past is kept as it is: some ten thousand values that stand still would else wear the two
// sums down to where doubles have no digits left, and their ratio to chance.
const quiet = 1e-200

function index(gain: number, movement: number): number {
  return movement === 0 ? 0 : 100 * (gain / movement)
}

function warmUp(state: State, value: number): number {
  Input.finite(value, 'value')
  const change = state.seen === 0 ? 0 : value - state.last
  const size = Math.abs(change)
  state.last = value
  state.gain += size / 2 + change / 2
  state.movement += size
  state.seen++
  return state.seen > state.period ? index(state.gain, state.movement) : Number.NaN
}
