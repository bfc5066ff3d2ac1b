import type { PolicyName } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as BridgePolicy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { PostureName } from '@cutwater/core/ladder/Posture.ts'
import * as Weights from '@cutwater/core/ladder/Weights.ts'
import * as Assumptions from '@cutwater/core/simulation/attack/Assumptions.ts'
import * as Model from '@cutwater/core/simulation/attack/Model.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { splitting } from '@cutwater/core/simulation/attack/splitting.ts'
import * as Tally from '@cutwater/core/simulation/attack/Tally.ts'
import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import type { Calibration } from '@cutwater/core/simulation/incidents/Calibration.ts'
import { year } from '@cutwater/core/units/UnixTime.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { Crew } from '../ports/Crew.ts'
import type { Keep } from '../ports/Keep.ts'
import { runMany } from './runMany.ts'
import type { PlanResult, SimulationResult, SplitResult, Sweep } from './SimulationResult.ts'
import { simplex } from './simplex.ts'

export type Options = {
  readonly name: string
  readonly lockedUsd: Usd
  readonly calibration: Calibration
  readonly crew: Crew
  readonly years?: number
  readonly seed?: number
  readonly paths?: number
  readonly tolerance?: number
  readonly policies?: readonly PolicyName[]
  readonly posture?: PostureName
  readonly assumptions?: Assumptions.Assumptions
  /** also run every fixed split on this grid: steps from 0 to all */
  readonly sweepSteps?: number
  /** also find the chance of ruin by splitting */
  readonly rare?: boolean
  readonly keep?: Keep
  readonly onProgress?: (done: number, total: number) => void
}

export const defaultPaths = 1_000_000

/**
 * Simulates a bridge's years under policies, and under every split of the budget if asked: the same attacks for all.
 *
 * The first policy is what the others are compared with. Throws MODEL_INVALID, STATE_OF_ANOTHER_RUN, STATE_MALFORMED.
 */
export async function simulate(options: Options): Promise<SimulationResult> {
  const { name, lockedUsd, calibration, crew, tolerance, keep, onProgress } = options
  const { years = 1, seed = 1, paths = defaultPaths, policies = BridgePolicy.names, sweepSteps } = options
  const assumptions = options.assumptions ?? Assumptions.defaults
  const model = Model.of({ lockedUsd, years, assumptions, calibration })
  const recipes = policies.map((policy) => Plan.recipeOf(policy, options.posture))
  const splits = sweepSteps === undefined ? [] : splitsOf(sweepSteps)
  const plans = [...recipes, ...splits.map(Plan.recipeOfSplit)].map((recipe) => Plan.of(recipe, model))
  const done = await runMany({
    job: { model, plans, seed },
    paths,
    crew,
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(keep === undefined ? {} : { keep }),
    ...(onProgress === undefined ? {} : { onProgress }),
  })
  const results = plans.map((plan, index) => planResult(plan, done.tallies[index]!, model))
  return {
    bridge: { name, valueUsd: toDollars(lockedUsd), years },
    seed,
    paths: done.paths,
    stoppedEarly: done.stoppedEarly,
    policies: results
      .slice(0, recipes.length)
      .map((each, index) => (options.rare ? withRareRuin(each, plans[index]!, model, seed) : each)),
    sweep: splits.length === 0 ? null : sweepOf(results.slice(recipes.length)),
    attemptsPerYear: model.attacksPerSecond * year,
    assumptions: Assumptions.list(assumptions),
    notes: [...notes],
  }
}

/** A plan's tally as it is reported, a year. */
export function planResult(
  plan: Plan.Plan,
  tally: Tally.Tally,
  { years, assumptions }: Model.Model,
): PlanResult {
  const perYear = (value: number) => value / years
  const mean = (field: Tally.Field) => perYear(Tally.mean(tally, field))
  const estimate = (field: 'cost' | 'shortfall' | 'difference') =>
    interval(mean(field), perYear(Tally.standardError(tally, field)))
  const tail = Tally.tail(tally)
  const ruined = Tally.mean(tally, 'ruined')
  const baselineUsd = mean('baseline')
  return {
    name: plan.name,
    weights: plan.weights,
    costUsd: estimate('cost'),
    shortfallUsd: estimate('shortfall'),
    cvar99Usd: interval(tail.mean, tail.standardError),
    ruin: proportion(ruined, tally.paths),
    rareRuin: null,
    totalUsd: mean('cost') + assumptions.riskLoad * tail.mean,
    waterfall: {
      baselineUsd,
      preventedUsd: mean('prevented'),
      coveredUsd: mean('covered'),
      backstoppedUsd: mean('backstopped'),
      shortfallUsd: mean('shortfall'),
    },
    carryUsd: mean('carry'),
    frictionUsd: mean('friction'),
    againstFirstUsd: estimate('difference'),
  }
}

function withRareRuin(result: PlanResult, plan: Plan.Plan, model: Model.Model, seed: number): PlanResult {
  const shortfallUsd = model.assumptions.ruinShare * model.lockedUsd
  const { value, standardError } = splitting({ model, plan, shortfallUsd, seed })
  return { ...result, rareRuin: interval(value, standardError) }
}

/** What a reader must know before believing a figure of it. */
export const notes: readonly string[] = [
  'Frequency and severity come from public incidents; how money becomes protection is assumed, see the assumptions.',
  'The tail is cut at the value locked; losses do not grow with the bridge unless severityElasticity says so.',
]

function interval(value: number, standardError: number): Estimate {
  return { value, low: value - 1.96 * standardError, high: value + 1.96 * standardError }
}

/** Wilson's interval, which stays within 0 and 1 and says something when nothing was seen. */
function proportion(value: number, count: number): Estimate {
  const z = 1.96
  const middle = (value + (z * z) / (2 * count)) / (1 + (z * z) / count)
  const half =
    (z / (1 + (z * z) / count)) * Math.sqrt((value * (1 - value)) / count + (z * z) / (4 * count * count))
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

// The ladder itself always stands among the splits, whatever the grid.
function splitsOf(steps: number): readonly Weights.Weights[] {
  const grid = simplex(steps)
  const isLadder = ({ near, mid }: Weights.Weights) =>
    Math.abs(near - Weights.base.near) + Math.abs(mid - Weights.base.mid) < 1e-9
  return grid.some(isLadder) ? grid : [...grid, Weights.base]
}

function sweepOf(results: readonly PlanResult[]): Sweep {
  const splits: SplitResult[] = results.map(({ weights, totalUsd, costUsd }) => ({
    weights,
    totalUsd,
    costUsd: costUsd.value,
  }))
  const isLadder = ({ weights: { near, mid } }: SplitResult) =>
    Math.abs(near - Weights.base.near) + Math.abs(mid - Weights.base.mid) < 1e-9
  return {
    splits,
    best: splits.reduce((least, each) => (each.totalUsd < least.totalUsd ? each : least)),
    ladder: splits.find(isLadder)!,
  }
}
