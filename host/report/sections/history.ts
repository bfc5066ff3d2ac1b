import { layers } from '@cutwater/core/ladder/Layer.ts'
import { day, startOfDay } from '@cutwater/core/units/UnixTime.ts'
import type { ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { type Flows, flowsChart, flowsHeight } from '@cutwater/web/charts/flowsChart.ts'
import { ladderChart, ladderHeight } from '@cutwater/web/charts/ladderChart.ts'
import { layerNames } from '@cutwater/web/charts/Theme.ts'
import { figure } from '../figure.ts'
import * as Headline from '../Headline.ts'
import { type Html, html } from '../html.ts'
import { nothing, section } from './words.ts'

/** Value locked, the bound, flows, findings and pauses, day by day. */
export function flows(result: ReplayResult): Html {
  const { series } = result
  const parts = { id: 'flows', number: 3, title: 'Value locked and flows' }
  if (series.at.length === 0)
    return section({ ...parts, body: nothing('No day was recorded in this range.') })
  const data = flowsOf(result)
  const body = figure({
    id: 'flows-chart',
    title: 'Day by day',
    synthetic: result.bridge.synthetic,
    key: [
      { name: 'value locked', colour: 'near', mark: 'line' },
      { name: 'loss bound', colour: 'alarm', mark: 'line' },
      { name: 'in', colour: 'mid' },
      { name: 'out', colour: 'near' },
      { name: 'findings, larger for more', colour: 'ink', mark: 'dot' },
      { name: 'pause', colour: 'alarm' },
    ],
    caption: html`US dollars at the day’s price, one point a day, UTC. Value locked and bound${underLead(result)}: what the guard holds back is still there; flows as the log has them. ${clippedNote(data)}${pausesNote(result)} Source: ${result.bridge.source}.`,
    option: (view) => flowsChart(data, view),
    height: () => flowsHeight,
    readout: {
      axis: 'x',
      values: series.at.map((at) => at * 1000),
      names: ['value locked', 'loss bound', 'in', 'out', 'findings', 'pauses'],
      rows: series.at.map((at, i) => ({
        heading: Format.date(at),
        lines: [
          Format.usd(series.lockedUsd[i] ?? 0),
          boundText(series.boundUsd[i]),
          Format.usd(series.inflowUsd[i] ?? 0),
          Format.usd(series.outflowUsd[i] ?? 0),
          Format.count(series.findings[i] ?? 0),
          pausesOn(data, at),
        ],
      })),
    },
  })
  return section({ ...parts, lead: flowsLead(result), body })
}

/** Stress of the three layers and the weights it led to, day by day. */
export function ladder(result: ReplayResult): Html {
  const { series } = result
  const parts = { id: 'ladder', number: 4, title: 'Stress and weights' }
  if (series.at.length === 0)
    return section({ ...parts, body: nothing('No day was recorded in this range.') })
  const history = { ...series, span: spanOf(result), alarmAt: result.firstAttackFinding?.at ?? null }
  const body = figure({
    id: 'ladder-chart',
    title: 'What pressed, and how the ladder leaned',
    synthetic: result.bridge.synthetic,
    key: layers.map((layer) => ({ name: `${layer}: ${layerNames[layer]}`, colour: layer })),
    caption: html`Stress from 0 (calm) to 1 (acute), each signal ranked against its own past; weights as share of the security budget, summing to 100%. One point a day, UTC; the red line is the first finding of the attack. Source: ${result.bridge.source}, replayed${underLead(result)}.`,
    option: (view) => ladderChart(history, view),
    height: () => ladderHeight,
    readout: {
      axis: 'x',
      values: series.at.map((at) => at * 1000),
      names: layers.flatMap((layer) => [`stress ${layer}`, `weight ${layer}`]),
      rows: series.at.map((at, i) => ({
        heading: Format.date(at),
        lines: layers.flatMap((layer) => [
          (series.stress[layer][i] ?? 0).toFixed(2),
          Format.percent(series.weights[layer][i] ?? 0),
        ]),
      })),
    },
  })
  return section({ ...parts, lead: ladderLead(result), body })
}

function flowsOf(result: ReplayResult): Flows {
  const first = result.firstAttackFinding
  const pauses = Headline.of(result).lead?.pauses ?? []
  return {
    ...result.series,
    span: spanOf(result),
    pauses: pauses.map(({ at, until }) => ({ at, until: until ?? result.range.to })),
    alarm: first === null ? null : first,
  }
}

// The days drawn to the end of the last, not the range asked for: a range may reach far beyond the last event.
function spanOf({ series }: ReplayResult) {
  return { from: startOfDay(series.at[0]!), to: startOfDay(series.at.at(-1)!) + day }
}

function flowsLead(result: ReplayResult): string {
  const { at, lockedUsd } = result.series
  const peak = lockedUsd.reduce((best, value, i) => (value > lockedUsd[best]! ? i : best), 0)
  const last = at.length - 1
  return `Value locked stood highest on ${Format.date(at[peak]!)}, at ${Format.usd(lockedUsd[peak]!)}; on ${Format.date(at[last]!)} it was ${Format.usd(lockedUsd[last]!)}.`
}

function ladderLead(result: ReplayResult): string | undefined {
  const { lead, hasAttack, ladder: name } = Headline.of(result)
  if (lead === undefined || !hasAttack) return undefined
  const weights = layers
    .map((layer) => `${layerNames[layer]} ${Format.percent(lead.weights[layer])}`)
    .join(', ')
  const first = Headline.label(lead.name, name)
  return `At the first release of the attack ${first} stood at ${weights}.`
}

function pausesOn({ pauses }: Flows, at: number): string {
  const count = pauses.filter((pause) => pause.at < at + day && pause.until > at).length
  return count === 0 ? '' : String(count)
}

function clippedNote({ inflowUsd, outflowUsd }: Flows): string {
  const values = [...inflowUsd, ...outflowUsd]
  const sorted = values.map(Math.abs).sort((a, b) => a - b)
  const usual = sorted[Math.floor((sorted.length - 1) * 0.985)] ?? 0
  return (sorted.at(-1) ?? 0) > 4 * usual && usual > 0
    ? 'Days far above the rest run off the flow axis; the largest carry their value. '
    : ''
}

function pausesNote(result: ReplayResult): string {
  const { lead } = Headline.of(result)
  return lead === undefined || lead.pauses.length === 0
    ? 'No pause.'
    : 'Pauses are drawn at least two pixels wide.'
}

function underLead(result: ReplayResult): string {
  const { lead, ladder: name } = Headline.of(result)
  return lead === undefined ? '' : ` under ${Headline.label(lead.name, name)} at level ${lead.level}`
}

function boundText(usd: number | null | undefined): string {
  return typeof usd === 'number' ? Format.usd(usd) : 'none'
}
