import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import { earlyWarning, type Warning } from '@cutwater/engine/assess/earlyWarning.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { warningCells, warningHead } from '@cutwater/host/cli/describeAssessment.ts'
import * as Facts from '@cutwater/host/history/Facts.ts'
import { loadHistory } from '@cutwater/host/history/loadHistory.ts'
import { withFacts } from '@cutwater/host/history/withFacts.ts'
import { withTable } from './docFigures.ts'

// The table of docs/early-warning.md:
//
//   npx node scripts/earlyWarningTable.ts ../shared/data/nomad     writes it anew

export const page = 'docs/early-warning.md'

export const facts = 'docs/facts/nomad.yaml'

/**
 * How each signal with data stood before the attack of a history, then those that only facts give data; the others in
 * one line below.
 */
export function tableOf(history: History): string {
  const told = earlyWarning(withFacts(history, [], Facts.readFile(facts).measures)).warnings
  const warnings = earlyWarning(history).warnings.map((warning, i) => {
    const isTold = says(told[i]!) && !says(warning)
    return isTold ? { ...told[i]!, name: `${told[i]!.name} (facts)` } : warning
  })
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const silent = warnings.filter((warning) => !says(warning))
  return [
    line(warningHead),
    line(warningHead.map(() => '---')),
    ...warnings.filter(says).map((warning) => line(warningCells(warning))),
    '',
    `Say nothing, because nothing feeds them or they have no past: ${silent.map(({ name }) => name).join(', ')}.`,
  ].join('\n')
}

function says({ verdict }: Warning): boolean {
  return verdict !== 'says nothing'
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const history = loadHistory(argv[2] ?? '../shared/data/nomad')
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), tableOf(history)))
}
