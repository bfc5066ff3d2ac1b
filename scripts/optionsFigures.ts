import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import type { BacktestResult, Interval } from '@cutwater/engine/backtest/BacktestResult.ts'
import { backtest } from '@cutwater/engine/backtest/backtest.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { loadMarket } from '@cutwater/host/market/loadMarket.ts'
import { table, withTable } from './docFigures.ts'

// The figures of docs/options.md, from one backtest of the recorded market:
//
//   npx node scripts/optionsFigures.ts     writes them anew

export const page = 'docs/options.md'

/** What stands between the marks of the page. */
export function figuresOf(result: BacktestResult): string {
  return [proof(result), variants(result), spikes(result), claims(result)].join('\n\n')
}

function proof({ replicas: { vxth, cndr }, invariants }: BacktestResult): string {
  const rows = [
    [
      'VXTH, its calls alone, roll to roll',
      vxth.overlayCorrelation.toFixed(4),
      `${vxth.rolls} rolls 2006–2023`,
    ],
    ['the same without the greatest roll', vxth.withoutLargest.toFixed(4), `${vxth.rolls - 1} rolls`],
    ['CNDR, monthly, from 2008', cndr.correlation.toFixed(3), `${cndr.months} months`],
    ['CNDR, monthly, before 2008', cndr.correlationBefore2008.toFixed(3), `${cndr.monthsBefore2008} months`],
  ]
  const books = `The books were checked ${invariants.checks.toLocaleString('en-US')} times over all variants, with ${invariants.violations} violations. VXTH and our calls end level when ${percent(vxth.fittedSpread, 0)} above the middle is paid for each.`
  return `${table(['rebuilt', 'correlation', 'over'], rows)}\n\n${books}`
}

function variants({ variants }: BacktestResult): string {
  const rows = variants.map((each) => [
    each.name,
    `${percent(each.cagr)} (${between(each.intervals.cagr)})`,
    percent(each.vol),
    percent(each.maxDrawdown),
    percent(each.worstMonth.return),
    each.winRate === null ? '–' : percent(each.winRate),
    String(each.trades),
    `${percent(each.hedgeCostPerYear, 2)} (${between(each.intervals.hedgeCostPerYear)})`,
  ])
  const head = [
    'variant',
    'a year (95%)',
    'vol',
    'drawdown',
    'worst month',
    'won',
    'trades',
    'hedge a year (95%)',
  ]
  return table(head, rows)
}

function spikes({ variants }: BacktestResult): string {
  const shown = variants.filter(({ episodes }) => episodes.length > 0)
  const names = shown[0]!.episodes.map(({ name }) => name)
  const rows = shown.map(({ name, episodes }) => [
    name,
    ...episodes.map((episode) => `${percent(episode.return)} (${percent(episode.hedge)})`),
  ])
  return table(['in spikes: account (ladder)', ...names], rows)
}

function claims({ claims }: BacktestResult): string {
  const rows = claims.map(({ id, claimed, measured, low, high, verdict, why }) => {
    const interval = low === null || high === null ? '' : ` (${between([low, high])})`
    return [`${id} ${claimed}`, measured === null ? '–' : `${percent(measured)}${interval}`, verdict, why]
  })
  return table(['claim', 'measured (95%)', 'verdict', 'why'], rows).replace(
    '| --- | ---: | ---: | ---: |',
    '| --- | ---: | --- | --- |',
  )
}

function between([low, high]: Interval): string {
  return `${percent(low)} to ${percent(high)}`
}

function percent(value: number, digits = 1): string {
  return `${(100 * value).toFixed(digits)}%`
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const result = backtest(loadMarket(argv[2] ?? join(dataDir() ?? '', 'market')))
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), figuresOf(result)))
}
