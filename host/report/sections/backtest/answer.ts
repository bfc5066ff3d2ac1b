import type { BacktestResult, VariantResult, Verdict } from '@cutwater/engine/backtest/BacktestResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { type Content, type Html, html } from '../../html.ts'
import { variantNamed } from './words.ts'

/** The first screen: which market, which years, what the ladder cost and saved, how many claims hold. */
export function answer(result: BacktestResult): Html {
  const { range, startUsd, posture } = result
  return html`<header class="hero" id="answer">
<p class="eyebrow">Cutwater · backtest of the options book</p>
<h1>Condors with the VIX ladder</h1>
<p class="range">${range.from} to ${range.to} · ${Format.counted(range.days, 'trading day')} · from ${Format.usd(startUsd)} · posture ${posture}</p>
<p class="answer">${sentence(result)}</p>
<p class="answer-note">${note(result)}</p>
${facts(result)}
</header>
`
}

function sentence(result: BacktestResult): Content {
  const [core, hedge] = [variantNamed(result, 'core'), variantNamed(result, 'hedge')]
  const verdicts = html`Of the method’s ${result.claims.length} claims <b>${countOf(result, 'holds')}</b> hold, <b class="alarm">${countOf(result, 'does not hold')}</b> do not, and ${countOf(result, 'cannot be tested')} cannot be tested.`
  if (core === undefined || hedge === undefined) return verdicts
  return html`Always on, the ladder ${hedge.hedgeCostPerYear > 0 ? 'cost' : 'earned'} <b>${Format.signedPercent(Math.abs(hedge.hedgeCostPerYear), 2)}</b> of the account a year and ${moved(core, hedge)} the deepest drawdown from ${Format.signedPercent(core.maxDrawdown)} to <b>${Format.signedPercent(hedge.maxDrawdown)}</b>. ${verdicts}`
}

function note(result: BacktestResult): Content {
  const gate = variantNamed(result, 'gate')
  const core = variantNamed(result, 'core')
  if (gate === undefined || core === undefined)
    return 'Each part of the method is run by itself, so that none is credited with what another does.'
  return html`The gate alone: ${Format.signedPercent(gate.maxDrawdown)} drawdown and ${Format.signedPercent(gate.cagr)} a year, against ${Format.signedPercent(core.maxDrawdown)} and ${Format.signedPercent(core.cagr)} without it. Each part of the method is run by itself, so that none is credited with what another does.`
}

function facts(result: BacktestResult): Html {
  const { invariants, variants, claims } = result
  const { cndr, vxth } = result.replicas
  const hedged = variantNamed(result, 'hedge')
  const cost = claims.find(({ id }) => id === 'C2')
  const daily = variants.find(({ name }) => name === '1-DTE core')
  const entries: readonly (readonly [string, Content])[] = [
    [
      'Checks of the books',
      html`${Format.count(invariants.checks)}<small>${Format.counted(invariants.violations, 'violation')}</small>`,
    ],
    [
      'VXTH rebuilt',
      html`${vxth.overlayCorrelation.toFixed(4)}<small>correlation over ${vxth.rolls} rolls</small>`,
    ],
    [
      'CNDR rebuilt',
      html`${cndr.correlation.toFixed(3)}<small>from 2008; ${cndr.correlationBefore2008.toFixed(3)} before</small>`,
    ],
    [
      'The ladder for ten condors',
      hedged === undefined
        ? 'not run'
        : html`${Format.usd(hedged.hedgeUsdPerTenCondors)}<small>a year, net of what it paid</small>`,
    ],
    [
      'Account at which that is 2%',
      cost?.accountUsd === undefined
        ? 'not known'
        : html`${Format.usd(cost.accountUsd)}<small>for ten condors</small>`,
    ],
    [
      '1-DTE condors won',
      daily?.winRate == null
        ? 'not run'
        : html`${Format.percent(daily.winRate)}<small>of ${Format.count(daily.trades)}, break-even at 86%</small>`,
    ],
  ]
  return html`<dl class="facts">${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

function moved(core: VariantResult, hedge: VariantResult): string {
  return hedge.maxDrawdown < core.maxDrawdown ? 'brought' : 'left'
}

function countOf({ claims }: BacktestResult, verdict: Verdict): number {
  return claims.filter((claim) => claim.verdict === verdict).length
}
