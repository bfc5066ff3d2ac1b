import { CutwaterError } from '../units/CutwaterError.ts'
import * as Input from './Input.ts'
import * as SortedWindow from './SortedWindow.ts'

/** `window`: how many past values count; `minimum`: how many must have been seen before a rank is given. */
export type Settings = { readonly window: number; readonly minimum: number }

export type State = { readonly minimum: number; readonly past: SortedWindow.State }

/** What stands for a rank that is not known yet: neither high nor low. */
export const neutral = 0.5

/**
 * A percentile rank with no past yet.
 *
 * @example
 * PercentileRank.create({ window: 250, minimum: 60 }).minimum // 60
 */
export function create({ window, minimum }: Settings): State {
  const past = SortedWindow.create(Input.period(window, 1, 'window'))
  Input.period(minimum, 1, 'minimum')
  if (minimum > window) throw minimumAboveWindow(minimum, window)
  return { minimum, past }
}

/**
 * The share of the trailing past that lies below `value`, ties counted by half, 0 to 1; 0.5 until `minimum`
 * values have been seen. Only then does the value join the past, so no value is ranked against itself or
 * against anything later.
 *
 * @example
 * PercentileRank.step(PercentileRank.create({ window: 250, minimum: 60 }), 12.5) // 0.5
 */
export function step(state: State, value: number): number {
  const rank = peek(state, value)
  SortedWindow.push(state.past, value)
  return rank
}

/** The rank that `step` would give, without letting the value join the past. */
export function peek({ past, minimum }: State, value: number): number {
  return past.size < minimum ? neutral : SortedWindow.rank(past, value)
}

/**
 * The rank of each value: the same numbers as by `step`.
 *
 * @example
 * PercentileRank.series(Float64Array.of(1, 3, 2, 9), { window: 3, minimum: 2 }).at(-1) // 1
 */
export function series(
  values: Float64Array,
  settings: Settings,
  out: Float64Array = new Float64Array(values.length),
): Float64Array {
  const state = create(settings)
  const { length } = Input.sameLength(out, values.length)
  for (let i = 0; i < length; i++) out[i] = step(state, values[i]!)
  return out
}

function minimumAboveWindow(minimum: number, window: number): CutwaterError {
  return new CutwaterError('SIGNAL_PERIOD_MALFORMED', `minimum is ${minimum} of a window of ${window}`, {
    right: 'no more than the window can hold',
  })
}
