import type { ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { reactionChart, reactionHeight, reactionLabel } from '@cutwater/web/charts/reactionChart.ts'
import { figure } from '../figure.ts'
import { type Html, html } from '../html.ts'
import { nothing, section } from './words.ts'

/** What is gone by the time somebody stops the bridge. */
export function reaction(result: ReplayResult): Html {
  const points = [...result.lossByReaction].sort((a, b) => a.seconds - b.seconds)
  const parts = { id: 'reaction', number: 5, title: 'Loss against reaction time' }
  if (points.length === 0) return section({ ...parts, body: nothing('No attack in this range to react to.') })
  const share = (usd: number) => Format.percent(result.baselineLossUsd > 0 ? usd / result.baselineLossUsd : 0)
  const body = figure({
    id: 'reaction-chart',
    title: 'Gone when the bridge is stopped after …',
    synthetic: result.bridge.synthetic,
    caption: html`US dollars gone, by the time from the first release of the attack to the stop; steps of time evenly apart. Without any limit or proof: the pause alone. Source: ${result.bridge.source}.`,
    option: (view) => reactionChart(points, result.baselineLossUsd, view),
    height: () => reactionHeight,
    readout: {
      axis: 'x',
      values: points.map((_, i) => i),
      names: ['gone', 'of the whole attack'],
      rows: points.map(({ seconds, usd }) => ({
        heading: `stopped after ${reactionLabel(seconds)}`.replace('after same', 'in the same'),
        lines: [Format.usd(usd), share(usd)],
      })),
    },
  })
  return section({ ...parts, lead: lead(result, points), body })
}

function lead(
  { baselineLossUsd }: ReplayResult,
  points: readonly { seconds: number; usd: number }[],
): string {
  const first = points[0]!
  const last = points.at(-1)!
  const place = (seconds: number) =>
    seconds === 0 ? 'in the same block' : `after ${Format.seconds(seconds)}`
  const share = baselineLossUsd > 0 ? ` (${Format.percent(first.usd / baselineLossUsd)} of all)` : ''
  if (first === last)
    return `Stopped ${place(first.seconds)}, ${Format.usd(first.usd)} would have been gone${share}.`
  return `Stopped ${place(first.seconds)}, ${Format.usd(first.usd)} would have been gone${share}; ${place(last.seconds)}, ${Format.usd(last.usd)}.`
}
