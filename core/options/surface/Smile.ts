import * as Input from '../../finance/Input.ts'
import { CutwaterError } from '../../units/CutwaterError.ts'
import * as Bow from './Bow.ts'

/**
 * The smile of one expiry: total variance `σ²·years` by log-moneyness `k = ln(K/F)`,
 *
 *     w(k) = θ/2 · (1 + ρφk + √((φk + ρ)² + 1 − ρ²)),   φ = ψ/√θ
 *
 * (Gatheral and Jacquier, "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14, 2014: one slice of SSVI), and
 * where it has a bow, times the square of one plus that.
 */
export type Smile = Shape & {
  /** `θ`: total variance at the money without the bow, above 0 */
  readonly theta: number
}

/** The form of a smile apart from its level. */
export type Shape = {
  /** `ρ`: to which side it leans, between -1 and 1; below 0 puts cost more */
  readonly rho: number
  /** `ψ`: how far it bends, in standard deviations; from 0, a flat one, up to `mostBend` */
  readonly psi: number
  /** what is laid over it; nothing where absent */
  readonly bow?: Bow.Bow | undefined
}

/**
 * Total variance at log-moneyness `k`.
 *
 * @example
 * Smile.totalVariance({ theta: 0.0025, rho: -0.6, psi: 0.9 }, 0) // 0.0025
 * Smile.totalVariance({ theta: 0.0025, rho: -0.6, psi: 0.9 }, -0.05) // ≈ 0.00405
 */
export function totalVariance({ theta, rho, psi, bow }: Smile, k: number): number {
  const s = Math.sqrt(theta)
  const x = k / s
  const factor = bow === undefined ? 1 : 1 + bowed(s) * Bow.at(bow, x)
  const plain = 0.5 * (1 + rho * psi * x + Math.sqrt((psi * x + rho) ** 2 + 1 - rho ** 2))
  return theta * plain * factor * factor
}

/** Volatility per year at log-moneyness `k`, where the smile is that of an option with `years` left. */
export function volatility(smile: Smile, k: number, years: number): number {
  return Math.sqrt(totalVariance(smile, k) / years)
}

/** The largest `ψ` at which a smile of this lean has no butterfly arbitrage (theorem 4.2 of the paper), for small `θ`. */
export function mostBend(rho: number): number {
  return 2 / Math.sqrt(1 + Math.abs(rho))
}

/**
 * The smile of a shape whose model-free variance, what a strip of all its options costs and what the VIX measures, is
 * `variance` (total, not per year). Throws SMILE_ARBITRAGE for a shape that bends too far.
 *
 * @example
 * Smile.ofModelFree(0.0025, { rho: -0.6, psi: 0.9 }).theta // ≈ 0.00192941
 * Smile.ofModelFree(0.0025, { rho: 0, psi: 0 }).theta // ≈ 0.0025
 */
export function ofModelFree(variance: number, shape: Shape): Smile {
  Input.above(0, variance, 'variance')
  checkShape(shape)
  const theta = solved(variance, shape)
  const smile = { ...shape, theta }
  if (theta * shape.psi ** 2 * (1 + Math.abs(shape.rho)) ** 2 >= 16) throw arbitrageError(shape)
  return smile
}

/**
 * The model-free variance of a smile, total: `∫ w(k(z)) n(z) dz` with `z = −k/√w − √w/2` (Gatheral, "The volatility
 * surface", 2006, chapter 11).
 *
 * @example
 * Smile.modelFree({ theta: 0.0025, rho: -0.6, psi: 0.9 }) // ≈ 0.00324653
 */
export function modelFree(smile: Smile): number {
  return smile.theta * modelFreeRatio(smile)
}

/**
 * Durrleman's function, which is negative where a smile has a butterfly arbitrage at log-moneyness `k`.
 *
 * @example
 * Smile.durrleman({ theta: 0.0025, rho: -0.6, psi: 0.9 }, -0.1) > 0 // true
 */
export function durrleman(smile: Smile, k: number): number {
  const x = k / Math.sqrt(smile.theta)
  const { value, slope, bend } = relative(smile, x)
  return (
    (1 - (0.5 * x * slope) / value) ** 2 - 0.25 * slope ** 2 * (1 / value + 0.25 * smile.theta) + 0.5 * bend
  )
}

/** Throws SMILE_ARBITRAGE for a shape that leans or bends too far. */
export function checkShape(shape: Shape): void {
  if (!(Math.abs(shape.rho) < 1 && shape.psi >= 0 && shape.psi <= mostBend(shape.rho)))
    throw arbitrageError(shape)
}

// Where a deviation is a fifth of the index and more nobody has seen a bow, and its far end would be near nothing: it fades.
function bowed(s: number): number {
  return Math.min(1, Math.max(0, 1.25 * (1 - s)))
}

// w/θ as a function of x = k/√θ, with its first two derivatives.
function relative({ theta, rho, psi, bow }: Smile, x: number) {
  const root = Math.sqrt((psi * x + rho) ** 2 + 1 - rho ** 2)
  const value = 0.5 * (1 + rho * psi * x + root)
  const slope = 0.5 * psi * (rho + (psi * x + rho) / root)
  const bend = (0.5 * psi ** 2 * (1 - rho ** 2)) / root ** 3
  if (bow === undefined) return { value, slope, bend }
  const share = bowed(Math.sqrt(theta))
  const f = 1 + share * Bow.at(bow, x)
  const df = share * Bow.slopeAt(bow, x)
  const ddf = share * Bow.bendAt(bow, x)
  return {
    value: value * f ** 2,
    slope: slope * f ** 2 + 2 * value * f * df,
    bend: bend * f ** 2 + 4 * slope * f * df + 2 * value * (df ** 2 + f * ddf),
  }
}

// Where ln θ + ln ratio(θ) = ln variance. The ratio hardly depends on the level, so the secant is there in three steps.
function solved(variance: number, shape: Shape): number {
  const miss = (log: number) =>
    log + Math.log(modelFreeRatio({ ...shape, theta: Math.exp(log) })) - Math.log(variance)
  let [before, beforeMiss] = [Math.log(variance), miss(Math.log(variance))]
  let log = before - beforeMiss
  for (let round = 0; round < 30 && Math.abs(log - before) > 1e-13; round++) {
    const now = miss(log)
    const slope = (now - beforeMiss) / (log - before)
    ;[before, beforeMiss] = [log, now]
    log -= slope > 0.2 ? now / slope : now
  }
  return Math.exp(log)
}

// The integral over z is taken along x = sinh(u), which needs no inverse of z(x) and reaches far with few points; outward
// from the middle, as far as there is any weight.
function modelFreeRatio(smile: Smile): number {
  const bow = smile.bow && onGrid(smile.bow)
  let sum = 0
  for (let i = middle; i < grid.length; i++) {
    const term = termAt(smile, i, bow)
    sum += term
    if (term < leastTerm) break
  }
  for (let i = middle - 1; i >= 0; i--) {
    const term = termAt(smile, i, bow)
    sum += term
    if (term < leastTerm) break
  }
  return sum / Math.sqrt(2 * Math.PI)
}

function termAt({ theta, rho, psi }: Smile, i: number, bow: BowOnGrid | undefined): number {
  const { x, width } = grid[i]!
  const s = Math.sqrt(theta)
  const bend = psi * x + rho
  const root = Math.sqrt(bend * bend + 1 - rho * rho)
  let g = 0.5 * (1 + rho * psi * x + root)
  let slope = 0.5 * psi * (rho + bend / root)
  if (bow !== undefined) {
    const share = bowed(s)
    const factor = 1 + share * bow.at[i]!
    slope = factor * (slope * factor + 2 * g * share * bow.slope[i]!)
    g *= factor * factor
  }
  const rootG = Math.sqrt(g)
  const z = -x / rootG - 0.5 * s * rootG
  const dz = (1 - (0.5 * x * slope) / g) / rootG + (0.25 * s * slope) / rootG
  return g * Math.exp(-0.5 * z * z) * dz * width
}

type BowOnGrid = { readonly at: Float64Array; readonly slope: Float64Array }

// The points are always the same, so that a bow is looked up once at each.
const bowsOnGrid = new WeakMap<Bow.Bow, BowOnGrid>()

function onGrid(bow: Bow.Bow): BowOnGrid {
  const known = bowsOnGrid.get(bow)
  if (known !== undefined) return known
  const found = {
    at: Float64Array.from(grid, ({ x }) => Bow.at(bow, x)),
    slope: Float64Array.from(grid, ({ x }) => Bow.slopeAt(bow, x)),
  }
  bowsOnGrid.set(bow, found)
  return found
}

const leastTerm = 1e-14
const middle = 25
const step = 0.2
const grid = Array.from({ length: 51 }, (_, i) => (i - middle) * step).map((u) => ({
  x: Math.sinh(u),
  width: Math.cosh(u) * step,
}))

function arbitrageError({ rho, psi }: Shape): CutwaterError {
  return new CutwaterError(
    'SMILE_ARBITRAGE',
    `a smile of rho ${rho} and psi ${psi} could be traded against itself`,
    {
      right: 'rho between -1 and 1, and psi from 0 to 2/√(1 + |rho|)',
    },
  )
}
