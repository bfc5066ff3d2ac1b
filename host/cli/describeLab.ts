import * as Usd from '@cutwater/core/units/Usd.ts'
import type { HonestResult, LabResult, ScenarioResult } from '@cutwater/lab/run/RunResult.ts'
import { bold, dim, table } from './text.ts'

type Listed = Pick<ScenarioResult, 'name' | 'incident' | 'says'>

/** The attacks there are, one paragraph each. */
export function describeScenarios(scenarios: readonly Listed[]): string {
  return scenarios
    .map(({ name, incident, says }) => `${bold(name)}  ${dim(incident)}\n  ${says}`)
    .join('\n\n')
}

/** What a run of the lab came to, as a page for the terminal. */
export function describeLab({ scenarios, honest }: LabResult, { level }: { readonly level: number }): string {
  const rows = scenarios.map(rowOf)
  return [
    bold(`The same attacks on two bridges: layers on (guard level ${level}) and off`),
    table(head, rows, ['left']),
    scenarios.map(remark).join('\n'),
    ...(honest === null ? [] : [honestLine(honest)]),
  ].join('\n\n')
}

const head = [
  'attack',
  'lost off',
  'lost on',
  'bound',
  'prevented',
  'covered',
  'reserve',
  'shortfall',
  'blocks',
]

function rowOf({ name, on, off }: ScenarioResult): string[] {
  return [
    name,
    usd(off.lostUsd),
    usd(on.lostUsd),
    usd(on.boundUsd),
    usd(on.preventedUsd),
    usd(on.coveredUsd),
    usd(on.backstoppedUsd),
    usd(on.shortfallUsd),
    on.blocksToContain === null ? 'one tx' : String(on.blocksToContain),
  ]
}

function remark({ name, detectedBy, limitedBy }: ScenarioResult): string {
  const found = detectedBy.length === 0 ? 'no finding' : detectedBy.join(', ')
  return `  ${bold(name)}: ${found}\n    ${dim(`limited by ${limitedBy}`)}`
}

function honestLine({ transfers, pauses, held, accusations, reorgs }: HonestResult): string {
  return `Honest traffic alone: ${transfers} transfers, ${reorgs} reorgs; ${held} held, ${pauses} pauses, ${accusations} accusations`
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
}
