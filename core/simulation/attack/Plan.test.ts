import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guarding } from '../../bridge/budget/guarding.ts'
import * as Posture from '../../ladder/Posture.ts'
import * as Ratchet from '../../ladder/Ratchet.ts'
import { tilt } from '../../ladder/tilt.ts'
import { hour, year } from '../../units/UnixTime.ts'
import * as Assumptions from './Assumptions.ts'
import { sampleCalibration } from './calibration.fixture.ts'
import * as Model from './Model.ts'
import * as Plan from './Plan.ts'

const model = Model.of({
  lockedUsd: 5e9,
  years: 1,
  assumptions: Assumptions.defaults,
  calibration: sampleCalibration(),
})

const signalTimes = fc
  .array(fc.integer({ min: 0, max: 400 * hour }), { minLength: 1, maxLength: 6 })
  .map((times) => times.sort((a, b) => a - b))

describe.each(Posture.names)('the plan of adaptive, %s', (posture) => {
  const recipe = Plan.recipeOf('adaptive', posture)
  const plan = Plan.of(recipe, model)

  test('law: at any time it is where the ladder is that ratchets and tilts hour by hour', () => {
    fc.assert(
      fc.property(signalTimes, fc.integer({ min: 0, max: 300 * hour }), (times, after) => {
        const last = times.at(-1)!
        const live = stepByHours(recipe, times, last + Math.floor(after / hour) * hour)
        const row = Plan.rowAt(plan, after)
        expect(plan.limitUsd[row]! / live.limitUsd).toBeCloseTo(1, 2)
        expect(plan.peopleShare[row]! / live.peopleShare).toBeCloseTo(1, 2)
        if (row < plan.limitUsd.length - 1) expect(plan.limitUsd[row]).toBe(live.limitUsd)
      }),
      { numRuns: 40 },
    )
  })

  test('law: what an alarm costs is the sum of what its hours cost, and never falls', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1_000, noNaN: true }), (hours) => {
        const { limitUsd, extraUpToUsd } = plan
        const whole = Math.min(Math.floor(hours), extraUpToUsd.length - 1)
        expect(Plan.extraUsd(plan, whole * hour)).toBe(extraUpToUsd[whole])
        expect(Plan.extraUsd(plan, hours * hour)).toBeGreaterThanOrEqual(Plan.extraUsd(plan, whole * hour))
        expect(limitUsd.length).toBe(extraUpToUsd.length)
      }),
    )
  })

  test('is tighter and sooner under an acute signal, and calm in the end', () => {
    expect(plan.adapts).toBe(true)
    expect(plan.limitUsd[0]!).toBeLessThanOrEqual(plan.limitUsd.at(-1)!)
    expect(plan.peopleShare[0]!).toBeLessThan(plan.peopleShare.at(-1)!)
    expect(Plan.of(Plan.recipeOf('static', posture), model).limitUsd).toEqual([plan.limitUsd.at(-1)])
  })
})

test('static spends its budget, but for what users pay by waiting and what is put by', () => {
  const plan = Plan.of(Plan.recipeOf('static'), model)
  const { budgetPerYear, reserveShare, reserveYears, reserveCostPerYear, watchShare, onCallShare } =
    Assumptions.defaults
  const budget = budgetPerYear * model.lockedUsd
  const spent = budget * (0.4 * (watchShare + onCallShare) + 0.4 + 0.2 * (1 - reserveShare))
  const capital = budget * 0.2 * reserveShare * reserveYears * reserveCostPerYear
  expect(plan.carryPerSecond * year).toBeCloseTo(spent + capital, 0)
})

test('a split is named by its shares', () => {
  expect(Plan.recipeOfSplit({ near: 0.125, mid: 0.375, far: 0.5 }).name).toBe('12.5/37.5/50')
  expect(() => Plan.recipeOfSplit({ near: 0.5, mid: 0.5, far: 0.5 })).toThrow('[WEIGHTS_INVALID]')
})

/** The ladder as it is run live: signals raise it, hours let it go. */
function stepByHours(
  { base, bounds, conviction, ratchet }: Plan.Recipe,
  signals: readonly number[],
  until: number,
) {
  const level = Ratchet.start(0, 0)
  for (const at of signals) {
    for (let next = level.at + hour; next < at; next += hour) Ratchet.step(level, 0, next, ratchet)
    Ratchet.step(level, 1, at, ratchet)
    // A signal that is acute again while the ladder still dwells counts as a rise of its own here.
    level.raisedAt = at
  }
  for (let next = signals.at(-1)! + hour; next <= until; next += hour) Ratchet.step(level, 0, next, ratchet)
  const weights = tilt({ base, stress: { near: level.value, mid: 0, far: 0 }, conviction, bounds })
  const budget = model.assumptions.budgetPerYear * model.lockedUsd
  return guarding({
    spendUsd: weights.near * budget,
    standingUsd: base.near * budget,
    lockedUsd: model.lockedUsd,
    economy: { ...model.assumptions, claimSeconds: 0 },
    curves: model.assumptions,
  })
}
