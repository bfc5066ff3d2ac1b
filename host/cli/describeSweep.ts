import type { SweepResult } from '@cutwater/engine/backtest/sweep/sweep.ts'
import { bold, dim, table } from './text.ts'

/** A sweep as a table, best growth first. */
export function describeSweep({ range, sets, notes }: SweepResult): string {
  const keys = Object.keys(sets[0]?.values ?? {})
  const sorted = [...sets].sort((a, b) => b.cagr - a.cagr)
  const rows = sorted.map(({ values, cagr, maxDrawdown, trades, winRate }) => [
    ...keys.map((key) => String(values[key])),
    percent(cagr),
    percent(maxDrawdown),
    winRate === null ? '–' : percent(winRate),
    String(trades),
  ])
  const head = [...keys, 'a year', 'drawdown', 'wins', 'trades']
  return [
    `${bold(`${sets.length} parameter sets`)}\n${range.from} to ${range.to}, ${range.days} days`,
    table(head, rows),
    ...notes.map((note) => dim(`  ${note}`)),
  ].join('\n\n')
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)}%`
}
