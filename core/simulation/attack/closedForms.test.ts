import { describe, expect, test } from 'vitest'
import * as Bucket from '../../bridge/guard/Bucket.ts'
import * as Assumptions from './Assumptions.ts'
import { narrowCalibration, sampleCalibration } from './calibration.fixture.ts'
import { fraudStands, withoutGuard } from './closedForms.ts'
import * as Model from './Model.ts'
import * as PathDraws from './PathDraws.ts'
import * as Plan from './Plan.ts'
import { runPaths } from './runPaths.ts'
import { lossOf } from './settlePath.ts'
import * as Tally from './Tally.ts'

// A run of a million paths: CUTWATER_PATHS=1000000 npx vitest run core/simulation/attack/closedForms.test.ts
const paths = Number(process.env.CUTWATER_PATHS ?? 60_000)

describe(`against closed forms, ${paths} paths, within three standard errors`, () => {
  test('without a guard, mean and variance are those of the compound Poisson sum', () => {
    const model = Model.of({
      lockedUsd: 1e14,
      years: 2,
      assumptions: Assumptions.withChanges({ liveBridges: 10 }),
      calibration: narrowCalibration(1_000_000, 0.5),
    })
    const [none] = runPaths({
      model,
      plans: [Plan.of(Plan.recipeOf('none'), model)],
      seed: 3,
      firstPath: 0,
      paths,
    })
    const expected = withoutGuard(model)
    expect(
      deviations(Tally.mean(none!, 'shortfall'), expected.mean, Tally.standardError(none!, 'shortfall')),
    ).toBeLessThan(3)
    // Var(s²) = (μ4 − σ⁴) ÷ n; the fourth central moment of a compound Poisson sum is λE[X⁴] + 3σ⁴.
    const fourth = expected.variance ** 2 * 3 + fourthOf(model)
    const error = Math.sqrt((fourth - expected.variance ** 2) / paths)
    expect(deviations(Tally.variance(none!, 'shortfall'), expected.variance, error)).toBeLessThan(3)
  })

  test.each([0, 0.115, 0.4])(
    'a fraud stands as often as the optimistic window says, together %d',
    (together) => {
      const { model, plan } = oneTransaction({
        bypassChance: together,
        sharedOperators: 0,
        deceivedByData: 0,
      })
      const watchers = (plan.weights.near * 0.02 * 2e8 * 0.4) / 120_000 / 10
      let stood = 0
      let attacks = 0
      forEachAttack(model, (draws, index) => {
        attacks++
        if (lossOf(model, plan, draws, index, 0, 1e10) === 1e10) stood++
      })
      const expected = fraudStands(together, 0.8, watchers)
      expect(
        deviations(stood / attacks, expected, Math.sqrt((expected * (1 - expected)) / attacks)),
      ).toBeLessThan(3)
    },
  )

  test('no path takes more through a limit than C + r·D, and a real bucket passes no more and hardly less', () => {
    const model = Model.of({
      lockedUsd: 2e10,
      years: 1,
      assumptions: Assumptions.withChanges({
        bypassChance: 0,
        sharedOperators: 0,
        missPerWatcher: 1,
        holdSeconds: 1e9,
        holdLossShare: 0,
      }),
      calibration: sampleCalibration(),
    })
    const plan = Plan.of(Plan.recipeOf('static'), model)
    const [limit, refill] = [plan.limitUsd[0]!, plan.refillPerSecond[0]!]
    let tight = 0
    let seen = 0
    forEachAttack(model, (draws, index) => {
      const share = plan.peopleShare[0]!
      const seconds = model.assumptions.humanSeconds * share * draws.reaction[index]!
      const baseline = Math.min(model.lockedUsd, draws.lossUsd[index]!)
      const lost = lossOf(model, plan, draws, index, 0, baseline)
      const bound = Bucket.bound(limit, model.assumptions.windowSeconds, seconds)
      expect(lost).toBeLessThanOrEqual(bound * (1 + 1e-12))
      if (lost > bound * 0.999) tight++
      if (seen++ % 50 === 0)
        expectBucket(lost, { limit, refill, seconds, take: takeOver(draws, index, share, baseline, seconds) })
    })
    expect(tight).toBeGreaterThan(0)
  })
})

function deviations(value: number, expected: number, error: number): number {
  return Math.abs(value - expected) / error
}

function fourthOf({ attacksPerSecond, horizonSeconds, medianLossUsd, lossSigma }: Model.Model): number {
  const [median, sigma] = [medianLossUsd[0]! / 100, lossSigma[0]!]
  return attacksPerSecond * horizonSeconds * median ** 4 * Math.exp(8 * sigma ** 2)
}

/** Every attack is one transaction, people come too late for any hold, and each watcher costs ten times as much. */
function oneTransaction(changes: Readonly<Record<string, number>>) {
  const model = Model.of({
    lockedUsd: 2e10,
    years: 1,
    assumptions: Assumptions.withChanges({
      ...changes,
      watcherDollars: 1_200_000,
      holdSeconds: 0,
      liveBridges: 10,
    }),
    calibration: sampleCalibration({ profiles: { single: 1, burst: 0, hours: 0, days: 0 } }),
  })
  return { model, plan: Plan.of(Plan.recipeOf('static'), model) }
}

function forEachAttack(model: Model.Model, visit: (draws: PathDraws.PathDraws, index: number) => void): void {
  const draws = PathDraws.create(PathDraws.roomFor(model))
  const drawPath = PathDraws.drawer(draws, model, 17, false)
  for (let path = 0; path < paths; path++) {
    drawPath(path)
    for (let index = 0; index < draws.attacks; index++) visit(draws, index)
  }
}

/** What an attacker has asked for by a time: a first piece, the rest evenly until people stop it. */
function takeOver(
  draws: PathDraws.PathDraws,
  index: number,
  share: number,
  baseline: number,
  seconds: number,
) {
  const first = draws.firstShare[index]!
  return (at: number) => baseline * (first + (1 - first) * share * Math.min(1, at / seconds))
}

type Drain = {
  readonly limit: number
  readonly refill: number
  readonly seconds: number
  readonly take: (at: number) => number
}

/** Drains through the guard's own bucket in two hundred steps and compares. */
function expectBucket(lost: number, { limit, refill, seconds, take }: Drain): void {
  const bucket = Bucket.create(limit, limit / refill, 0)
  const steps = 200
  let passed = 0
  for (let step = 0; step <= steps; step++) {
    const at = (seconds * step) / steps
    Bucket.refill(bucket, at)
    const piece = Math.min(take(at) - passed, bucket.level)
    Bucket.take(bucket, piece)
    passed += piece
  }
  expect(passed).toBeLessThanOrEqual(lost * (1 + 1e-9) + 1)
  expect(passed).toBeGreaterThan(lost * 0.99)
}
