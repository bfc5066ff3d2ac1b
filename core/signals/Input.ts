import { CutwaterError } from '../units/CutwaterError.ts'

/**
 * The number of values a smoothing runs over, as given, once it is known to be a whole number of at least
 * `least`.
 *
 * @example
 * Input.period(14, 2, 'period') // 14
 */
export function period(value: number, least: number, name: string): number {
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new CutwaterError('SIGNAL_PERIOD_MALFORMED', `${name} is ${value}`, {
    right: `a whole number of values, at least ${least}`,
  })
}

/** A finite number, as given; `name` is what the error calls it. */
export function finite(value: number, name: string): number {
  if (Number.isFinite(value)) return value
  throw notFinite(value, name)
}

/** The array that takes the results, as given, once it is known to hold one place per value. */
export function sameLength(out: Float64Array, length: number, name = 'out'): Float64Array {
  if (out.length === length) return out
  throw new CutwaterError('SIGNAL_LENGTH_MISMATCH', `${name} holds ${out.length} places`, {
    right: `${length}, one for each value`,
  })
}

/** The error for the first value of a batch whose result is not a finite number. */
export function notFiniteAt(values: Float64Array, results: Float64Array, from: number): CutwaterError {
  let index = from
  while (index < results.length - 1 && Number.isFinite(results[index])) index++
  return notFinite(values[index]!, 'value', `value ${index}`)
}

/** The error for a value that has no finite result: it is not finite itself, or too large to reckon with. */
export function notFinite(value: number, name: string, where?: string): CutwaterError {
  return new CutwaterError('SIGNAL_VALUE_NOT_FINITE', `${name} is ${value}`, {
    right: 'a finite number, small enough for its changes to be finite',
    ...(where === undefined ? {} : { where }),
  })
}
