import type { BacktestResult, Claim } from '@cutwater/engine/backtest/BacktestResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { replicaChart, replicaHeight } from '@cutwater/web/charts/replicaChart.ts'
import { figure } from '../../figure.ts'
import { type Html, html } from '../../html.ts'
import { section } from '../words.ts'

/** Two published indices rebuilt from their rules: why the prices can be believed. */
export function replicas({ replicas: { cndr, vxth }, invariants }: BacktestResult): Html {
  const clouds = [
    { title: 'VXTH: what its calls add, roll to roll', points: vxth.points },
    { title: 'CNDR: monthly returns', points: cndr.points },
  ]
  const body = figure({
    id: 'replica-chart',
    title: 'Ours against the published',
    synthetic: false,
    caption: html`Each dot is a roll or a month; on the dashed line both are equal. VXTH: ${vxth.rolls} rolls, ${vxth.hedgedRolls} of them with calls; a price ${Format.percent(vxth.fittedSpread)} above the middle makes both end level. CNDR: ${cndr.months} months from 2008 and ${cndr.monthsBefore2008} before, through the same book as every variant, without costs.`,
    option: (view) => replicaChart(clouds, view),
    height: (view) => replicaHeight(clouds, view),
  })
  return section({
    id: 'replicas',
    number: 4,
    title: 'Two indices rebuilt',
    lead: html`VXTH’s overlay correlates ${vxth.overlayCorrelation.toFixed(4)} with the published index (${vxth.withoutLargest.toFixed(4)} without its greatest roll), CNDR ${cndr.correlation.toFixed(3)} (${cndr.correlationBefore2008.toFixed(3)} before 2008). The books were checked ${Format.count(invariants.checks)} times, with ${Format.counted(invariants.violations, 'violation')}.`,
    body: [
      body,
      invariants.first.length > 0 &&
        html`<ul class="notes">${invariants.first.map((text) => html`<li class="no">${text}</li>`)}</ul>`,
    ],
  })
}

/** The claims, one by one. */
export function claims({ claims }: BacktestResult): Html {
  return section({
    id: 'claims',
    number: 5,
    title: 'What the method claims of itself',
    lead: 'A claim holds when the measured number lies in the claimed range, and does not when the range lies outside of the interval. In between the record is too short to tell.',
    body: html`<div class="scroll"><table class="parameters"><thead><tr><th>Claim</th><th class="n">Measured</th><th>Verdict</th><th>Why</th></tr></thead><tbody>${claims.map(row)}</tbody></table></div>`,
  })
}

function row({ id, claimed, measured, low, high, verdict, why, accountUsd }: Claim): Html {
  const interval =
    low !== null &&
    high !== null &&
    html`<small class="quiet"><br>${Format.signedPercent(low)} to ${Format.signedPercent(high)}</small>`
  const account =
    accountUsd !== undefined && html` <b>Account for ten condors: ${Format.usd(accountUsd)}.</b>`
  return html`<tr><td class="claim"><b>${id}</b> ${claimed}</td><td class="n">${measured === null ? '–' : Format.signedPercent(measured)}${interval}</td><td>${verdict === 'does not hold' ? html`<b class="no">${verdict}</b>` : verdict}</td><td>${why}${account}</td></tr>
`
}
