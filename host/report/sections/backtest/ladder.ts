import { layers } from '@cutwater/core/ladder/Layer.ts'
import type {
  BacktestResult,
  EpisodeResult,
  VariantResult,
} from '@cutwater/engine/backtest/BacktestResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { timesOf } from '@cutwater/web/charts/parts.ts'
import { tenorChart, tenorHeight } from '@cutwater/web/charts/tenorChart.ts'
import { figure } from '../../figure.ts'
import { type Html, html } from '../../html.ts'
import { nothing, section } from '../words.ts'

/** The hedge by tenor: what was held, what each layer cost, and what it paid in spikes. */
export function ladder(result: BacktestResult): Html {
  const parts = { id: 'tenors', number: 3, title: 'The ladder by tenor' }
  const hedged = result.variants.filter(({ hedgeByLayer }) =>
    layers.some((layer) => hedgeByLayer[layer] !== 0),
  )
  if (hedged.length === 0) return section({ ...parts, body: nothing('No variant held a hedge.') })
  return section({
    ...parts,
    lead: 'Four calls of 30 days, four of 110 and two of 220 for ten condors, each at half a delta when bought.',
    body: [chart(result), costs(hedged), spikes(result.variants)],
  })
}

function chart(result: BacktestResult): Html {
  const { at, span } = timesOf(result.series.dates)
  const { ladder, vix } = result.series
  return figure({
    id: 'tenor-chart',
    title: 'What was held',
    synthetic: false,
    key: layers.map((layer) => ({ name: `${layer}: ${tenors[layer]}`, colour: layer })),
    caption: html`Contracts of the last variant with a hedge over all years, one point a week. VIX at the close below.`,
    option: (view) => tenorChart({ span, at, ladder, vix }, view),
    height: () => tenorHeight,
    readout: {
      axis: 'x',
      values: at.map((seconds) => seconds * 1000),
      names: [...layers, 'VIX'],
      rows: at.map((seconds, i) => ({
        heading: Format.date(seconds),
        lines: [...layers.map((layer) => Format.count(ladder[layer][i] ?? 0)), (vix[i] ?? 0).toFixed(2)],
      })),
    },
  })
}

function costs(rows: readonly VariantResult[]): Html {
  return html`<div class="table-block"><div class="figure-head"><h3>What each layer cost a year, net of what it paid</h3></div>
<div class="scroll"><table><thead><tr><th>Variant</th>${layers.map((layer) => html`<th class="n">${layer}<small>${tenors[layer]}</small></th>`)}<th class="n">All</th><th class="n">For ten condors<small>$ a year</small></th></tr></thead>
<tbody>${rows.map(({ name, hedgeByLayer, hedgeCostPerYear, hedgeUsdPerTenCondors }) => html`<tr><th scope="row">${name}</th>${layers.map((layer) => html`<td class="n">${Format.signedPercent(hedgeByLayer[layer], 2)}</td>`)}<td class="n">${Format.signedPercent(hedgeCostPerYear, 2)}</td><td class="n">${Format.count(Math.round(hedgeUsdPerTenCondors))}</td></tr>`)}</tbody></table></div>
<p class="table-note">As shares of the account’s mean equity.</p></div>
`
}

function spikes(variants: readonly VariantResult[]): Html {
  const shown = variants.filter(({ episodes }) => episodes.length > 0)
  const episodes = shown[0]?.episodes ?? []
  return html`<div class="table-block"><div class="figure-head"><h3>In spikes: return of the account, and what the ladder made of it</h3></div>
<div class="scroll"><table><thead><tr><th>Variant</th>${episodes.map(({ name, peakVix }) => html`<th class="n">${name}<small>VIX ${peakVix.toFixed(0)}</small></th>`)}</tr></thead>
<tbody>${shown.map(({ name, episodes: own }) => html`<tr><th scope="row">${name}</th>${episodes.map((episode) => cell(own.find((each) => each.name === episode.name)))}</tr>`)}</tbody></table></div>
<p class="table-note">${episodes.map(({ name, from, to }) => `${name}: ${from} to ${to}`).join('; ')}.</p></div>
`
}

function cell(episode: EpisodeResult | undefined): Html {
  if (episode === undefined) return html`<td class="n quiet">–</td>`
  return html`<td class="n">${Format.signedPercent(episode.return)}<small class="quiet"><br>${Format.signedPercent(episode.hedge)}</small></td>`
}

const tenors = { near: '30 days', mid: '110 days', far: '220 days' } as const
