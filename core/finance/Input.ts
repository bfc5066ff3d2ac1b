import { CutwaterError } from '../units/CutwaterError.ts'

/**
 * A finite number, as given; `name` is what the error calls it. Throws FINANCE_INPUT_INVALID.
 *
 * @example
 * Input.finite(0.05, 'rate') // 0.05
 * Input.finite(Number.NaN, 'rate') // throws FINANCE_INPUT_INVALID
 */
export function finite(value: number, name: string): number {
  if (Number.isFinite(value)) return value
  throw invalid(value, name, 'a finite number')
}

/** A finite number of at least `least`, as given. Throws FINANCE_INPUT_INVALID. */
export function atLeast(least: number, value: number, name: string): number {
  if (Number.isFinite(value) && value >= least) return value
  throw invalid(value, name, `a finite number, ${least} or more`)
}

/** A finite number above `floor`, as given. Throws FINANCE_INPUT_INVALID. */
export function above(floor: number, value: number, name: string): number {
  if (Number.isFinite(value) && value > floor) return value
  throw invalid(value, name, `a finite number above ${floor}`)
}

/** A number above `floor` and below `ceiling`, as given. Throws FINANCE_INPUT_INVALID. */
export function between(floor: number, ceiling: number, value: number, name: string): number {
  if (value > floor && value < ceiling) return value
  throw invalid(value, name, `a number above ${floor} and below ${ceiling}`)
}

/** A share from 0 to 1, as given. Throws FINANCE_INPUT_INVALID. */
export function share(value: number, name: string): number {
  if (value >= 0 && value <= 1) return value
  throw invalid(value, name, 'a share from 0 to 1')
}

/** A finite result, as given: what is too large to reckon with is an error, never Infinity. */
export function result(value: number, name: string): number {
  if (Number.isFinite(value)) return value
  throw invalid(value, name, 'inputs whose result is a finite number')
}

function invalid(value: number, name: string, right: string): CutwaterError {
  return new CutwaterError('FINANCE_INPUT_INVALID', `${name} is ${value}`, { right })
}
