import * as Weights from '@cutwater/core/ladder/Weights.ts'
import * as Assumptions from '@cutwater/core/simulation/attack/Assumptions.ts'
import { sampleCalibration } from '@cutwater/core/simulation/attack/calibration.fixture.ts'
import * as Model from '@cutwater/core/simulation/attack/Model.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { describe, expect, test } from 'vitest'
import { adversaryStudy } from './adversaryStudy.ts'
import { bestSplit } from './bestSplit.ts'
import { breakEvenSignal } from './breakEvenSignal.ts'
import { compare } from './compare.ts'
import { singleLayers } from './singleLayers.ts'
import { soloCrew } from './soloCrew.ts'
import { tornado } from './tornado.ts'

const modelOf = (changes: Readonly<Record<string, number>> = {}, lockedUsd = 2e10) =>
  Model.of({
    lockedUsd,
    years: 1,
    assumptions: Assumptions.withChanges(changes),
    calibration: sampleCalibration(),
  })

const study = (model: Model.Model, paths = 20_000) => ({ model, crew: soloCrew(), paths, seed: 3 })

describe('the best split', () => {
  test('costs no more than 4/4/2, within its interval', async () => {
    const found = await bestSplit(study(modelOf(), 10_000))
    Weights.check(found.best)
    expect(found.high).toBeGreaterThan(0)
    expect(found.low <= found.regretOf442Pct && found.regretOf442Pct <= found.high).toBe(true)
    expect(found.nearlyAsGood.length).toBeGreaterThan(0)
  })

  test('is all guard where nothing else does anything, and little matters where nobody attacks', async () => {
    const changes = {
      coverCorrelation: 1,
      findableShare: 0,
      reserveShare: 0,
      bypassChance: 0,
      sharedOperators: 0,
    }
    const { best } = await bestSplit(study(modelOf({ ...changes, rateFactor: 1 }, 1e9), 10_000))
    expect(best.near).toBeGreaterThan(0.8)
  })
})

test('law: compared with itself a plan differs by nothing', async () => {
  const recipe = Plan.recipeOf('static')
  const [, same] = await compare(study(modelOf(), 10_000), [recipe, recipe])
  expect(same!.againstFirstUsd).toEqual({ value: 0, low: 0, high: 0 })
})

test('single layers are told against the ladder', async () => {
  const rows = await singleLayers(study(modelOf()))
  expect(rows.map(({ name }) => name)).toEqual(['none', 'rigid', 'near-only', 'mid-only', 'far-only'])
  for (const { aboveLadderUsd: above } of rows)
    expect(above.low <= above.value && above.value <= above.high).toBe(true)
})

describe('the signal that breaks even', () => {
  // Every attack shows a sign, an hour or so before.
  const warned = {
    precursorShare: 1,
    hitRate: 1,
    leadSeconds: 3_600,
    leadSigma: 0.3,
    liveBridges: 50,
    riskLoad: 0,
  }

  test('law: at its false-alarm rate adaptive and static cost the same', async () => {
    const { falseAlarmRate, gainPerHitUsd, signsPerYear } = breakEvenSignal(modelOf(warned, 2e9))
    expect(falseAlarmRate).toBeGreaterThan(0.1)
    expect(falseAlarmRate).toBeLessThan(1_000)
    const at = modelOf({ ...warned, falseAlarmsPerYear: falseAlarmRate! }, 2e9)
    const [, adaptive] = await compare(study(at, 100_000), [
      Plan.recipeOf('static'),
      Plan.recipeOf('adaptive'),
    ])
    const { value, high } = adaptive!.againstFirstUsd
    // Three standard errors, and what is not exact: leads by the hour, signs of one attack during another's.
    expect(Math.abs(value)).toBeLessThan((3 / 1.96) * (high - value) + 0.05 * gainPerHitUsd * signsPerYear)
  })

  test('pays less the fewer signs it catches, and never where the guard has failed anyway', () => {
    const rates = [1, 0.5, 0.1].map(
      (hitRate) => breakEvenSignal(modelOf({ ...warned, hitRate }, 2e9)).falseAlarmRate!,
    )
    expect(rates).toEqual([...rates].sort((a, b) => b - a))
    expect(breakEvenSignal(modelOf({ bypassChance: 1 })).falseAlarmRate).toBe(0)
    expect(breakEvenSignal(modelOf({ hitRate: 0, precursorShare: 0 })).gainPerHitUsd).toBeGreaterThanOrEqual(
      0,
    )
  })
})

test('a tornado has a bar for each assumption, the widest first, and names what turns the answer', async () => {
  const names = ['bypassChance', 'budgetPerYear', 'hitRate'] as const
  const { asAssumed, bars } = await tornado(study(modelOf(), 10_000), names)
  expect(bars.map(({ name }) => name).sort()).toEqual([...names].sort())
  const widths = bars.map(({ atLow, atHigh }) => Math.abs(atHigh.percent - atLow.percent))
  expect(widths).toEqual([...widths].sort((a, b) => b - a))
  const idle = bars.find(({ name }) => name === 'hitRate')!
  expect([idle.atLow, idle.atHigh]).toEqual([asAssumed, asAssumed])
  expect(idle.flips).toBe(false)
})

test('an adversary study has every policy, and the freest attacker takes no less than the naive one', () => {
  for (const { naiveUsd, responses, ratio } of adversaryStudy(modelOf(), ['none', 'static'])) {
    expect(responses[0]!.shortfallUsd).toBe(naiveUsd)
    expect(ratio).toBeGreaterThanOrEqual(1)
  }
})
