import { againstQuotes } from '@cutwater/engine/backtest/quotes/againstQuotes.ts'
import type { QuotesResult } from '@cutwater/engine/backtest/quotes/QuotesResult.ts'
import { Command } from 'commander'
import { loadChains } from '../market/loadChains.ts'
import { loadMarket } from '../market/loadMarket.ts'
import { marketFolder } from './marketFolder.ts'
import { calendarText, chainsText, surfaceTables } from './surfaceTables.ts'
import { bold, table } from './text.ts'

/** `cutwater data surface`: how far modelled prices of SPX options are from the quotes of real chains. */
export function dataSurfaceCommand(): Command {
  return new Command('surface')
    .description(
      'modelled prices of SPX options against the real chains of a folder: bias by delta and tenor',
    )
    .argument('[folder]', 'tables of markets with chains among them (default: market in CUTWATER_DATA)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
The chains check the surface; they do not feed it. How its few constants were found: docs/options-surface.md.

Example:
  $ cutwater data surface ../shared/data/market`

function run(folder: string | undefined, { json }: { readonly json?: boolean }): void {
  const from = marketFolder(folder)
  const result = againstQuotes(loadMarket(from).days, loadChains(from))
  process.stdout.write(`${json ? JSON.stringify(result) : describe(result)}\n`)
}

function describe(result: QuotesResult): string {
  return [
    `${bold('Prices of SPX options against quotes')}\n${chainsText(result)}`,
    ...surfaceTables(result).map(({ title, head, rows, sum = '' }) =>
      [bold(title), table(head, rows, ['left']), sum].filter(Boolean).join('\n'),
    ),
    calendarText(result),
  ].join('\n\n')
}
