// Rational cubic interpolation between two points with given slopes: R. Delbourgo and J. A. Gregory, "Shape preserving
// piecewise rational interpolation", SIAM Journal on Scientific and Statistical Computing 6 (1985). Its control parameter
// r bends it from a cubic (r = 3) to a straight line (r → ∞), and keeps it monotone and convex where its ends allow.

/** An end of the interval: where, how high, and how steep. */
export type End = { readonly at: number; readonly value: number; readonly slope: number }

const straight = 2 / Number.EPSILON ** 2
const leastControl = -(1 - Math.sqrt(Number.EPSILON))

/**
 * The value at `at`, between `left` and `right`, for a control parameter.
 *
 * @example
 * const [left, right] = [{ at: 0, value: 0, slope: 0 }, { at: 1, value: 1, slope: 2 }]
 * rationalCubic.interpolate(0.5, left, right, 3) // 0.25
 */
export function interpolate(at: number, left: End, right: End, control: number): number {
  const width = right.at - left.at
  const t = (at - left.at) / width
  const u = 1 - t
  if (!(control < straight)) return right.value * t + left.value * u
  const top =
    right.value * t * t * t +
    (control * right.value - width * right.slope) * t * t * u +
    (control * left.value + width * left.slope) * t * u * u +
    left.value * u * u * u
  return top / (1 + (control - 3) * t * u)
}

/**
 * The control parameter that gives the curve `curvature` at its right end, or the least one above it that keeps its shape.
 * `prefersShape` decides for a straight line where no finite one does.
 */
export function controlAtRight(left: End, right: End, curvature: number, prefersShape: boolean): number {
  const width = right.at - left.at
  const rise = (right.value - left.value) / width
  const top = 0.5 * width * curvature + (right.slope - left.slope)
  return Math.max(quotient(top, right.slope - rise), shapeKeeping(left, right, rise, prefersShape))
}

/** The same for the curvature at the left end. */
export function controlAtLeft(left: End, right: End, curvature: number, prefersShape: boolean): number {
  const width = right.at - left.at
  const rise = (right.value - left.value) / width
  const top = 0.5 * width * curvature + (right.slope - left.slope)
  return Math.max(quotient(top, rise - left.slope), shapeKeeping(left, right, rise, prefersShape))
}

function quotient(top: number, bottom: number): number {
  if (top === 0) return 0
  if (bottom === 0) return top > 0 ? straight : leastControl
  return top / bottom
}

function shapeKeeping({ slope: d0 }: End, { slope: d1 }: End, rise: number, prefersShape: boolean): number {
  const isMonotone = d0 * rise >= 0 && d1 * rise >= 0
  const isBent = (d0 <= rise && rise <= d1) || (d0 >= rise && rise >= d1)
  const unbounded = prefersShape ? straight : leastControl
  let least = leastControl
  if (isMonotone) least = Math.max(least, rise === 0 ? unbounded : (d0 + d1) / rise)
  if (isBent) {
    const before = rise - d0
    const after = d1 - rise
    const whole = Math.abs(d1 - d0)
    const bent = before === 0 || after === 0 ? unbounded : whole / Math.min(Math.abs(before), Math.abs(after))
    least = Math.max(least, bent)
  } else if (isMonotone) least = Math.max(least, unbounded)
  return least
}
