import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import { earlyWarning } from '@cutwater/engine/assess/earlyWarning.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { warningCells, warningHead } from '@cutwater/host/cli/describeAssessment.ts'
import { loadHistory } from '@cutwater/host/history/loadHistory.ts'
import { withTable } from './docFigures.ts'

// The table of docs/early-warning.md:
//
//   npx node scripts/earlyWarningTable.ts ../shared/data/nomad     writes it anew

export const page = 'docs/early-warning.md'

/** How each signal with data stood before the attack of a history; the others in one line below. */
export function tableOf(history: History): string {
  const { warnings } = earlyWarning(history)
  const spoke = warnings.filter(({ verdict }) => verdict !== 'says nothing')
  const silent = warnings.filter(({ verdict }) => verdict === 'says nothing')
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(warningHead),
    line(warningHead.map(() => '---')),
    ...spoke.map((warning) => line(warningCells(warning))),
    '',
    `Say nothing, because nothing feeds them or they have no past: ${silent.map(({ name }) => name).join(', ')}.`,
  ].join('\n')
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const history = loadHistory(argv[2] ?? '../shared/data/nomad')
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), tableOf(history)))
}
