import * as Input from './Input.ts'

/** The line so far: advances less declines, summed since the start. */
export type State = { line: number }

/**
 * An advance/decline line at 0.
 *
 * @example
 * AdvanceDecline.create() // { line: 0 }
 */
export function create(): State {
  return { line: 0 }
}

/**
 * The line after one more interval with so many members up and so many down; there is no warm-up. On the
 * exchange the members are listed issues, on a bridge routes × tokens with a net inflow or outflow.
 *
 * @example
 * AdvanceDecline.step({ line: 100 }, 7, 3) // 104
 */
export function step(state: State, advances: number, declines: number): number {
  const next = state.line + (advances - declines)
  if (!Number.isFinite(next)) throw Input.notFinite(advances - declines, 'advances - declines')
  state.line = next
  return next
}

/**
 * The line after each interval: the same numbers as by `step`, bit for bit.
 *
 * @param out takes the results; hand in one that is used again and again to spare its allocation
 *
 * @example
 * AdvanceDecline.series(Float64Array.of(7, 2, 5), Float64Array.of(3, 6, 5)).at(-1) // 0
 */
export function series(
  advances: Float64Array,
  declines: Float64Array,
  out: Float64Array = new Float64Array(advances.length),
): Float64Array {
  const { length } = Input.sameLength(out, advances.length)
  Input.sameLength(declines, length, 'declines')
  let line = 0
  for (let i = 0; i < length; i++) {
    line += advances[i]! - declines[i]!
    out[i] = line
  }
  if (!Number.isFinite(line)) throw Input.notFiniteAt(out, out, 0)
  return out
}
