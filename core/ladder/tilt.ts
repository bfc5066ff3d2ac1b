import { CutwaterError } from '../units/CutwaterError.ts'
import type { PerLayer } from './Layer.ts'
import * as Weights from './Weights.ts'

export type Tilt = {
  /** the ladder at rest, summing to 1; a layer of 0 stays at its floor whatever its stress */
  readonly base: Weights.Weights
  /** how acute each layer is, 0 calm to 1 acute */
  readonly stress: PerLayer<number>
  /** how far stress may move the ladder: 0 never, larger follows the most acute layer up to its cap */
  readonly conviction: number
  readonly bounds: Weights.Bounds
}

/**
 * The base weights moved towards the layers under stress, within the bounds, summing to 1.
 *
 * They maximise `κ⟨s,w⟩ − KL(w‖b)` under `floor <= w <= cap`, `Σw = 1`, so `w = clamp(b·e^(κs)/z, floor, cap)`
 * with the one `z` that makes them sum to 1: Gibbs' variational principle (Donsker and Varadhan 1975) on a box.
 * Exact, not iterated to a tolerance: variable fixing as in Bitran and Hax, "Disaggregation and resource
 * allocation using convex knapsack problems with bounded variables", Management Science 27 (1981), which pins
 * at least one layer at a bound in each round and so ends within three.
 *
 * Throws WEIGHTS_INVALID, BOUNDS_INVALID, STRESS_INVALID or CONVICTION_INVALID.
 *
 * @example
 * const bounds = { floor: { near: 0.1, mid: 0.1, far: 0.1 }, cap: { near: 0.7, mid: 0.7, far: 0.7 } }
 * const base = { near: 0.4, mid: 0.4, far: 0.2 }
 * tilt({ base, stress: { near: 1, mid: 1, far: 0 }, conviction: 1, bounds }) // ≈ { near: 0.450, mid: 0.450, far: 0.100 }
 */
export function tilt({ base, stress, conviction, bounds }: Tilt): Weights.Weights {
  if (!isSolvable(base, stress, conviction, bounds)) refuse(base, stress, conviction, bounds)
  const { floor, cap } = bounds
  let near = base.near > 0 ? free : floor.near
  let mid = base.mid > 0 ? free : floor.mid
  let far = base.far > 0 ? free : floor.far
  for (;;) {
    // Only differences of stress count. Measured from the highest among the free layers, one exponential is 1
    // and none overflows, however strong the conviction.
    const highest = Math.max(
      near === free ? stress.near : 0,
      mid === free ? stress.mid : 0,
      far === free ? stress.far : 0,
    )
    const nearPull = near === free ? base.near * Math.exp(conviction * (stress.near - highest)) : 0
    const midPull = mid === free ? base.mid * Math.exp(conviction * (stress.mid - highest)) : 0
    const farPull = far === free ? base.far * Math.exp(conviction * (stress.far - highest)) : 0
    const pulls = nearPull + midPull + farPull
    if (pulls === 0) return { near, mid, far }

    const scale = (1 - pinned(near) - pinned(mid) - pinned(far)) / pulls
    const nearShare = near === free ? nearPull * scale : near
    const midShare = mid === free ? midPull * scale : mid
    const farShare = far === free ? farPull * scale : far
    const over = excess(nearShare, cap.near) + excess(midShare, cap.mid) + excess(farShare, cap.far)
    const under = excess(floor.near, nearShare) + excess(floor.mid, midShare) + excess(floor.far, farShare)
    if (over === 0 && under === 0) return { near: nearShare, mid: midShare, far: farShare }

    // Cutting to the bounds loses `over` and gains `under`. Where it loses more, the rest must grow, so what is
    // at its cap now stays there for good; where it gains more, the same holds of the floors.
    if (over >= under) {
      if (nearShare > cap.near) near = cap.near
      if (midShare > cap.mid) mid = cap.mid
      if (farShare > cap.far) far = cap.far
    }
    if (under >= over) {
      if (nearShare < floor.near) near = floor.near
      if (midShare < floor.mid) mid = floor.mid
      if (farShare < floor.far) far = floor.far
    }
  }
}

/** Marks a layer not yet pinned at a bound; no weight is negative. */
const free = -1

function pinned(weight: number): number {
  return weight === free ? 0 : weight
}

function excess(value: number, limit: number): number {
  return value > limit ? value - limit : 0
}

/** One expression without a loop, for the path that is taken millions of times; what is wrong is said elsewhere. */
function isSolvable(
  base: Weights.Weights,
  stress: PerLayer<number>,
  conviction: number,
  { floor, cap }: Weights.Bounds,
): boolean {
  const reachable =
    (base.near > 0 ? cap.near : floor.near) +
    (base.mid > 0 ? cap.mid : floor.mid) +
    (base.far > 0 ? cap.far : floor.far)
  return (
    base.near >= 0 &&
    base.mid >= 0 &&
    base.far >= 0 &&
    Math.abs(base.near + base.mid + base.far - 1) <= Weights.tolerance &&
    stress.near >= 0 &&
    stress.mid >= 0 &&
    stress.far >= 0 &&
    stress.near + stress.mid + stress.far < Number.POSITIVE_INFINITY &&
    conviction >= 0 &&
    conviction < Number.POSITIVE_INFINITY &&
    floor.near >= 0 &&
    floor.mid >= 0 &&
    floor.far >= 0 &&
    floor.near <= cap.near &&
    floor.mid <= cap.mid &&
    floor.far <= cap.far &&
    floor.near + floor.mid + floor.far <= 1 + Weights.tolerance &&
    reachable >= 1 - Weights.tolerance
  )
}

function refuse(
  base: Weights.Weights,
  { near, mid, far }: PerLayer<number>,
  conviction: number,
  bounds: Weights.Bounds,
): never {
  Weights.check(base, 'base')
  Weights.checkBounds(bounds)
  if (!(conviction >= 0 && conviction < Number.POSITIVE_INFINITY)) {
    throw new CutwaterError('CONVICTION_INVALID', `conviction is ${conviction}`, {
      right: 'a finite number, 0 or more',
    })
  }
  if (!(near >= 0 && mid >= 0 && far >= 0 && near + mid + far < Number.POSITIVE_INFINITY)) {
    throw new CutwaterError('STRESS_INVALID', `stress is ${near} / ${mid} / ${far}`, {
      right: 'a finite number, 0 or more, for each layer',
    })
  }
  throw new CutwaterError(
    'BOUNDS_INVALID',
    'the caps of the layers that have a base weight sum to less than 1',
    {
      right: 'higher caps, or a base weight above 0 for another layer',
    },
  )
}
