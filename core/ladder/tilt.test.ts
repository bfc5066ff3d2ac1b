import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Layer, layers, map, type PerLayer } from './Layer.ts'
import { type Tilt, tilt } from './tilt.ts'
import * as Weights from './Weights.ts'

const unit = fc.double({ min: 0, max: 1, noNaN: true })
const three = fc.record({ near: unit, mid: unit, far: unit })

// A zero now and then: a policy may leave a layer out, but not all three.
const positive = fc.double({ min: 0.01, max: 1, noNaN: true })
const part = fc.oneof({ weight: 5, arbitrary: positive }, { weight: 1, arbitrary: fc.constant(0) })
const weights = fc
  .record({ near: part, mid: part, far: part })
  .filter((parts) => Weights.sum(parts) > 0)
  .map(normalise)

const input: fc.Arbitrary<Tilt> = fc
  .record({
    base: weights,
    stress: three,
    conviction: fc.oneof(
      fc.constant(0),
      fc.double({ min: 0, max: 5, noNaN: true }),
      fc.integer({ min: 0, max: 200 }),
    ),
    inside: three,
    down: three,
    up: three,
  })
  .map(({ base, stress, conviction, inside, down, up }) => {
    // Bounds around some weights that the base can reach, so that they can be met.
    const met = normalise(map((layer) => (base[layer] === 0 ? 0 : inside[layer] + 0.01)))
    const bounds = {
      floor: map((layer) => met[layer] * down[layer]),
      cap: map((layer) => met[layer] + (1 - met[layer]) * up[layer]),
    }
    return { base, stress, conviction, bounds }
  })

describe('tilt', () => {
  it('law: the weights sum to 1', () => {
    checkLaw(input, (given) => {
      expect(Math.abs(Weights.sum(tilt(given)) - 1)).toBeLessThanOrEqual(1e-12)
    })
  })

  it('law: each weight is within its bounds, exactly', () => {
    checkLaw(input, (given) => {
      const tilted = tilt(given)
      for (const layer of layers) {
        expect(tilted[layer]).toBeGreaterThanOrEqual(given.bounds.floor[layer])
        expect(tilted[layer]).toBeLessThanOrEqual(given.bounds.cap[layer])
      }
    })
  })

  it('law: without conviction the base stays, where the bounds allow it', () => {
    checkLaw(fc.tuple(weights, three, three, three), ([base, stress, down, up]) => {
      const floor = map((layer) => base[layer] * down[layer])
      const cap = map((layer) => base[layer] + (1 - base[layer]) * up[layer])
      expectNear(tilt({ base, stress, conviction: 0, bounds: { floor, cap } }), base)
    })
  })

  it('law: equal stress changes nothing', () => {
    checkLaw(fc.tuple(input, unit), ([given, level]) => {
      const calm = tilt({ ...given, conviction: 0 })
      expect(tilt({ ...given, stress: map(() => level) })).toEqual(calm)
    })
  })

  it('law: only differences of stress count', () => {
    checkLaw(fc.tuple(input, unit), ([given, more]) => {
      // The same shift rounds differently in each layer, and conviction magnifies that.
      const shifted = tilt({ ...given, stress: map((layer) => given.stress[layer] + more) })
      expectNear(shifted, tilt(given), 1e-12 * (1 + given.conviction))
    })
  })

  it('law: more stress on a layer never takes weight from it, nor gives weight to another', () => {
    checkLaw(fc.tuple(input, fc.constantFrom(...layers), unit), ([given, raised, more]) => {
      const before = tilt(given)
      const after = tilt({ ...given, stress: { ...given.stress, [raised]: given.stress[raised] + more } })
      for (const layer of layers) {
        if (layer === raised) expect(after[layer]).toBeGreaterThanOrEqual(before[layer] - 1e-12)
        else expect(after[layer]).toBeLessThanOrEqual(before[layer] + 1e-12)
      }
    })
  })

  it('law: renaming the layers renames the weights', () => {
    checkLaw(fc.tuple(input, fc.shuffledSubarray([...layers], { minLength: 3 })), ([given, order]) => {
      const renamed = <T>(values: PerLayer<T>) => map((layer) => values[order[layers.indexOf(layer)]!])
      const { base, stress, conviction, bounds } = given
      const permuted = { floor: renamed(bounds.floor), cap: renamed(bounds.cap) }
      const tilted = tilt({ base: renamed(base), stress: renamed(stress), conviction, bounds: permuted })
      expectNear(tilted, renamed(tilt(given)))
    })
  })

  it('law: an independent search for z, by bisection, finds the same weights', () => {
    checkLaw(input, (given) => {
      expectNear(tilt(given), bisected(given), 1e-11)
    })
  })

  it('law: moving weight from one layer to another within the bounds gains nothing (KKT)', () => {
    const move = fc.tuple(fc.constantFrom(...layers), fc.constantFrom(...layers), unit)
    checkLaw(fc.tuple(input, move), ([given, [from, to, share]]) => {
      const best = tilt(given)
      const { floor, cap } = given.bounds
      const room = Math.min(best[from] - floor[from], cap[to] - best[to])
      if (from === to || given.base[to] === 0) return
      const moved = { ...best, [from]: best[from] - room * share, [to]: best[to] + room * share }
      expect(objective(given, moved)).toBeLessThanOrEqual(objective(given, best) + 1e-10)
    })
  })

  it('law: while no bound is met, the odds of two layers move by e^(κ · difference of stress)', () => {
    checkLaw(fc.tuple(weights, three, unit), ([base, stress, conviction]) => {
      const tilted = tilt({ base, stress, conviction, bounds: Weights.unbounded })
      const odds = (tilted.near * base.mid) / Math.exp(conviction * (stress.near - stress.mid))
      expect(odds).toBeCloseTo(tilted.mid * base.near, 12)
    })
  })

  it('follows the last signal up to the cap when conviction is endless', () => {
    const { base, unbounded } = Weights
    const stress = { near: 0.1, mid: 0.2, far: 0.9 }
    expect(tilt({ base, stress, conviction: 1e300, bounds: unbounded })).toEqual({ near: 0, mid: 0, far: 1 })
    // What the cap refuses goes to the next in stress, although its exponential alone would underflow.
    const cap = { near: 1, mid: 0.5, far: 0.25 }
    const capped = tilt({ base, stress, conviction: 1e6, bounds: { floor: unbounded.floor, cap } })
    expect(capped).toEqual({ near: 0.25, mid: 0.5, far: 0.25 })
  })

  it('splits by the base what a cap leaves to equals, however strong the conviction', () => {
    const bounds = { floor: Weights.unbounded.floor, cap: { near: 0.7, mid: 1, far: 1 } }
    const stress = { near: 1, mid: 0, far: 0 }
    expectNear(tilt({ base: Weights.base, stress, conviction: 1e4, bounds }), {
      near: 0.7,
      mid: 0.2,
      far: 0.1,
    })
  })

  it('leaves a layer without base weight at its floor, whatever its stress', () => {
    const base = { near: 1, mid: 0, far: 0 }
    const stress = { near: 0, mid: 1, far: 1 }
    expect(tilt({ base, stress, conviction: 50, bounds: Weights.unbounded })).toEqual(base)
    const bounds = { floor: { near: 0, mid: 0.25, far: 0 }, cap: Weights.unbounded.cap }
    expect(tilt({ base, stress, conviction: 50, bounds })).toEqual({ near: 0.75, mid: 0.25, far: 0 })
  })

  it('has one answer where the bounds leave one', () => {
    const { base } = Weights
    const stress = { near: 1, mid: 0, far: 0 }
    expect(tilt({ base, stress, conviction: 3, bounds: { floor: base, cap: base } })).toEqual(base)
    const corner = { near: 0.1, mid: 0.2, far: 0.7 }
    const { cap } = Weights.unbounded
    expectNear(tilt({ base, stress, conviction: 3, bounds: { floor: corner, cap } }), corner)
  })

  it('refuses what has no answer, and says why', () => {
    const given: Tilt = {
      base: Weights.base,
      stress: map(() => 0.5),
      conviction: 1,
      bounds: Weights.unbounded,
    }
    const { floor, cap } = given.bounds
    const wrong: readonly [string, Partial<Tilt>][] = [
      ['WEIGHTS_INVALID', { base: { near: 0.5, mid: 0.5, far: 0.5 } }],
      ['WEIGHTS_INVALID', { base: { near: -0.1, mid: 0.9, far: 0.2 } }],
      ['WEIGHTS_INVALID', { base: { near: Number.NaN, mid: 0.5, far: 0.5 } }],
      ['BOUNDS_INVALID', { bounds: { floor: map(() => 0.5), cap } }],
      ['BOUNDS_INVALID', { bounds: { floor, cap: map(() => 0.25) } }],
      ['BOUNDS_INVALID', { bounds: { floor: map(() => 0.25), cap: { ...cap, far: 0.1 } } }],
      ['BOUNDS_INVALID', { bounds: { floor, cap: { ...cap, far: Number.NaN } } }],
      ['BOUNDS_INVALID', { bounds: { floor: { ...floor, far: -0.1 }, cap } }],
      ['CONVICTION_INVALID', { conviction: -1 }],
      ['CONVICTION_INVALID', { conviction: Number.NaN }],
      ['CONVICTION_INVALID', { conviction: Number.POSITIVE_INFINITY }],
      ['STRESS_INVALID', { stress: { near: Number.NaN, mid: 0, far: 0 } }],
      ['STRESS_INVALID', { stress: { near: 0, mid: -0.1, far: 0 } }],
      ['STRESS_INVALID', { stress: { near: 0, mid: 0, far: Number.POSITIVE_INFINITY } }],
    ]
    for (const [code, change] of wrong) {
      expect(() => tilt({ ...given, ...change }), JSON.stringify(change)).toThrow(`[${code}]`)
    }
    const single = { base: { near: 1, mid: 0, far: 0 }, bounds: { floor, cap: { ...cap, near: 0.7 } } }
    expect(() => tilt({ ...given, ...single })).toThrow(
      'the caps of the layers that have a base weight sum to less than 1',
    )
  })
})

function checkLaw<T>(arbitrary: fc.Arbitrary<T>, law: (given: T) => void): void {
  fc.assert(fc.property(arbitrary, law), { numRuns: 2000 })
}

function normalise(parts: PerLayer<number>): PerLayer<number> {
  return map((layer) => parts[layer] / Weights.sum(parts))
}

function expectNear(actual: PerLayer<number>, expected: PerLayer<number>, tolerance = 1e-12): void {
  for (const layer of layers) {
    const gap = Math.abs(actual[layer] - expected[layer])
    if (!(gap <= tolerance))
      expect.fail(`${layer}: ${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`)
  }
}

/** The same optimum by another road: log z by bisection, until the interval is as small as doubles get. */
function bisected({ base, stress, conviction, bounds }: Tilt): PerLayer<number> {
  const share = (layer: Layer, logZ: number) => {
    const pull = base[layer] === 0 ? 0 : Math.exp(Math.log(base[layer]) + conviction * stress[layer] - logZ)
    return Math.min(bounds.cap[layer], Math.max(bounds.floor[layer], pull))
  }
  let low = -1000
  let high = 1000
  while (high - low > 1e-13) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (Weights.sum(map((layer) => share(layer, middle))) > 1) low = middle
    else high = middle
  }
  return map((layer) => share(layer, high))
}

function objective({ base, stress, conviction }: Tilt, weights: PerLayer<number>): number {
  let value = 0
  for (const layer of layers) {
    const weight = weights[layer]
    if (weight > 0) value += conviction * stress[layer] * weight - weight * Math.log(weight / base[layer])
  }
  return value
}
