// Prints what the simulation answers for bridges of several sizes: the best split, single layers, the signal that
// breaks even, the adversary, and for one bridge the tornado. `npx node scripts/simulationStudies.ts [paths] [seed]`

import * as Assumptions from '../core/simulation/attack/Assumptions.ts'
import * as Model from '../core/simulation/attack/Model.ts'
import { calibrate } from '../core/simulation/incidents/Calibration.ts'
import * as Usd from '../core/units/Usd.ts'
import { adversaryStudy } from '../engine/simulate/adversaryStudy.ts'
import { bestSplit } from '../engine/simulate/bestSplit.ts'
import { breakEvenSignal } from '../engine/simulate/breakEvenSignal.ts'
import type { Study } from '../engine/simulate/compare.ts'
import { singleLayers } from '../engine/simulate/singleLayers.ts'
import { tornado } from '../engine/simulate/tornado.ts'
import { collectedTo, loadIncidents } from '../host/history/incidents/loadIncidents.ts'
import { threadCrew } from '../host/simulate/threadCrew.ts'

const [paths = 200_000, seed = 1] = process.argv.slice(2).map(Number)
const calibration = calibrate(loadIncidents(), collectedTo)
const crew = threadCrew(2)
const sizes = [5e6, 20e6, 50e6, 200e6, 1e9]
const usd = (dollars: number) => Usd.format(Usd.fromDollars(dollars))
const row = (...cells: readonly (string | number)[]) => console.log(`| ${cells.join(' | ')} |`)

try {
  console.log(`${paths.toLocaleString('en-US')} paths, seed ${seed}\n`)
  await splits()
  await layers()
  signals()
  adversaries()
  await bars()
} finally {
  await crew.close()
}

async function splits(): Promise<void> {
  heading('value locked', 'best split', 'total', '4/4/2', 'regret of 4/4/2', 'interval')
  for (const size of sizes) {
    const { best, bestTotalUsd, ladderTotalUsd, regretOf442Pct, low, high } = await bestSplit(studyOf(size))
    const shares = [best.near, best.mid, best.far].map((share) => Math.round(1000 * share) / 10).join('/')
    row(
      usd(size),
      shares,
      usd(bestTotalUsd),
      usd(ladderTotalUsd),
      percent(regretOf442Pct),
      `${percent(low)} to ${percent(high)}`,
    )
  }
}

async function layers(): Promise<void> {
  heading(
    'value locked',
    ...['none', 'rigid', 'near-only', 'mid-only', 'far-only'].map((name) => `${name} above 4/4/2`),
  )
  for (const size of sizes) {
    const rows = await singleLayers(studyOf(size))
    row(usd(size), ...rows.map(({ aboveLadderPct }) => percent(aboveLadderPct)))
  }
}

function signals(): void {
  heading(
    'value locked',
    'saved per caught sign',
    'cost per alarm',
    'most false alarms a year',
    'if every sign is caught',
  )
  for (const size of sizes) {
    const found = breakEvenSignal(modelOf(size))
    const rate = (value: number | null) => (value === null ? 'any' : value.toPrecision(2))
    row(
      usd(size),
      usd(found.gainPerHitUsd),
      usd(found.costPerAlarmUsd),
      rate(found.falseAlarmRate),
      rate(found.falseAlarmRateIfPerfect),
    )
  }
}

function adversaries(): void {
  heading('value locked', 'policy', 'naive', 'timing', 'and pace', 'and size', 'and route')
  for (const size of [20e6, 200e6]) {
    for (const { policy, responses } of adversaryStudy(modelOf(size), [
      'none',
      'near-only',
      'static',
      'adaptive',
    ]))
      row(usd(size), policy, ...responses.map(({ shortfallUsd }) => usd(shortfallUsd)))
  }
}

async function bars(): Promise<void> {
  const { asAssumed, bars: all } = await tornado({ ...studyOf(200e6), paths: Math.ceil(paths / 4) })
  console.log(
    `\nAs assumed, a bridge of ${usd(200e6)}: the ladder saves ${percent(asAssumed.percent)} against ${asAssumed.cheapestWall}.`,
  )
  heading('assumption', 'range', 'at its least', 'at its most', 'turns the answer')
  for (const { name, low, high, atLow, atHigh, flips } of all.filter(
    (bar) => bar.flips || all.indexOf(bar) < 12,
  ))
    row(name, `${low} to ${high}`, percent(atLow.percent), percent(atHigh.percent), flips ? 'yes' : 'no')
}

function modelOf(dollars: number): Model.Model {
  const lockedUsd = Usd.fromDollars(dollars)
  return Model.of({ lockedUsd, years: 1, assumptions: Assumptions.defaults, calibration })
}

function studyOf(dollars: number): Study {
  return { model: modelOf(dollars), crew, paths, seed }
}

function heading(...names: readonly string[]): void {
  console.log()
  row(...names)
  row(...names.map((_, index) => (index === 0 ? '---' : '---:')))
}

function percent(value: number): string {
  return `${value.toFixed(1)}%`
}
