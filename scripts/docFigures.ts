import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { withAttack } from '@cutwater/engine/replay/attacks.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import type { Attack, PolicyResult } from '@cutwater/engine/replay/ReplayResult.ts'
import { runPolicy } from '@cutwater/engine/replay/replay.ts'
import { track } from '@cutwater/engine/replay/track.ts'
import { loadHistory } from '@cutwater/host/history/loadHistory.ts'
import { drawCutwater } from './drawCutwater.ts'
import { millions } from './millions.ts'

// The figures of the README, its picture and docs/decisions/0004-loss-bound.md, all from one replay:
//
//   npx node scripts/docFigures.ts ../shared/data/nomad     writes them anew
//
// Those of docs/decisions/0005-guard-settings.md take longer and come from guardSensitivity.ts.

/** What one policy at one level did against the attack as it was, and with its watchers deceived. */
export type Figure = {
  readonly name: Policy.PolicyName
  readonly level: Level
  readonly recorded: PolicyResult
  readonly deceived: PolicyResult
}

export const picture = 'docs/cutwater.svg'

const shown: readonly (readonly [Policy.PolicyName, Level])[] = [
  ['none', 0],
  ['far-only', 0],
  ['mid-only', 0],
  ['near-only', 1],
  ['near-only', 2],
  ['near-only', 3],
  ['static', 3],
  ['adaptive', 1],
  ['adaptive', 2],
  ['adaptive', 3],
]

/** Replays a history under each policy that the README shows. */
export function figuresOf(history: History): readonly Figure[] {
  const recorded = track(history)
  const deceived = track(withAttack(history, 'deceived'))
  return shown.map(([name, level]) => {
    const run = (attack: Attack) =>
      runPolicy(attack === 'deceived' ? deceived : recorded, Policy.of(name, { level }), attack)
    return { name, level, recorded: run('recorded'), deceived: run('deceived') }
  })
}

/** One figure, which must be among those shown. */
export function figureOf(figures: readonly Figure[], name: Policy.PolicyName, level: Level): Figure {
  return figures.find((each) => each.name === name && each.level === level)!
}

/** The pages with a table from these figures. */
export const pages = ['README.md', 'docs/decisions/0004-loss-bound.md'] as const

/** The table of each page. */
export function tablesOf(figures: readonly Figure[]): ReadonlyMap<string, string> {
  return new Map<(typeof pages)[number], string>([
    ['README.md', table(head, figures.map(rowOf))],
    ['docs/decisions/0004-loss-bound.md', table(boundHead, boundRowsOf(figures))],
  ])
}

/** A table in Markdown, all columns but the first to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** A text with what stands between its two marks replaced. */
export function withTable(text: string, table: string): string {
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`the text lacks ${begin} … ${end}`)
  return `${before}${begin}\n${table}\n${end}${after}`
}

const begin = '<!-- figures -->'
const end = '<!-- end of figures -->'

const head = [
  'policy',
  'level',
  'taken',
  'cover and reserve pay',
  'users lose',
  'releases that wait',
  'mean wait',
  'taken, watchers deceived',
]

function rowOf({ name, level, recorded, deceived }: Figure): string[] {
  return [
    name,
    level === 0 ? '–' : String(level),
    millions(recorded.lostUsd),
    millions(recorded.coveredUsd + recorded.backstoppedUsd),
    millions(recorded.shortfallUsd),
    recorded.held.count.toLocaleString('en-US'),
    `${Math.round(recorded.meanWaitSeconds).toLocaleString('en-US')} s`,
    millions(deceived.lostUsd),
  ]
}

const boundHead = ['adaptive policy', 'bound just before the attack', 'lost']

function boundRowsOf(figures: readonly Figure[]): readonly string[][] {
  const rows = ([3, 2] as const).flatMap((level) => {
    const { recorded, deceived } = figureOf(figures, 'adaptive', level)
    return [
      { label: `level ${level}`, result: recorded },
      { label: `level ${level}, watchers deceived`, result: deceived },
    ]
  })
  return rows.map(({ label, result: { boundUsd, lostUsd } }) => {
    return [label, boundUsd === null ? 'none' : millions(boundUsd), millions(lostUsd)]
  })
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const figures = figuresOf(loadHistory(argv[2] ?? '../shared/data/nomad'))
  for (const [page, table] of tablesOf(figures)) {
    writeFileSync(page, withTable(readFileSync(page, 'utf8'), table))
  }
  writeFileSync(picture, drawCutwater(figures))
}
