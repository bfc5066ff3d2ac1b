import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { Attack, PolicyResult, ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import { bold, dim, table } from './text.ts'

/** A replay as a page for the terminal: the answer first, then the tables behind it. */
export function describeReplay(result: ReplayResult, report?: string): string {
  return [
    headOf(result),
    answerOf(result),
    matchesOf(result),
    ...attacks.map((attack) => attackTable(result, attack)),
    reactionOf(result),
    ...result.notes.map((note) => dim(`  ${note}`)),
    ...(report === undefined ? [] : [`Report: ${report}`]),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const attacks: readonly { readonly name: Attack; readonly says: string }[] = [
  { name: 'recorded', says: 'The attack as it was recorded' },
  { name: 'split', says: 'The same value in ten times as many releases' },
  { name: 'slow', says: 'The same attack at a tenth of its speed' },
  { name: 'deceived', says: 'The watchers deceived: every attack release looks proven' },
]

function headOf({ bridge, range, posture }: ReplayResult): string {
  const label = bridge.synthetic ? ' [SYNTHETIC: a made-up history]' : ''
  const span = `${UnixTime.formatDate(range.from)} to ${UnixTime.formatDate(range.to)}`
  return `${bold(`${bridge.name}${label}`)}\n${span}, ${count(range.events)} legs, posture ${posture}`
}

function answerOf({ policies, baselineLossUsd }: ReplayResult): string {
  if (baselineLossUsd === 0) return 'No attack is labelled here: there is no loss to compare.'
  const best = policies.find(
    ({ name, level, attack }) => name === 'adaptive' && level === 3 && attack === 'recorded',
  )
  const lost = `Without protection the attack takes ${usd(baselineLossUsd)}.`
  if (best === undefined) return lost
  const wait = `${best.held.count} of ${count(best.honestReleases)} honest releases wait, ${best.meanWaitSeconds.toFixed(1)} s each over all of them`
  return `${lost} Adaptive at level 3 loses ${usd(best.lostUsd)}; ${wait}.`
}

function matchesOf({
  matched,
  withoutSource,
  finalityBreaches,
  findings,
  firstAttackFinding,
}: ReplayResult): string {
  const first =
    firstAttackFinding === null
      ? 'none'
      : `${UnixTime.format(firstAttackFinding.at)}, ${firstAttackFinding.name}`
  const names = Object.entries(findings).filter(([, n]) => n > 0)
  return [
    `Matched: ${count(matched.deposits)} deposits, ${count(matched.withdrawals)} withdrawals`,
    `Without source: ${withoutSource.releases} releases, ${withoutSource.mints} mints; before finality: ${finalityBreaches.deposits} deposits, ${finalityBreaches.withdrawals} withdrawals`,
    `First attack finding: ${first}`,
    `Findings: ${names.map(([name, n]) => `${name} ${n}`).join(', ')}`,
  ].join('\n')
}

function attackTable({ policies }: ReplayResult, { name, says }: (typeof attacks)[number]): string {
  const rows = policies.filter(({ attack }) => attack === name)
  if (rows.length === 0) return ''
  const head = [
    'policy',
    'level',
    'lost',
    'covered',
    'reserve',
    'shortfall',
    'bound',
    'held',
    'hours',
    'mean wait',
  ]
  return `${bold(says)}\n${table(head, rows.map(rowOf), ['left', 'left'])}`
}

function rowOf(row: PolicyResult): string[] {
  return [
    row.name,
    String(row.level),
    usd(row.lostUsd),
    usd(row.coveredUsd),
    usd(row.backstoppedUsd),
    usd(row.shortfallUsd),
    row.boundUsd === null ? 'none' : usd(row.boundUsd),
    count(row.held.count),
    row.held.hours.toFixed(0),
    `${row.meanWaitSeconds.toFixed(1)} s`,
  ]
}

function reactionOf({ lossByReaction, baselineLossUsd }: ReplayResult): string {
  if (baselineLossUsd === 0) return ''
  const parts = lossByReaction.map(({ seconds, usd: lost }) => [
    seconds === 0 ? 'same block' : `${seconds / 60} min`,
    usd(lost),
    `${((100 * lost) / baselineLossUsd).toFixed(1)}%`,
  ])
  return `${bold('Loss against the time to a pause (level 1)')}\n${table(['reaction', 'lost', 'of all'], parts, ['left'])}`
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
