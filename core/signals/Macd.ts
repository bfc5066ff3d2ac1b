import { CutwaterError } from '../units/CutwaterError.ts'
import * as Ema from './Ema.ts'
import * as Input from './Input.ts'

/** How many values the two averages run over, and how many of their differences the signal does. */
export type Settings = { readonly fast: number; readonly slow: number; readonly signal: number }

/** `macd`, `signal` and `histogram` are 0 until `warm`: not-a-number does not survive a snapshot. */
export type State = {
  warm: boolean
  /** values to let by before the fast average starts, so that both averages are ready on the same value */
  ahead: number
  readonly fastAverage: Ema.State
  readonly slowAverage: Ema.State
  readonly signalAverage: Ema.State
  macd: number
  signal: number
  histogram: number
}

/** One array per result, each as long as the values. */
export type Lines = {
  readonly macd: Float64Array
  readonly signal: Float64Array
  readonly histogram: Float64Array
}

/** Appel's usual 12, 26 and 9. */
export const standard: Settings = { fast: 12, slow: 26, signal: 9 }

/**
 * A moving average convergence divergence that has seen nothing yet, seeded as by TA-Lib (TA_MACD, default
 * compatibility): the fast average lets the first `slow` - `fast` values by, and the signal starts as the
 * simple average of the first `signal` differences.
 *
 * @example
 * Macd.create().ahead // 14
 */
export function create({ fast, slow, signal }: Settings = standard): State {
  requireFastBelowSlow(fast, slow)
  return {
    warm: false,
    ahead: slow - fast,
    fastAverage: Ema.create({ period: fast }),
    slowAverage: Ema.create({ period: slow }),
    signalAverage: Ema.create({ period: Input.period(signal, 1, 'signal') }),
    macd: 0,
    signal: 0,
    histogram: 0,
  }
}

/**
 * The histogram (macd - signal) after one more value, in the unit of the values; NaN for the first `slow` +
 * `signal` - 2 values. The state then holds all three results.
 */
export function step(state: State, value: number): number {
  if (!state.warm) return warmUp(state, value)
  const { fastAverage, slowAverage, signalAverage } = state
  const fast = (value - fastAverage.value) * fastAverage.weight + fastAverage.value
  const slow = (value - slowAverage.value) * slowAverage.weight + slowAverage.value
  const macd = fast - slow
  const signal = (macd - signalAverage.value) * signalAverage.weight + signalAverage.value
  if (!Number.isFinite(signal)) throw Input.notFinite(value, 'value')
  fastAverage.value = fast
  slowAverage.value = slow
  signalAverage.value = signal
  return publish(state, macd, signal)
}

/**
 * The three results after each value, NaN for the first `slow` + `signal` - 2: the same numbers as by `step`,
 * bit for bit.
 *
 * @param lines takes the results; hand in ones that are used again and again to spare their allocation, which
 * costs more than the arithmetic
 *
 * @example
 * Macd.series(Float64Array.of(1, 2, 3, 5), { fast: 1, slow: 3, signal: 1 }).macd.at(-1) // 1.5
 */
export function series(
  values: Float64Array,
  settings: Settings = standard,
  lines: Lines = linesOf(values.length),
): Lines {
  const state = create(settings)
  const { length } = values
  const macds = Input.sameLength(lines.macd, length, 'lines.macd')
  const signals = Input.sameLength(lines.signal, length, 'lines.signal')
  const histograms = Input.sameLength(lines.histogram, length, 'lines.histogram')

  const start = Math.min(settings.slow + settings.signal - 1, length)
  for (let i = 0; i < start; i++) {
    histograms[i] = step(state, values[i]!)
    macds[i] = state.warm ? state.macd : Number.NaN
    signals[i] = state.warm ? state.signal : Number.NaN
  }

  const { weight: fastWeight } = state.fastAverage
  const { weight: slowWeight } = state.slowAverage
  const { weight: signalWeight } = state.signalAverage
  let { value: fast } = state.fastAverage
  let { value: slow } = state.slowAverage
  let { value: signal } = state.signalAverage
  for (let i = start; i < length; i++) {
    const value = values[i]!
    fast = (value - fast) * fastWeight + fast
    slow = (value - slow) * slowWeight + slow
    const macd = fast - slow
    signal = (macd - signal) * signalWeight + signal
    macds[i] = macd
    signals[i] = signal
    histograms[i] = macd - signal
  }
  if (!Number.isFinite(signal)) throw Input.notFiniteAt(values, signals, start)
  return lines
}

/** Room for the results of `length` values. */
export function linesOf(length: number): Lines {
  return {
    macd: new Float64Array(length),
    signal: new Float64Array(length),
    histogram: new Float64Array(length),
  }
}

function warmUp(state: State, value: number): number {
  const slow = Ema.step(state.slowAverage, value)
  if (state.ahead > 0) {
    state.ahead--
    return Number.NaN
  }
  const fast = Ema.step(state.fastAverage, value)
  if (Number.isNaN(slow)) return Number.NaN
  const macd = fast - slow
  const signal = Ema.step(state.signalAverage, macd)
  if (Number.isNaN(signal)) return Number.NaN
  state.warm = true
  return publish(state, macd, signal)
}

function publish(state: State, macd: number, signal: number): number {
  state.macd = macd
  state.signal = signal
  state.histogram = macd - signal
  return state.histogram
}

function requireFastBelowSlow(fast: number, slow: number): void {
  Input.period(fast, 1, 'fast')
  Input.period(slow, 2, 'slow')
  if (fast < slow) return
  throw new CutwaterError('SIGNAL_PERIOD_MALFORMED', `fast is ${fast} and slow is ${slow}`, {
    right: 'fast below slow',
  })
}
