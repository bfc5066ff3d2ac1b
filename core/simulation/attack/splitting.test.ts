import { describe, expect, test } from 'vitest'
import { normalQuantile } from '../Distribution.ts'
import * as Assumptions from './Assumptions.ts'
import { narrowCalibration, sampleCalibration } from './calibration.fixture.ts'
import * as Model from './Model.ts'
import * as Plan from './Plan.ts'
import { runPaths } from './runPaths.ts'
import { splitting } from './splitting.ts'
import * as Tally from './Tally.ts'

describe('splitting', () => {
  test('finds one path in a million where the answer is known: one loss in a thousand, one attempt in a thousand', () => {
    const model = Model.of({
      lockedUsd: 1e14,
      years: 1,
      assumptions: Assumptions.withChanges({ liveBridges: 15_000, ruinShare: 1 }),
      calibration: narrowCalibration(1_000_000, 1),
    })
    const chance = 1e-3
    const shortfallUsd = Math.round(1e8 * Math.exp(-normalQuantile(chance)))
    const { value, standardError, paths } = splitting({
      model,
      plan: Plan.of(Plan.recipeOf('none'), model),
      shortfallUsd,
      seed: 2,
      particles: 300,
      runs: 20,
    })
    // A second attempt on the same path adds less than a thousandth of it.
    const expected = 1 - Math.exp(-model.attacksPerSecond * model.horizonSeconds * chance)
    expect(Math.abs(value - expected) / standardError).toBeLessThan(3)
    expect(standardError / value).toBeLessThan(0.3)
    expect(paths).toBeLessThan(1e6)
  })

  test('agrees with plain paths where those see enough', () => {
    const model = Model.of({
      lockedUsd: 2e10,
      years: 1,
      assumptions: Assumptions.withChanges({ ruinShare: 0.5 }),
      calibration: sampleCalibration(),
    })
    const plan = Plan.of(Plan.recipeOf('static'), model)
    const paths = 100_000
    const [plain] = runPaths({ model, plans: [plan], seed: 4, firstPath: 0, paths })
    const ruined = Tally.mean(plain!, 'ruined')
    const rare = splitting({ model, plan, shortfallUsd: 1e10, seed: 4, particles: 300, runs: 16 })
    const error = Math.hypot(rare.standardError, Math.sqrt(ruined / paths))
    expect(Math.abs(rare.value - ruined) / error).toBeLessThan(3)
  })

  test('says nothing is impossible with zero, and refuses no shortfall at all', () => {
    const model = Model.of({
      lockedUsd: 1e10,
      years: 1,
      assumptions: Assumptions.withChanges({ rateFactor: 0 }),
      calibration: sampleCalibration(),
    })
    const plan = Plan.of(Plan.recipeOf('static'), model)
    expect(splitting({ model, plan, shortfallUsd: 1e9, seed: 1, particles: 50, runs: 2 }).value).toBe(0)
    expect(() => splitting({ model, plan, shortfallUsd: 0, seed: 1 })).toThrow('[RARE_EVENT_INVALID]')
  })
})
