import { CutwaterError } from '../../units/CutwaterError.ts'

export type Fit = {
  readonly parameters: readonly number[]
  readonly sumOfSquares: number
}

/**
 * The parameters near `start` at which the squares of the residuals sum to the least, by Levenberg and Marquardt's
 * method with differences for derivatives; meant for a handful of parameters of a size near 1.
 *
 * Throws FIT_NOT_FINITE where the residuals at `start` are not all finite.
 *
 * @example
 * const line = ([a, b]) => [0, 1, 2].map((x) => a + b * x - (3 + 0.5 * x))
 * leastSquares([0, 0], line).parameters.map((each) => Math.round(1e6 * each) / 1e6) // [3, 0.5]
 */
export function leastSquares(
  start: readonly number[],
  residuals: (parameters: readonly number[]) => readonly number[],
): Fit {
  let parameters = start
  let misses = residuals(parameters)
  let sumOfSquares = squares(misses)
  if (!Number.isFinite(sumOfSquares)) throw notFinite(start)
  let damping = 1e-3
  for (let round = 0; round < mostRounds && damping < 1e12; round++) {
    const { normal, gradient } = derivatives(parameters, misses, residuals)
    const step = solved(normal, gradient, damping)
    const next = parameters.map((each, i) => each - step[i]!)
    const nextMisses = residuals(next)
    const nextSum = squares(nextMisses)
    if (!(nextSum < sumOfSquares)) {
      damping *= 10
      continue
    }
    const gained = sumOfSquares - nextSum
    ;[parameters, misses, sumOfSquares] = [next, nextMisses, nextSum]
    damping /= 10
    if (gained <= 1e-12 * sumOfSquares) break
  }
  return { parameters, sumOfSquares }
}

const mostRounds = 60
const difference = 1e-6

function derivatives(
  parameters: readonly number[],
  misses: readonly number[],
  residuals: (parameters: readonly number[]) => readonly number[],
) {
  const columns = parameters.map((value, i) => {
    const step = difference * Math.max(1, Math.abs(value))
    const moved = residuals(parameters.with(i, value + step))
    return moved.map((each, row) => (each - misses[row]!) / step)
  })
  return {
    normal: columns.map((a) => columns.map((b) => dot(a, b))),
    gradient: columns.map((a) => dot(a, misses)),
  }
}

// Gauss elimination with the largest pivot; the diagonal is raised, so that a parameter without effect stays where it is.
function solved(
  normal: readonly (readonly number[])[],
  gradient: readonly number[],
  damping: number,
): number[] {
  const rows = normal.map((row, i) => [...row.with(i, row[i]! * (1 + damping) + 1e-30), gradient[i]!])
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows.slice(column).reduce((a, b) => (Math.abs(b[column]!) > Math.abs(a[column]!) ? b : a))
    rows.splice(rows.indexOf(pivot), 1)
    rows.splice(column, 0, pivot)
    for (const row of rows) {
      if (row === pivot) continue
      const share = row[column]! / pivot[column]!
      for (let i = column; i < row.length; i++) row[i] = row[i]! - share * pivot[i]!
    }
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!)
}

function squares(values: readonly number[]): number {
  return dot(values, values)
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function notFinite(start: readonly number[]): CutwaterError {
  return new CutwaterError('FIT_NOT_FINITE', `the residuals at ${start.join(', ')} are not all finite`, {
    right: 'a start at which every residual is a number',
  })
}
