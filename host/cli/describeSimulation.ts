import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { PlanResult, SimulationResult, Sweep } from '@cutwater/engine/simulate/SimulationResult.ts'
import { bold, dim, table } from './text.ts'

/** A simulation as a page for the terminal: the answer first, then the tables behind it. */
export function describeSimulation(result: SimulationResult, report?: string): string {
  const { bridge, policies, sweep, paths, stoppedEarly, seed, attemptsPerYear } = result
  const early = stoppedEarly ? ', stopped early: the intervals are narrow enough' : ''
  return [
    `${bold(bridge.name)}\n${usd(bridge.valueUsd)} locked, ${attemptsPerYear.toFixed(3)} attempts a year, ${paths.toLocaleString('en-US')} paths of ${bridge.years} years, seed ${seed}${early}`,
    `${bold('A year under each policy')} (95% intervals)\n${policyTable(policies)}`,
    `${bold('Who carries what attacks would take')}\n${waterfallTable(policies)}`,
    ...(sweep === null ? [] : [sweepText(sweep)]),
    ...result.notes.map(dim),
    ...(report === undefined ? [] : [`Report: ${report}`]),
  ].join('\n\n')
}

function policyTable(policies: readonly PlanResult[]): string {
  return table(
    ['policy', 'cost', '±', 'users lose', '±', 'CVaR99', '±', 'ruin', 'total with tail'],
    policies.map((each) => [
      each.name,
      ...withError(each.costUsd),
      ...withError(each.shortfallUsd),
      ...withError(each.cvar99Usd),
      ruinText(each),
      usd(each.totalUsd),
    ]),
    ['left'],
  )
}

function ruinText({ ruin, rareRuin }: PlanResult): string {
  if (rareRuin === null) return `${(100 * ruin.value).toFixed(3)}%`
  return `${(100 * rareRuin.value).toPrecision(3)}% ± ${(100 * (rareRuin.high - rareRuin.value)).toPrecision(2)}%`
}

function waterfallTable(policies: readonly PlanResult[]): string {
  return table(
    ['policy', 'would take', 'prevented', 'covered', 'reserve', 'users', 'spent', 'waiting'],
    policies.map(({ name, waterfall, carryUsd, frictionUsd }) => [
      name,
      ...Object.values(waterfall).map(usd),
      usd(carryUsd),
      usd(frictionUsd),
    ]),
    ['left'],
  )
}

function sweepText({ splits, best, ladder }: Sweep): string {
  const cheapest = [...splits].sort((a, b) => a.totalUsd - b.totalUsd).slice(0, 5)
  const rows = (cheapest.includes(ladder) ? cheapest : [...cheapest, ladder]).map((split) => [
    splitName(split.weights) + (split === ladder ? ' (4/4/2)' : ''),
    usd(split.totalUsd),
    `${((100 * (split.totalUsd - best.totalUsd)) / best.totalUsd).toFixed(1)}%`,
  ])
  return `${bold('Splits near/mid/far')}, ${splits.length} in all, the cheapest and 4/4/2\n${table(['split', 'total', 'above the best'], rows, ['left'])}`
}

function splitName({ near, mid, far }: PlanResult['weights']): string {
  return [near, mid, far].map((share) => Math.round(100 * share)).join('/')
}

function withError({ value, high }: Estimate): readonly string[] {
  return [usd(value), usd(high - value)]
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
}
