import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { GuardSettings, Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { hour } from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import { withAttack } from '@cutwater/engine/replay/attacks.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import type { Attack, PolicyResult } from '@cutwater/engine/replay/ReplayResult.ts'
import { runPolicy } from '@cutwater/engine/replay/replay.ts'
import { track } from '@cutwater/engine/replay/track.ts'
import { findHistory } from '@cutwater/host/cli/findHistory.ts'
import { table, withTable } from './docFigures.ts'

// The table of docs/decisions/0005-guard-settings.md: one guard setting changed at a time, all else as the balanced
// posture has it, the adaptive policy over a whole history.
//
//   npx node scripts/guardSensitivity.ts [folder]             prints it; a made-up history without a folder
//   npx node scripts/guardSensitivity.ts [folder] --write     puts it into the page

export const page = 'docs/decisions/0005-guard-settings.md'

const variants: Readonly<Partial<Record<keyof GuardSettings, readonly number[]>>> = {
  limitQuantile: [0.95, 0.99, 0.995, 0.999],
  looseQuantile: [0.99, 0.995, 0.999, 1],
  unprovenQuantile: [0.25, 0.5, 0.75],
  windowSeconds: [hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour],
  holdSeconds: [4 * hour, 6 * hour, 8 * hour, 12 * hour, 24 * hour],
  warmLegs: [25, 50, 100, 200, 400],
  coldShare: [0.01, 0.06, 0.12],
  loosenPerDay: [0.1, 0.25, 0.5],
  pauseSeconds: [3 * hour, 6 * hour, 12 * hour],
}

const head = [
  'setting',
  'value',
  'lost, level 2',
  'held, level 2',
  'mean wait, level 3',
  'lost, deceived',
  'bound, deceived',
]

/** What one setting of the guard did, as the table shows it. */
export function cellsOf(limit: PolicyResult, prove: PolicyResult, deceived: PolicyResult): string[] {
  return [
    dollars(limit.lostUsd),
    `${limit.held.count} of ${limit.honestReleases}`,
    `${prove.meanWaitSeconds.toFixed(1)} s`,
    dollars(deceived.lostUsd),
    dollars(deceived.boundUsd ?? Number.NaN),
  ]
}

function rowsOf(history: History): readonly string[][] {
  return Object.entries(variants).flatMap(([name, values]) =>
    values.map((value) => rowOf(history, name as keyof GuardSettings, value)),
  )
}

function rowOf(history: History, name: keyof GuardSettings, value: number): string[] {
  const run = (attack: Attack, level: Level) =>
    runPolicy(
      track(withAttack(history, attack)),
      Policy.of('adaptive', { level, guard: { [name]: value } }),
      attack,
    )
  const isOurs = Policy.of('adaptive').guard[name] === value
  const cells = cellsOf(run('recorded', 2), run('recorded', 3), run('deceived', 3))
  return [name, isOurs ? `**${value}**` : String(value), ...cells]
}

function dollars(value: number): string {
  return Usd.format(Usd.fromDollars(value))
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const [folder] = argv.slice(2).filter((each) => !each.startsWith('--'))
  const rows = table(head, rowsOf(findHistory(folder, { seed: '1' })))
  if (argv.includes('--write')) writeFileSync(page, withTable(readFileSync(page, 'utf8'), rows))
  else process.stdout.write(`${rows}\n`)
}
