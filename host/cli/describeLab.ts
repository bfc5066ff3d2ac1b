import * as Usd from '@cutwater/core/units/Usd.ts'
import type {
  HonestResult,
  LabResult,
  RunId,
  RunResult,
  ScenarioResult,
  Summary,
} from '@cutwater/lab/run/RunResult.ts'
import { bold, dim, table } from './text.ts'

type Listed = Pick<RunResult, 'name' | 'incident' | 'says'>

/** The attacks there are, one paragraph each. */
export function describeScenarios(scenarios: readonly Listed[]): string {
  return scenarios
    .map(({ name, incident, says }) => `${bold(name)}  ${dim(incident)}\n  ${says}`)
    .join('\n\n')
}

/** What a run of the lab came to, as a page for the terminal. */
export function describeLab({ scenarios, honest, summary }: LabResult): string {
  return [
    bold('The same attacks on two bridges: layers on and off'),
    table(head, scenarios.map(rowOf), ['left']),
    [...new Set(scenarios.map(({ name }) => name))].map((name) => remark(name, scenarios)).join('\n'),
    ...(honest === null ? [] : [describeHonest(honest)]),
    describeSummary(summary),
  ].join('\n\n')
}

/** What honest traffic suffered, as one line. */
export function describeHonest(honest: HonestResult): string {
  const { transfers, pauses, held, accusations, reorgs, trades, liquidityChanges, proposals } = honest
  return `Honest traffic alone: ${transfers} transfers, ${reorgs} reorgs, ${trades} arbitrages, ${liquidityChanges} changes of liquidity, ${proposals} votes; ${held} held, ${pauses} pauses, ${accusations} accusations`
}

function describeSummary({ runs, containment, overBound, harmless, answerMilliseconds }: Summary): string {
  const { p95Blocks, worst } = containment
  return [
    `${runs} runs, ${containment.runs} of them of attacks that can be contained`,
    ...(p95Blocks === null
      ? []
      : [`  95 of 100 contained within ${blocksText(p95Blocks)} after the first bad one`]),
    ...(worst === null ? [] : [`  the worst after ${blocksText(worst.blocks)}: ${again(worst)}`]),
    `  over the bound stated before: ${overBound.map(again).join(', ') || 'none'}`,
    ...(harmless.length === 0 ? [] : [`  harmless without layers too: ${harmless.map(again).join(', ')}`]),
    `  slowest answer of the watch: ${answerMilliseconds} ms`,
  ].join('\n')
}

function blocksText(blocks: number): string {
  return `${blocks} block${blocks === 1 ? '' : 's'}`
}

function again({ name, level, seed }: RunId): string {
  return `${name} --level ${level} --seed ${seed}`
}

const head = [
  'attack',
  'level',
  'lost off',
  'lost on',
  'bound',
  'prevented',
  'covered',
  'reserve',
  'shortfall',
  'blocks',
]

function rowOf({ name, level, steps, on, off, worst }: ScenarioResult): string[] {
  return [
    name,
    String(level),
    usd(off.lostUsd),
    usd(on.lostUsd),
    usd(on.boundUsd),
    usd(on.preventedUsd),
    usd(on.coveredUsd),
    usd(on.backstoppedUsd),
    usd(on.shortfallUsd),
    worst.blocksToContain === null ? uncontained(steps, on) : String(worst.blocksToContain.blocks),
  ]
}

// Nothing is seen that could be contained: how long it went on is said all the same.
function uncontained(steps: ScenarioResult['steps'], { blocksMoved }: ScenarioResult['on']): string {
  return steps === 'single' ? 'one tx' : `never: ${blocksMoved}`
}

function remark(name: string, scenarios: readonly ScenarioResult[]): string {
  const same = scenarios.filter((each) => each.name === name)
  const found = [...new Set(same.flatMap(({ detectedBy }) => detectedBy))]
  return `  ${bold(name)}: ${found.join(', ') || 'no finding'}\n    ${dim(`limited by ${same[0]!.limitedBy}`)}`
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
}
