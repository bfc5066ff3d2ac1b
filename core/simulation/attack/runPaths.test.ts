import { expect, test } from 'vitest'
import * as BridgePolicy from '../../bridge/BridgePolicy.ts'
import * as Assumptions from './Assumptions.ts'
import { sampleCalibration } from './calibration.fixture.ts'
import * as Model from './Model.ts'
import * as Plan from './Plan.ts'
import { runPaths, tailLevel } from './runPaths.ts'
import * as Tally from './Tally.ts'

const model = Model.of({
  lockedUsd: 2e10,
  years: 1,
  assumptions: Assumptions.withChanges({ liveBridges: 20 }),
  calibration: sampleCalibration(),
})
const plans = BridgePolicy.names.map((name) => Plan.of(Plan.recipeOf(name), model))
const batch = { model, plans, seed: 11 }

test('the same seed gives the same bytes; another seed others', () => {
  const one = runPaths({ ...batch, firstPath: 40, paths: 500 })
  expect(runPaths({ ...batch, firstPath: 40, paths: 500 })).toEqual(one)
  expect(runPaths({ ...batch, seed: 12, firstPath: 40, paths: 500 })).not.toEqual(one)
})

test('law: batches merged are the batch of them all, wherever it is cut', () => {
  const whole = runPaths({ ...batch, firstPath: 0, paths: 3_000 })
  for (const cut of [1, 777, 2_999]) {
    const first = runPaths({ ...batch, firstPath: 0, paths: cut })
    const rest = runPaths({ ...batch, firstPath: cut, paths: 3_000 - cut })
    for (let index = 0; index < plans.length; index++) {
      Tally.merge(first[index]!, rest[index]!)
      expect(first[index]!.counts).toEqual(whole[index]!.counts)
      for (const field of Tally.fields) {
        const expected = Tally.mean(whole[index]!, field)
        expect(Math.abs(Tally.mean(first[index]!, field) - expected)).toBeLessThanOrEqual(
          1e-9 * Math.abs(expected),
        )
      }
    }
  }
})

test('law: a plan’s luck does not depend on which plans stand beside it', () => {
  const alone = runPaths({ ...batch, plans: [plans[5]!], firstPath: 0, paths: 2_000 })
  const among = runPaths({ ...batch, firstPath: 0, paths: 2_000 })
  expect(Tally.mean(alone[0]!, 'shortfall')).toBe(Tally.mean(among[5]!, 'shortfall'))
})

test('the tail of the histogram is that of the sorted shortfalls', () => {
  const count = 20_000
  const single = Array.from({ length: count }, (_, path) => {
    const [tally] = runPaths({ ...batch, plans: [plans[0]!], firstPath: path, paths: 1 })
    return Tally.mean(tally!, 'shortfall')
  }).sort((a, b) => b - a)
  const worst = single.slice(0, count / 100)
  const expected = worst.reduce((a, b) => a + b, 0) / worst.length
  const [whole] = runPaths({ ...batch, plans: [plans[0]!], firstPath: 0, paths: count })
  const { mean, quantile } = Tally.tail(whole!)
  expect(mean / expected).toBeCloseTo(1, 3)
  expect(Math.abs(quantile / worst.at(-1)! - 1)).toBeLessThan(0.025)
})

test('the price of the tail, from its quantile on, is that of CVaR99', () => {
  const pilot = runPaths({ ...batch, firstPath: 0, paths: 20_000 })
  const tailFrom = pilot.map((tally) => Tally.tail(tally, tailLevel).quantile)
  const priced = runPaths({ ...batch, firstPath: 0, paths: 20_000, tailFrom })
  priced.forEach((tally) => {
    const expected =
      Tally.mean(tally, 'cost') + model.assumptions.riskLoad * Tally.tail(tally, tailLevel).mean
    // the quantile is known to the 2% of a bin
    expect(Tally.mean(tally, 'objective') / expected).toBeCloseTo(1, 2)
  })
})
