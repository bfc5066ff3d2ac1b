import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import type { PlanResult, SimulationResult, Sweep } from '@cutwater/engine/simulate/SimulationResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { simplexChart } from '@cutwater/web/charts/simplexChart.ts'
import { parts, waterfallChart, waterfallHeight } from '@cutwater/web/charts/waterfallChart.ts'
import { figure } from './figure.ts'
import { type Html, html } from './html.ts'
import { page } from './page.ts'
import { again } from './sections/assumptions.ts'
import { capital, section } from './sections/words.ts'

/** A simulation as one self-contained page: the same bytes for the same result. */
export function simulationReport(result: SimulationResult, command?: string): string {
  return page({
    title: `${capital(result.bridge.name)}, simulated by Cutwater`,
    head: answer(result),
    sections: html`${policies(result)}${splits(result)}${assumptions(result)}${again(command, 5)}`,
    contents,
    footer: html`${Format.count(result.paths)} paths, seed ${result.seed}. US dollars a year, intervals of 95%. Attacks by the public record of bridge incidents; what money buys is assumed. Drawn by Cutwater; the page asks nothing of the network.`,
  })
}

const contents = [
  ['answer', 'The answer'],
  ['policies', 'Policies'],
  ['splits', 'Splits of the budget'],
  ['assumptions', 'Assumptions and notes'],
  ['again', 'Print this again'],
] as const

function answer({ bridge, policies, paths, attemptsPerYear, stoppedEarly }: SimulationResult): Html {
  const cheapest = policies.reduce((least, each) => (each.totalUsd < least.totalUsd ? each : least))
  const open = policies.find(({ name }) => name === 'none')
  return html`<header class="hero" id="answer">
<p class="eyebrow">Cutwater · simulated attacks on a bridge</p>
<h1>${capital(bridge.name)}</h1>
<p class="range">${Format.usd(bridge.valueUsd)} locked · ${attemptsPerYear.toFixed(2)} attempts a year · ${Format.count(paths)} paths${stoppedEarly && ', enough for the intervals asked for'}</p>
<p class="answer">The cheapest of these policies, tail included, is <b>${cheapest.name}</b> at <b>${Format.usd(cheapest.totalUsd)}</b> a year${open !== undefined && html`; nothing at all costs <b class="alarm">${Format.usd(open.totalUsd)}</b>`}.</p>
${bars(policies)}
</header>
`
}

function bars(policies: readonly PlanResult[]): Html {
  const rows = policies.map(({ name, waterfall }) => ({
    ...waterfall,
    label: name,
    lostUsd: waterfall.baselineUsd - waterfall.preventedUsd,
  }))
  return figure({
    id: 'waterfall',
    title: 'Who bears what attacks would take in a year',
    synthetic: false,
    key: parts.map(({ name, colour }) => ({ name, colour })),
    caption:
      'Means over all paths, US dollars a year. Prevented by the guard, and by audits and walls before it.',
    option: (view) => waterfallChart(rows, view),
    height: () => waterfallHeight(rows),
  })
}

function policies({ policies: rows }: SimulationResult): Html {
  const head = ['Cost', 'Users lose', 'CVaR99', 'Ruin', 'Total with tail', 'Spent', 'Waiting']
  const line = (row: PlanResult) =>
    html`<tr><th scope="row">${row.name}</th>${[
      withError(row.costUsd),
      withError(row.shortfallUsd),
      withError(row.cvar99Usd),
      `${(100 * row.ruin.value).toFixed(3)}%`,
      Format.usd(row.totalUsd),
      Format.usd(row.carryUsd),
      Format.usd(row.frictionUsd),
    ].map((cell) => html`<td class="n">${cell}</td>`)}</tr>`
  return section({
    id: 'policies',
    number: 2,
    title: 'A year under each policy',
    lead: 'All policies meet the same attacks, so they differ by less than their intervals suggest.',
    body: html`<div class="scroll"><table><thead><tr><th>Policy</th>${head.map((name) => html`<th class="n">${name}</th>`)}</tr></thead><tbody>${rows.map(line)}</tbody></table></div>
<p class="table-note">Cost is what is spent and gone, what waiting costs, what the reserve paid and what users lost. The tail is priced at 6% of CVaR99 unless riskLoad says otherwise.</p>`,
  })
}

function splits({ sweep }: SimulationResult): Html {
  return section({
    id: 'splits',
    number: 3,
    title: 'Splits of the budget',
    body: sweep === null ? html`<p class="quiet">Not run; ask for it with --sweep.</p>` : triangle(sweep),
  })
}

function triangle({ splits: rows, best, ladder }: Sweep): Html {
  const point = ({ weights, totalUsd }: Sweep['best']) => ({ ...weights, usd: totalUsd })
  const above = (100 * (ladder.totalUsd - best.totalUsd)) / best.totalUsd
  return figure({
    id: 'simplex',
    title: 'Total cost of every split',
    synthetic: false,
    caption: html`Each dot is a fixed split of the same budget over guard, bond and govern; the redder, the dearer, by rank. 4/4/2 costs ${above.toFixed(1)}% more than the cheapest of these, ${[best.weights.near, best.weights.mid, best.weights.far].map((share) => Math.round(100 * share)).join('/')}.`,
    option: (view) => simplexChart(rows.map(point), { marked: point(ladder), best: point(best) }, view),
    height: ({ width }) => (width < 560 ? 300 : 420),
  })
}

function assumptions({ assumptions: rows, notes }: SimulationResult): Html {
  return section({
    id: 'assumptions',
    number: 4,
    title: 'Assumptions and notes',
    lead: 'Every figure above moves with these.',
    body: html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>
<div class="scroll"><table class="parameters"><thead><tr><th>Parameter</th><th class="n">Value</th><th class="n">Range</th><th>Unit</th><th>Source</th></tr></thead><tbody>${rows.map(
      ({ name, value, low, high, unit, source }) =>
        html`<tr><td>${name}</td><td class="n">${short(value)}</td><td class="n">${short(low)} to ${short(high)}</td><td>${unit}</td><td>${source}</td></tr>`,
    )}</tbody></table></div>`,
  })
}

function short(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumSignificantDigits: 4 })
}

function withError({ value, high }: Estimate): string {
  return `${Format.usd(value)} ± ${Format.usd(high - value)}`
}
