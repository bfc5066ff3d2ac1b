/**
 * What the smiles of index options have and no SSVI smile has: a factor of volatility by distance from the money, `x = k/√θ`
 * deviations. Nearer puts hang below the hyperbola, far ones rise above it, and the middle stands a little higher.
 *
 * A cubic spline, level at both ends and beyond them: where each piece begins, and four coefficients of each.
 */
export type Bow = { readonly from: Float64Array; readonly pieces: Float64Array }

/** Deviations from the money. It is measured from -4 to 1.25; above, states of the market disagree, and it ends in nothing. */
export const knots: readonly number[] = [-9, -5.5, -4, -2.75, -1.75, -0.75, 0.2, 1.25, 2.5]

/**
 * By how much quotes are above the SSVI smile fitted to themselves, as a share of volatility, mean of six market states;
 * `node scripts/fitSurface.ts` prints it with standard errors. Beyond four deviations it rises on as slowly as leaves no
 * butterfly; what is quoted there, at a few cents, is 2% higher still.
 */
export const fitted: Bow = through([0.162, 0.115, 0.062, 0, -0.024, -0.009, 0.012, -0.018, 0])

/** The spline through nothing, for a smile without a bow. */
export const none: Bow = through(knots.map(() => 0))

/**
 * By how much volatility differs from the smile's, as a share of it, `x` deviations from the money.
 *
 * @example
 * Bow.at(Bow.fitted, -1.75) // ≈ -0.024
 * Bow.at(Bow.fitted, -20) // ≈ 0.162
 */
export function at({ from, pieces }: Bow, x: number): number {
  const i = pieceAt(from, x)
  const t = x - from[i]!
  const c = 4 * i
  return pieces[c]! + t * (pieces[c + 1]! + t * (pieces[c + 2]! + t * pieces[c + 3]!))
}

/** Its first derivative by `x`. */
export function slopeAt({ from, pieces }: Bow, x: number): number {
  const i = pieceAt(from, x)
  const t = x - from[i]!
  const c = 4 * i
  return pieces[c + 1]! + t * (2 * pieces[c + 2]! + t * 3 * pieces[c + 3]!)
}

/** Its second derivative by `x`. */
export function bendAt({ from, pieces }: Bow, x: number): number {
  const i = pieceAt(from, x)
  return 2 * pieces[4 * i + 2]! + 6 * (x - from[i]!) * pieces[4 * i + 3]!
}

/**
 * The spline through a value at each knot.
 *
 * @example
 * Bow.at(Bow.through([0, 0, 0, 0, 0, 0.01, 0, 0, 0]), -0.75) // 0.01
 */
export function through(values: readonly number[]): Bow {
  const slopes = slopesOf(values)
  const pieces = values.slice(1).map((next, i) => {
    const width = knots[i + 1]! - knots[i]!
    const [value, here, there] = [values[i]!, slopes[i]!, slopes[i + 1]!]
    const rise = (next - value) / width
    return [value, here, (3 * rise - 2 * here - there) / width, (here + there - 2 * rise) / width ** 2]
  })
  const level = (value: number) => [value, 0, 0, 0]
  return {
    from: Float64Array.from([knots[0]!, ...knots]),
    pieces: Float64Array.from([level(values[0]!), ...pieces, level(values.at(-1)!)].flat()),
  }
}

// Slopes at the knots that let the second derivative run on, by elimination of a tridiagonal system.
function slopesOf(values: readonly number[]): readonly number[] {
  const last = knots.length - 1
  const [ratios, found] = [[0], [0]]
  for (let i = 1; i < last; i++) {
    const [left, right] = [1 / (knots[i]! - knots[i - 1]!), 1 / (knots[i + 1]! - knots[i]!)]
    const wanted =
      3 * (left ** 2 * (values[i]! - values[i - 1]!) + right ** 2 * (values[i + 1]! - values[i]!))
    const pivot = 2 * (left + right) - left * ratios[i - 1]!
    ratios.push(right / pivot)
    found.push((wanted - left * found[i - 1]!) / pivot)
  }
  const slopes = [...found, 0]
  for (let i = last - 1; i > 0; i--) slopes[i] = found[i]! - ratios[i]! * slopes[i + 1]!
  return slopes
}

function pieceAt(from: Float64Array, x: number): number {
  let i = from.length - 1
  while (i > 0 && x < from[i]!) i--
  return i
}
