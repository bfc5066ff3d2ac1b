import * as Input from './Input.ts'

export type Settings = { readonly period: number }

/** `value` is 0 until `period` values have been seen: not-a-number does not survive a snapshot. */
export type State = {
  readonly period: number
  /** what the newest value counts for: 2 / (period + 1) */
  readonly weight: number
  /** counts to `period` and stays there */
  seen: number
  /** of the first `period` values */
  sum: number
  value: number
}

/**
 * An exponential moving average that has seen nothing yet. It starts as the simple average of its first
 * `period` values, as TA-Lib's does (TA_EMA, default compatibility).
 *
 * @example
 * Ema.create({ period: 9 }).weight // 0.2
 */
export function create({ period }: Settings): State {
  Input.period(period, 1, 'period')
  return { period, weight: 2 / (period + 1), seen: 0, sum: 0, value: 0 }
}

/** The average after one more value, in the unit of the values; NaN until `period` values have been seen. */
export function step(state: State, value: number): number {
  if (state.seen < state.period) return warmUp(state, value)
  const next = (value - state.value) * state.weight + state.value
  if (!Number.isFinite(next)) throw Input.notFinite(value, 'value')
  state.value = next
  return next
}

/**
 * The average after each value, NaN for the first `period` - 1: the same numbers as by `step`, bit for bit.
 *
 * @param out takes the results; hand in one that is used again and again to spare its allocation
 *
 * @example
 * Ema.series(Float64Array.of(1, 2, 3, 5), { period: 3 }).at(-1) // 3.5
 */
export function series(
  values: Float64Array,
  settings: Settings,
  out: Float64Array = new Float64Array(values.length),
): Float64Array {
  const state = create(settings)
  const { length } = Input.sameLength(out, values.length)
  const start = Math.min(state.period, length)
  for (let i = 0; i < start; i++) out[i] = step(state, values[i]!)

  const { weight } = state
  let average = state.value
  for (let i = start; i < length; i++) {
    average = (values[i]! - average) * weight + average
    out[i] = average
  }
  if (!Number.isFinite(average)) throw Input.notFiniteAt(values, out, start)
  return out
}

function warmUp(state: State, value: number): number {
  state.sum += Input.finite(value, 'value')
  state.seen++
  if (state.seen < state.period) return Number.NaN
  state.value = state.sum / state.period
  return state.value
}
