import * as PathDraws from '@cutwater/core/simulation/attack/PathDraws.ts'
import { outcome, settlePath } from '@cutwater/core/simulation/attack/settlePath.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Given } from './monteCarlo.ts'
import type { Mean } from './numpy.ts'

/** The simulation step by step in plain JavaScript, where there is no numpy: every step asks whether anything comes. */
export function stepByStep({ model, plan, stepSeconds, steps }: Given, paths: number): Mean {
  const rng = Rng.create(77)
  const draws = PathDraws.create(PathDraws.roomFor(model))
  const single = PathDraws.create(PathDraws.roomFor(model))
  const out = outcome()
  const attack = model.attacksPerSecond * stepSeconds
  const alarm = plan.adapts ? model.alarmsPerSecond * stepSeconds : 0
  let [sum, squares] = [0, 0]
  for (let path = 0; path < paths; path++) {
    draws.attacks = 0
    draws.signals = 0
    draws.auditPhase = Rng.uniform(rng)
    for (let step = 0; step < steps; step++) {
      const at = (step + 0.5) * stepSeconds
      if (alarm > 0 && Math.random() < alarm) draws.signalAt[draws.signals++] = at
      if (Math.random() < attack) addAttack(at)
    }
    settlePath(model, plan, draws, out)
    sum += out.costUsd / 100
    squares += (out.costUsd / 100) ** 2
  }
  const mean = sum / paths
  return { mean, standardError: Math.sqrt(Math.max(0, squares / paths - mean * mean) / paths) }

  // The marks of an attack are those of the first one of some path that has one.
  function addAttack(at: number): void {
    do PathDraws.fill(single, model, () => Rng.uniformOpen(rng), false)
    while (single.attacks === 0)
    const index = draws.attacks++
    draws.at[index] = at
    for (const column of [
      'family',
      'prevention',
      'lossUsd',
      'firstShare',
      'spanSeconds',
      'reaction',
      'failure',
    ] as const)
      draws[column][index] = single[column][0]!
  }
}
