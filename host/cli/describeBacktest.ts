import type { BacktestResult, Interval } from '@cutwater/engine/backtest/BacktestResult.ts'
import { describeClaims } from './describeClaims.ts'
import { bold, dim, table } from './text.ts'

/** A backtest as a page for the terminal: the figures of each variant first, then what proves and what they mean. */
export function describeBacktest(result: BacktestResult, report?: string): string {
  return [
    headOf(result),
    variantsOf(result),
    benchmarksOf(result),
    episodesOf(result),
    proofOf(result),
    describeClaims(result.claims),
    ...result.notes.map((note) => dim(`  ${note}`)),
    ...(report === undefined ? [] : [`Report: ${report}`]),
  ].join('\n\n')
}

function headOf({ range, posture, startUsd }: BacktestResult): string {
  const start = `$${startUsd.toLocaleString('en-US')}`
  return `${bold('Condors with the VIX ladder')}\n${range.from} to ${range.to}, ${range.days} days, posture ${posture}, from ${start}`
}

function variantsOf({ variants }: BacktestResult): string {
  const rows = variants.map((variant) => [
    variant.name,
    variant.from,
    percent(variant.cagr),
    span(variant.intervals.cagr),
    percent(variant.vol),
    percent(variant.maxDrawdown),
    `${variant.maxDrawdownFrom}–${variant.maxDrawdownTo}`,
    percent(variant.cvar99),
    `${percent(variant.worstMonth.return)} ${variant.worstMonth.month}`,
    variant.winRate === null ? '–' : percent(variant.winRate),
    String(variant.trades),
    percent(variant.hedgeCostPerYear, 2),
    span(variant.intervals.hedgeCostPerYear),
  ])
  const head = [
    'variant',
    'from',
    'a year',
    '95%',
    'vol',
    'drawdown',
    'when',
    'CVaR 99',
    'worst month',
    'wins',
    'trades',
    'hedge/year',
    '95%',
  ]
  return `${bold('Each part by itself')}\n${table(head, rows, ['left', 'left'])}\n${variants.map(({ name, what }) => dim(`  ${name}: ${what}`)).join('\n')}`
}

function benchmarksOf({ benchmarks }: BacktestResult): string {
  const rows = benchmarks.map(({ name, from, to, cagr, vol, maxDrawdown, of }) => [
    name,
    from,
    to,
    percent(cagr),
    percent(vol),
    percent(maxDrawdown),
    of,
  ])
  return `${bold('Beside them')}\n${table(['index', 'from', 'to', 'a year', 'vol', 'drawdown', 'of'], rows, ['left', 'left', 'left', 'right', 'right', 'right', 'left'])}`
}

function episodesOf({ variants }: BacktestResult): string {
  const shown = variants.filter(({ episodes }) => episodes.length > 0)
  const names = [...new Set(shown.flatMap(({ episodes }) => episodes.map(({ name }) => name)))]
  const rows = shown.map(({ name, episodes }) => [
    name,
    ...names.map((of) => {
      const found = episodes.find((episode) => episode.name === of)
      return found === undefined ? '–' : `${percent(found.return)} (${percent(found.hedge)})`
    }),
  ])
  return `${bold('In spikes: return, and what the ladder made of it')}\n${table(['variant', ...names], rows, ['left'])}`
}

function proofOf({ invariants, replicas: { cndr, vxth } }: BacktestResult): string {
  const lines = [
    `Books: ${invariants.checks.toLocaleString('en-US')} checks, ${invariants.violations} violations.`,
    vxth.rolls === 0
      ? 'VXTH: not on record, or without a roll; there is nothing to rebuild.'
      : `VXTH rebuilt: overlay correlates ${vxth.overlayCorrelation.toFixed(4)} over ${vxth.rolls} rolls, ${vxth.withoutLargest.toFixed(4)} without the greatest; ${percent(vxth.fittedSpread, 0)} above the middle explains the rest.`,
    cndr.months + cndr.monthsBefore2008 === 0
      ? 'CNDR: not on record; there is nothing to rebuild.'
      : `CNDR rebuilt: ${cndr.correlation.toFixed(3)} over ${cndr.months} months from 2008, ${cndr.correlationBefore2008.toFixed(3)} over ${cndr.monthsBefore2008} before.`,
  ]
  return [bold('Why these prices can be believed'), ...lines, ...invariants.first].join('\n  ')
}

function span([low, high]: Interval): string {
  return `${percent(low)} to ${percent(high)}`
}

function percent(value: number, digits = 1): string {
  return `${(100 * value).toFixed(digits)}%`
}
