import * as Weights from '@cutwater/core/ladder/Weights.ts'
import { sampleCalibration } from '@cutwater/core/simulation/attack/calibration.fixture.ts'
import { expect, test } from 'vitest'
import { simplex } from './simplex.ts'
import { simulate } from './simulate.ts'
import { soloCrew } from './soloCrew.ts'

const options = {
  name: 'a bridge',
  lockedUsd: 2e10,
  calibration: sampleCalibration(),
  crew: soloCrew(),
  paths: 20_000,
}

test('every policy is told with its waterfall, which sums up, and against the first', async () => {
  const { policies, paths, sweep } = await simulate({ ...options, policies: ['none', 'static'] })
  expect({ paths, sweep, names: policies.map(({ name }) => name) }).toEqual({
    paths: 20_000,
    sweep: null,
    names: ['none', 'static'],
  })
  for (const { waterfall, shortfallUsd, costUsd } of policies) {
    const { baselineUsd, ...carried } = waterfall
    expect(Object.values(carried).reduce((a, b) => a + b) / baselineUsd).toBeCloseTo(1, 9)
    expect(shortfallUsd.low <= shortfallUsd.value && costUsd.value <= costUsd.high).toBe(true)
  }
  const [none, fixed] = policies
  expect(none!.againstFirstUsd).toEqual({ value: 0, low: 0, high: 0 })
  expect(fixed!.againstFirstUsd.value).toBeCloseTo(fixed!.costUsd.value - none!.costUsd.value, 4)
})

test('a horizon of several years is told by the year', async () => {
  const of = async (years: number) =>
    (await simulate({ ...options, policies: ['near-only'], years, paths: 40_000 })).policies[0]!
  const [one, five] = [await of(1), await of(5)]
  expect(five.carryUsd / one.carryUsd).toBeGreaterThan(0.95)
  expect(five.carryUsd / one.carryUsd).toBeLessThan(1.01)
})

test('ruin by splitting agrees with the ruin that paths saw', async () => {
  const { policies } = await simulate({ ...options, policies: ['none'], rare: true, paths: 40_000 })
  const { ruin, rareRuin } = policies[0]!
  const error = Math.hypot(ruin.high - ruin.low, rareRuin!.high - rareRuin!.low) / (2 * 1.96)
  expect(Math.abs(ruin.value - rareRuin!.value)).toBeLessThan(3 * error)
})

test('a sweep has every split of its grid, and the ladder where the grid misses it', async () => {
  const { sweep } = await simulate({ ...options, policies: ['static'], sweepSteps: 4, paths: 5_000 })
  expect(sweep!.splits).toHaveLength(16)
  expect(sweep!.ladder.weights).toEqual(Weights.base)
  expect(Math.min(...sweep!.splits.map(({ totalUsd }) => totalUsd))).toBe(sweep!.best.totalUsd)
  const { sweep: fine, policies } = await simulate({
    ...options,
    policies: ['static'],
    sweepSteps: 5,
    paths: 5_000,
  })
  expect(fine!.splits).toHaveLength(21)
  expect(fine!.ladder.totalUsd).toBeCloseTo(policies[0]!.totalUsd, 6)
})

test('law: a simplex has (n + 1)(n + 2)/2 splits, each of them a whole', () => {
  for (let steps = 1; steps <= 12; steps++) {
    const splits = simplex(steps)
    expect(splits).toHaveLength(((steps + 1) * (steps + 2)) / 2)
    for (const split of splits) expect(() => Weights.check(split)).not.toThrow()
  }
})
