import type { View } from '@cutwater/web/charts/parts.ts'
import type { Palette } from '@cutwater/web/charts/Theme.ts'
import { variables } from '@cutwater/web/charts/Theme.ts'
import type { EChartsOption } from 'echarts'
import { type Content, type Html, html, json, trusted } from './html.ts'
import { renderSvg } from './renderSvg.ts'

/** A chart in the page: what it is called, how it is drawn at any width, what is read off it. */
export type Figure = {
  readonly id: string
  readonly title: string
  /** what it shows, with unit and source */
  readonly caption: Content
  readonly synthetic: boolean
  readonly key?: readonly KeyEntry[]
  readonly option: (view: View) => EChartsOption
  readonly height: (view: View) => number
  readonly readout?: Readout
}

export type KeyEntry = {
  readonly name: string
  readonly colour: keyof Palette
  readonly mark?: 'box' | 'line' | 'dot'
}

/** What the pointer reads: for each place along an axis a heading and its lines. */
export type Readout = {
  readonly axis: 'x' | 'y'
  /** one value a place, in the units of the chart's first axis of that kind */
  readonly values: readonly number[]
  readonly names: readonly string[]
  readonly rows: readonly { readonly heading: string; readonly lines: readonly string[] }[]
}

export const wideWidth = 920
export const narrowWidth = 350

/** The figure drawn twice, for desk and phone; the style sheet shows one of them. */
export function figure(spec: Figure): Html {
  const wide = draw(spec, wideWidth, 'wide')
  const narrow = draw(spec, narrowWidth, 'narrow')
  const { readout } = spec
  return html`<figure id="${spec.id}">
<div class="figure-head"><h3>${spec.title}</h3>${spec.synthetic && syntheticBadge}</div>
${spec.key && keyList(spec.key)}
<div class="chart"${readout && trusted(` tabindex="0" data-axis="${readout.axis}"`)} role="img" aria-label="${spec.title}">
<div class="wide" data-width="${wideWidth}">${trusted(wide.svg)}</div>
<div class="narrow" data-width="${narrowWidth}">${trusted(narrow.svg)}</div>
${readout && readoutData(readout, wide.positions, narrow.positions)}</div>
<figcaption>${spec.caption}</figcaption>
</figure>
`
}

export const syntheticBadge = html`<span class="badge">SYNTHETIC</span>`

function draw(spec: Figure, width: number, name: string) {
  const view: View = { width, palette: variables }
  const height = spec.height(view)
  const { axis = 'x', values = [] } = spec.readout ?? {}
  return renderSvg({
    id: `${spec.id}-${name}`,
    option: spec.option(view),
    width,
    height,
    positionsOf: { axis, values },
  })
}

function keyList(entries: readonly KeyEntry[]): Html {
  const items = entries.map(
    ({ name, colour, mark = 'box' }) => html`<li><i class="mark ${mark} ${colour}"></i>${name}</li>`,
  )
  return html`<ul class="key">${items}</ul>`
}

function readoutData({ names, rows }: Readout, wide: readonly number[], narrow: readonly number[]): Html {
  const data = { names, wide, narrow, rows: rows.map(({ heading, lines }) => [heading, ...lines]) }
  return html`<script type="application/json">${json(data)}</script>`
}
