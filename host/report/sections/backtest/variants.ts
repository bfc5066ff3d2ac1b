import type { BacktestResult, Benchmark, VariantResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import { equityChart, equityHeight, equityLines } from '@cutwater/web/charts/equityChart.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { timesOf } from '@cutwater/web/charts/parts.ts'
import { figure } from '../../figure.ts'
import { type Html, html } from '../../html.ts'
import { nothing, section } from '../words.ts'

/** Every variant: the account over time, then its figures beside those of what else could have been held. */
export function variants(result: BacktestResult): Html {
  const parts = { id: 'variants', number: 2, title: 'Each part by itself' }
  if (result.variants.length === 0) return section({ ...parts, body: nothing('No variant was run.') })
  return section({
    ...parts,
    lead: 'The same days for all. What the gate does is the difference between core and gate, what the ladder does that between core and hedge.',
    body: [chart(result), table(result), market(result.variants), benchmarks(result.benchmarks)],
  })
}

function chart(result: BacktestResult): Html {
  const { at, span } = timesOf(result.series.dates)
  const lines = equityLines(result.series.variants)
  return figure({
    id: 'equity-chart',
    title: 'The account under each variant',
    synthetic: false,
    key: lines.map(({ name, colour }) => ({ name, colour, mark: 'line' })),
    caption: html`One point a week. Condors of one day are in the table only: their years are few. Source: modelled prices on recorded indices and futures.`,
    option: (view) => equityChart({ span, at, lines }, view),
    height: () => equityHeight,
    readout: {
      axis: 'x',
      values: at.map((seconds) => seconds * 1000),
      names: lines.map(({ name }) => name),
      rows: at.map((seconds, i) => ({
        heading: Format.date(seconds),
        lines: lines.map(({ equity }) => (equity[i] == null ? '' : Format.usd(equity[i]))),
      })),
    },
  })
}

function table({ variants }: BacktestResult): Html {
  return html`<div class="table-block"><div class="figure-head"><h3>Figures</h3></div>
<div class="scroll"><table><thead><tr><th>Variant</th><th class="n">A year<small>95%</small></th><th class="n">Vol</th><th class="n">Deepest drawdown<small>from – to</small></th><th class="n">CVaR 99<small>a day</small></th><th class="n">Worst month</th><th class="n">Won</th><th class="n">Hedge a year<small>95%</small></th></tr></thead>
<tbody>${variants.map(row)}</tbody></table></div>
<p class="table-note">Hedge a year: what the ladder cost net of what it paid, as a share of the account. Intervals are 95%, by block bootstrap with a mean block of a month.</p></div>
`
}

function row(variant: VariantResult, index: number, all: readonly VariantResult[]): Html {
  const {
    name,
    what,
    from,
    cagr,
    vol,
    maxDrawdown,
    maxDrawdownFrom,
    maxDrawdownTo,
    cvar99,
    worstMonth,
    winRate,
    trades,
    hedgeCostPerYear,
    intervals,
  } = variant
  const isFirstOfDaily = index > 0 && from !== all[index - 1]!.from
  const cell = (main: string, small: string) =>
    html`<td class="n">${main}<small class="quiet"><br>${small}</small></td>`
  const cells = html`<th scope="row" title="${what}">${name}<small class="quiet"><br>from ${from}</small></th>${cell(Format.signedPercent(cagr), Format.between(intervals.cagr))}<td class="n">${Format.signedPercent(vol)}</td>${cell(Format.signedPercent(maxDrawdown), `${maxDrawdownFrom} – ${maxDrawdownTo}`)}<td class="n">${Format.signedPercent(cvar99)}</td>${cell(Format.signedPercent(worstMonth.return), worstMonth.month)}${cell(winRate === null ? '–' : Format.signedPercent(winRate), `of ${Format.count(trades)}`)}${cell(Format.signedPercent(hedgeCostPerYear, 2), Format.between(intervals.hedgeCostPerYear))}`
  return isFirstOfDaily ? html`<tr class="group-start">${cells}</tr>` : html`<tr>${cells}</tr>`
}

function market(rows: readonly VariantResult[]): Html {
  return html`<div class="table-block"><div class="figure-head"><h3>With the market, and against it</h3></div>
<div class="scroll"><table><thead><tr><th>Variant</th><th class="n">Correlation</th><th class="n">In rising months</th><th class="n">In falling months</th></tr></thead>
<tbody>${rows.map(({ name, correlation, capture }) => html`<tr><th scope="row">${name}</th><td class="n">${Format.fixed(correlation, 2)}</td><td class="n">${Format.fixed(capture.up, 2)}</td><td class="n">${Format.fixed(capture.down, 2)}</td></tr>`)}</tbody></table></div>
<p class="table-note">Monthly returns against the S&P 500 without dividends; in its rising and falling months the mean return over its own, so that below 0 in falling months is a gain.</p></div>
`
}

function benchmarks(rows: readonly Benchmark[]): Html {
  if (rows.length === 0) return nothing('No index is on record beside them.')
  return html`<div class="table-block"><div class="figure-head"><h3>What else could have been held</h3></div>
<div class="scroll"><table><thead><tr><th>Index</th><th>Days</th><th class="n">A year</th><th class="n">Vol</th><th class="n">Deepest drawdown</th><th class="n">Worst month</th></tr></thead>
<tbody>${rows.map(({ name, of, from, to, cagr, vol, maxDrawdown, worstMonth }) => html`<tr><th scope="row">${name}<small class="quiet"> ${of}</small></th><td>${from} – ${to}</td><td class="n">${Format.signedPercent(cagr)}</td><td class="n">${Format.signedPercent(vol)}</td><td class="n">${Format.signedPercent(maxDrawdown)}</td><td class="n">${Format.signedPercent(worstMonth.return)} ${worstMonth.month}</td></tr>`)}</tbody></table></div></div>
`
}
