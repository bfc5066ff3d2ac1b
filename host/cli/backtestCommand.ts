import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import type { BacktestResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import { backtest } from '@cutwater/engine/backtest/backtest.ts'
import * as Grid from '@cutwater/engine/backtest/sweep/Grid.ts'
import { sweep } from '@cutwater/engine/backtest/sweep/sweep.ts'
import * as Variant from '@cutwater/engine/backtest/Variant.ts'
import { Command, Option } from 'commander'
import { readOptionsPolicy } from '../config/readOptionsPolicy.ts'
import { loadMarket } from '../market/loadMarket.ts'
import { dateOf } from './dateOf.ts'
import { describeBacktest } from './describeBacktest.ts'
import { describeSweep } from './describeSweep.ts'
import { marketFolder } from './marketFolder.ts'
import { flagInvalid } from './numberOf.ts'
import * as Progress from './Progress.ts'
import { writeReport } from './writeReport.ts'

type Flags = {
  readonly data?: string
  readonly from?: string
  readonly to?: string
  readonly variants?: string
  readonly sweep?: string
  readonly report?: string
  readonly json?: boolean
}

/** `cutwater backtest`: the options method over two decades, each of its parts by itself. */
export function backtestCommand(): Command {
  return new Command('backtest')
    .description('condors with the VIX ladder over recorded markets: each part of the method by itself')
    .argument('[file]', 'policy.yaml; the published rules where it says nothing')
    .option('--data <dir>', 'folder of market data (default: market in the data folder)')
    .option('--from <date>', 'first day to trade; signals still learn from all before (default: 2004-03-26)')
    .option('--to <date>', 'last day')
    .option('--variants <names>', `comma-separated: ${Variant.parts.join(', ')} (default: all of them)`)
    .option('--sweep <grid>', 'many parameter sets instead: condor.shortDelta=0.1,0.16;gate.noneFrom=20,30')
    .option('--report <file>', 'write the report as one HTML file')
    .addOption(new Option('--json', 'print the result as JSON'))
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Nothing in the rules was fitted to the data. Every parameter is printed with its source.

Examples:
  $ cutwater backtest
  $ cutwater backtest --from 2008-01-01 --to 2012-12-31 --variants core,gate,hedge
  $ cutwater backtest policy.yaml --report backtest.html
  $ cutwater backtest --sweep "condor.shortDelta=0.1,0.16,0.2;gate.on=true,false"`

async function run(file: string | undefined, flags: Flags): Promise<void> {
  const policy = file === undefined ? OptionsPolicy.of() : readOptionsPolicy(file)
  const [from, to] = [dateOf('--from', flags.from), dateOf('--to', flags.to)]
  if (from !== undefined && to !== undefined && from > to)
    throw flagInvalid('--from', flags.from!, `a date that is not after --to ${flags.to}`)
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  if (flags.sweep !== undefined) return runSweep(policy, Grid.parse(flags.sweep), range, flags)
  const parts = flags.variants === undefined ? Variant.parts : Variant.parse(flags.variants)
  const history = loadMarket(marketFolder(flags.data))
  const bar = Progress.start('backtest', 1)
  const result = backtest(history, {
    policy,
    parts,
    ...range,
    onProgress: (done, total) => bar.to(done, total),
  })
  bar.stop()
  if (flags.report !== undefined) await report(result, flags.report)
  print(flags.json ? JSON.stringify(result) : describeBacktest(result, flags.report))
}

function runSweep(
  policy: OptionsPolicy.OptionsPolicy,
  grid: Grid.Grid,
  range: { from?: number; to?: number },
  flags: Flags,
): void {
  const history = loadMarket(marketFolder(flags.data))
  const bar = Progress.start('sweep', 1)
  const result = sweep(history, policy, grid, { ...range, onProgress: (done, total) => bar.to(done, total) })
  bar.stop()
  print(flags.json ? JSON.stringify(result) : describeSweep(result))
}

// The charts are loaded only where they are drawn: every other command starts faster without them.
async function report(result: BacktestResult, file: string): Promise<void> {
  const { backtestReport } = await import('../report/backtestReport.ts')
  writeReport(file, backtestReport(result, { command: ['cutwater', ...process.argv.slice(2)].join(' ') }))
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
