import type { PerLayer } from '@cutwater/core/ladder/Layer.ts'
import { layers } from '@cutwater/core/ladder/Layer.ts'
import type { Tilt } from '@cutwater/core/ladder/tilt.ts'
import { tilt as exact } from '@cutwater/core/ladder/tilt.ts'
import type { Weights } from '@cutwater/core/ladder/Weights.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Area } from '../harness.ts'
import { areClose } from '../harness.ts'

const count = 20_000

/** The exact tilt against what one would write first: bisection for the z that makes the weights sum to one. */
export const tilt: Area = {
  name: 'tilt',
  prepare: async () => {
    const problems = randomProblems()
    const agrees = problems.every((problem) =>
      areClose(listed(exact(problem)), listed(byBisection(problem)), 1e-9),
    )
    return {
      unit: 'M tilts/s',
      items: count,
      target: 10,
      peer: 'bisection',
      agrees,
      note: 'no solver on npm fits as a peer, so it is plain bisection on log z to 1e-13; all weights agree to 1e-9',
      ours: () => sumOf(problems, exact),
      theirs: () => sumOf(problems, byBisection),
    }
  },
}

function byBisection({ base, stress, conviction, bounds }: Tilt): Weights {
  const at = (logZ: number, layer: keyof Weights) =>
    Math.min(
      bounds.cap[layer],
      Math.max(bounds.floor[layer], base[layer] * Math.exp(conviction * stress[layer] - logZ)),
    )
  let low = -40
  let high = 40
  while (high - low > 1e-13 * Math.max(1, Math.abs(low))) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    const sum = at(middle, 'near') + at(middle, 'mid') + at(middle, 'far')
    if (sum > 1) low = middle
    else high = middle
  }
  return { near: at(high, 'near'), mid: at(high, 'mid'), far: at(high, 'far') }
}

function randomProblems(): Tilt[] {
  const rng = Rng.create(442)
  const uniforms = (): PerLayer<number> => ({
    near: Rng.uniform(rng),
    mid: Rng.uniform(rng),
    far: Rng.uniform(rng),
  })
  return Array.from({ length: count }, () => ({
    base: { near: 0.4, mid: 0.4, far: 0.2 },
    stress: uniforms(),
    conviction: 4 * Rng.uniform(rng),
    bounds: { floor: { near: 0.1, mid: 0.1, far: 0.05 }, cap: { near: 0.7, mid: 0.7, far: 0.5 } },
  }))
}

function sumOf(problems: readonly Tilt[], solve: (problem: Tilt) => Weights): number {
  let sum = 0
  for (const problem of problems) sum += solve(problem).near
  return sum
}

function listed(weights: Weights): number[] {
  return layers.map((layer) => weights[layer])
}
