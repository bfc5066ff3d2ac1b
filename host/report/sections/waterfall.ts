import { layers } from '@cutwater/core/ladder/Layer.ts'
import type { Attack, PolicyResult, ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import {
  parts,
  type WaterfallRow,
  waterfallChart,
  waterfallHeight,
} from '@cutwater/web/charts/waterfallChart.ts'
import { figure } from '../figure.ts'
import * as Headline from '../Headline.ts'
import { type Html, html } from '../html.ts'
import { attackWords } from './words.ts'

/** Who bore one attack under each policy, at the highest level that was run. */
export function waterfall(result: ReplayResult, attack: Attack, title: string): Html {
  const { ladder } = Headline.of(result)
  const rows = Headline.highestRows(result, attack)
  const bars = rows.map((row) => ({ ...row, label: Headline.label(row.name, ladder) }))
  return figure({
    id: `waterfall-${attack}`,
    title,
    synthetic: result.bridge.synthetic,
    key: parts.map(({ name, colour }) => ({ name, colour })),
    caption: html`US dollars at the day’s price; ${attackWords[attack].caption}. Each policy at the highest level that was run; policies without a guard can only observe. Source: ${result.bridge.source}, replayed.`,
    option: (view) => waterfallChart(bars, view),
    height: () => waterfallHeight(bars),
    readout: {
      axis: 'y',
      values: bars.map((_, i) => i),
      names: [...parts.map(({ name }) => name), 'left the bridge', 'bound before the attack', 'weights'],
      rows: bars.map(readoutRow),
    },
  })
}

function readoutRow(bar: WaterfallRow & PolicyResult) {
  const weights = layers.map((layer) => Math.round(bar.weights[layer] * 100))
  return {
    heading: `${bar.label}, level ${bar.level}`,
    lines: [
      ...parts.map(({ key }) => Format.usd(bar[key])),
      Format.usd(bar.lostUsd),
      bar.boundUsd === null ? 'none' : Format.usd(bar.boundUsd),
      weights.some((weight) => weight > 0) ? `${weights.join(' / ')} %` : '',
    ],
  }
}
