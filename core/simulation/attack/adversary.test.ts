import { describe, expect, test } from 'vitest'
import * as Assumptions from './Assumptions.ts'
import { bestResponses, freedoms } from './adversary.ts'
import { sampleCalibration } from './calibration.fixture.ts'
import { expectedAttack } from './expectedAttack.ts'
import * as Model from './Model.ts'
import * as Plan from './Plan.ts'
import { runPaths } from './runPaths.ts'
import * as Tally from './Tally.ts'

const modelOf = (changes: Readonly<Record<string, number>> = {}) =>
  Model.of({
    lockedUsd: 2e9,
    years: 1,
    assumptions: Assumptions.withChanges({ hitRate: 0, ...changes }),
    calibration: sampleCalibration(),
  })

describe('the expected attack', () => {
  test.each(['none', 'static', 'mid-only'] as const)('is the mean of the simulated ones under %s', (name) => {
    // Attempts so rare that hardly any path has two, and none prevented.
    const model = modelOf({ liveBridges: 400, findableShare: 0, ruinShare: 1 })
    const plan = Plan.of(Plan.recipeOf(name), model)
    const [tally] = runPaths({ model, plans: [plan], seed: 8, firstPath: 0, paths: 200_000 })
    const attacks = Tally.mean(tally!, 'attacks')
    const simulated = Tally.mean(tally!, 'shortfall') / attacks
    const error = Tally.standardError(tally!, 'shortfall') / attacks
    const { shortfallUsd } = expectedAttack(model, plan)
    // Spans are taken at their median, so a little more than chance allows.
    expect(Math.abs(shortfallUsd - simulated)).toBeLessThan(3 * error + 0.01 * simulated)
  })
})

describe('the adversary', () => {
  const model = modelOf()

  test.each(['none', 'near-only', 'mid-only', 'static', 'adaptive'] as const)(
    'law: with each further freedom takes no less from %s',
    (name) => {
      const responses = bestResponses(model, Plan.of(Plan.recipeOf(name), model))
      expect(responses.map(({ freedom }) => freedom)).toEqual(freedoms)
      for (let index = 1; index < responses.length; index++)
        expect(responses[index]!.shortfallUsd).toBeGreaterThanOrEqual(
          responses[index - 1]!.shortfallUsd - 1e-6,
        )
      expect(responses.at(-1)!.shortfallUsd).toBeLessThanOrEqual((model.lockedUsd / 100) * (1 + 1e-12))
    },
  )

  test('does not strike an adaptive ladder while its signal is acute', () => {
    const responses = bestResponses(model, Plan.of(Plan.recipeOf('adaptive'), model))
    expect(responses.find(({ freedom }) => freedom === 'timing')!.hoursSinceSignal).toBeNull()
  })

  test('takes everything where there is nothing in the way, and the size is free', () => {
    const open = bestResponses(model, Plan.of(Plan.recipeOf('none'), model))
    expect(open.at(-1)!.shortfallUsd).toBeCloseTo(model.lockedUsd / 100, 0)
  })
})
