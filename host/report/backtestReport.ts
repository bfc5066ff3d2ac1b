import type { BacktestResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import type { Options } from './replayReport.ts'
import { again, assumptions } from './sections/assumptions.ts'
import { answer } from './sections/backtest/answer.ts'
import { ladder } from './sections/backtest/ladder.ts'
import { claims, replicas } from './sections/backtest/proof.ts'
import { variants } from './sections/backtest/variants.ts'

/** A backtest as one self-contained page. */
export function backtestReport(result: BacktestResult, options: Options = {}): string {
  return page({
    title: `Condors with the VIX ladder, ${result.range.from} to ${result.range.to}, tested by Cutwater`,
    head: answer(result),
    sections: html`${variants(result)}${ladder(result)}${replicas(result)}${claims(result)}${assumptions(result, 6)}${again(options.command, 7)}`,
    contents,
    footer: html`Source: recorded index levels and futures settlements; option prices are modelled on them. Returns are no promise. Drawn by Cutwater; the page asks nothing of the network.`,
  })
}

const contents = [
  ['answer', 'The answer'],
  ['variants', 'Each part by itself'],
  ['tenors', 'The ladder by tenor'],
  ['replicas', 'Two indices rebuilt'],
  ['claims', 'Claims'],
  ['assumptions', 'Assumptions and notes'],
  ['again', 'Print this again'],
] as const
