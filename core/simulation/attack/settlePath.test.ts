import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as BridgePolicy from '../../bridge/BridgePolicy.ts'
import * as Assumptions from './Assumptions.ts'
import { sampleCalibration } from './calibration.fixture.ts'
import * as Model from './Model.ts'
import * as PathDraws from './PathDraws.ts'
import * as Plan from './Plan.ts'
import { outcome, settlePath } from './settlePath.ts'

const settings = fc.record({
  lockedUsd: fc.integer({ min: 1e8, max: 1e12 }),
  years: fc.double({ min: 0.5, max: 3, noNaN: true }),
  bypassChance: fc.double({ min: 0, max: 1, noNaN: true }),
  hitRate: fc.double({ min: 0, max: 1, noNaN: true }),
  falseAlarmsPerYear: fc.double({ min: 0, max: 50, noNaN: true }),
  liveBridges: fc.double({ min: 1, max: 50, noNaN: true }),
  path: fc.nat(1_000_000),
})

type Case = typeof settings extends fc.Arbitrary<infer T> ? T : never

function pathOf({ lockedUsd, years, path, ...changes }: Case, more: Readonly<Record<string, number>> = {}) {
  const assumptions = Assumptions.withChanges({ ...changes, ...more })
  const model = Model.of({ lockedUsd, years, assumptions, calibration: sampleCalibration() })
  const draws = PathDraws.create(PathDraws.roomFor(model))
  PathDraws.drawer(draws, model, 5, true)(path)
  const run = (recipe: Plan.Recipe) => {
    const out = outcome()
    settlePath(model, Plan.of(recipe, model), draws, out)
    return out
  }
  return { model, draws, run, runPolicy: (name: BridgePolicy.PolicyName) => run(Plan.recipeOf(name)) }
}

describe('a path', () => {
  test('law: what attacks would take is prevented, covered, backstopped or lost, to the cent, under every policy', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const { runPolicy } = pathOf(given)
        for (const name of BridgePolicy.names) {
          const out = runPolicy(name)
          expect(out.preventedUsd + out.coveredUsd + out.backstoppedUsd + out.shortfallUsd).toBe(
            out.baselineUsd,
          )
          expect(
            Object.values(out).every((value) => typeof value === 'boolean' || Number.isFinite(value)),
          ).toBe(true)
        }
      }),
    )
  })

  test('law: over all attempts together cover pays no more than is in force, the reserve no more than is saved', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const { model, runPolicy } = pathOf(given, { ruinShare: 1, severityFactor: 10 })
        for (const name of ['mid-only', 'far-only', 'static', 'adaptive'] as const) {
          const plan = Plan.of(Plan.recipeOf(name), model)
          const out = runPolicy(name)
          expect(out.coveredUsd).toBeLessThanOrEqual(Math.max(...plan.coverUsd))
          expect(out.backstoppedUsd).toBeLessThanOrEqual(
            plan.reserveUsd + plan.reservePerSecond * model.horizonSeconds,
          )
        }
      }),
    )
  })

  test('law: users never lose more than what was locked', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const { runPolicy } = pathOf(given)
        for (const name of BridgePolicy.names)
          expect(runPolicy(name).shortfallUsd).toBeLessThanOrEqual(given.lockedUsd)
      }),
    )
  })

  test('law: on the same luck no single layer leaves users with more than no layer does', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const { runPolicy } = pathOf(given, { ruinShare: 1 })
        const bare = runPolicy('none').shortfallUsd
        for (const name of ['rigid', 'near-only', 'mid-only', 'far-only'] as const)
          expect(runPolicy(name).shortfallUsd).toBeLessThanOrEqual(bare)
      }),
    )
  })

  test('law: while there is enough to take, a larger budget never leaves users with more', () => {
    fc.assert(
      fc.property(settings, fc.double({ min: 0.001, max: 0.02, noNaN: true }), (given, budgetPerYear) => {
        const changes = { ruinShare: 1, severityFactor: 0.1, hitRate: 0 }
        const small = pathOf(given, { ...changes, budgetPerYear })
        const large = pathOf(given, { ...changes, budgetPerYear: budgetPerYear * 2 })
        fc.pre(lossOfAll(small.draws) <= given.lockedUsd)
        for (const name of ['near-only', 'mid-only', 'far-only', 'static'] as const)
          expect(large.runPolicy(name).shortfallUsd).toBeLessThanOrEqual(small.runPolicy(name).shortfallUsd)
      }),
    )
  })

  // Where attacks take everything again and again, what a larger reserve put back is taken once more, and it is spent
  // before the next one comes.
  test('a reserve that refills an empty bridge is spent sooner, and users may end with more lost', () => {
    const given = {
      lockedUsd: 82_678_929_535,
      years: 2.8911362093053588,
      bypassChance: 0,
      hitRate: 0,
      falseAlarmsPerYear: 0,
      liveBridges: 1,
      path: 221_644,
    }
    const lost = (budgetPerYear: number) =>
      pathOf(given, { ruinShare: 1, budgetPerYear }).runPolicy('far-only').shortfallUsd
    expect(lost(0.002)).toBeGreaterThan(lost(0.001))
  })

  test('law: a signal that is never acute makes adaptive and static the same', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const { runPolicy } = pathOf({ ...given, hitRate: 0, falseAlarmsPerYear: 0 })
        expect(runPolicy('adaptive')).toEqual(runPolicy('static'))
      }),
    )
  })

  test('law: ruin is a shortfall of its share of the value locked, and ends the path', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const { model, runPolicy } = pathOf(given)
        const out = runPolicy('none')
        expect(out.ruined).toBe(out.shortfallUsd >= model.assumptions.ruinShare * model.lockedUsd)
        const rigid = runPolicy('rigid')
        if (!rigid.ruined) expect(rigid.carryUsd).toBeCloseTo(0.02 * model.lockedUsd * given.years, 0)
        else expect(rigid.carryUsd).toBeLessThan(0.02 * model.lockedUsd * given.years)
      }),
    )
  })
})

function lossOfAll({ attacks, lossUsd }: PathDraws.PathDraws): number {
  return lossUsd.subarray(0, attacks).reduce((sum, loss) => sum + Math.round(loss), 0)
}
