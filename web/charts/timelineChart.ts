import { type Layer, layers } from '@cutwater/core/ladder/Layer.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { flowCeiling } from './flowsChart.ts'
import { common, isNarrow, panelTitle, type Span, still, timeAxis, type View, valueAxis } from './parts.ts'

/** A bridge's life in rows of equal time; the columns are those of a rollup, null where there is nothing. */
export type Life = {
  readonly span: Span
  readonly at: readonly UnixTime[]
  readonly stepSeconds: number
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>
}

export type TimelineOptions = {
  /** the moment that is shown on the rest of the page */
  readonly cursorAt: UnixTime | null
  /** the other future, drawn dashed */
  readonly versus: Life | null
}

const rows = [
  { name: 'value', top: 26, height: 132 },
  { name: 'flow', top: 196, height: 92 },
  { name: 'stress', top: 326, height: 92 },
  { name: 'weights', top: 456, height: 92 },
  { name: 'findings', top: 586, height: 62 },
] as const

export const timelineHeight = 680

/** Value and bound, flows, stress, weights, findings: five panels on one UTC time axis, with a second future dashed. */
export function timelineChart(life: Life, options: TimelineOptions, view: View): EChartsOption {
  const left = isNarrow(view) ? 48 : 64
  const ceiling = flowCeiling(flowsOf(life))
  const step = Format.seconds(life.stepSeconds)
  return {
    ...common(view),
    title: [
      panelTitle(view, 'Value locked, and the loss bound', 0),
      panelTitle(view, `Flow each ${step}: in above, out below`, 170),
      panelTitle(view, 'Stress: 0 calm, 1 acute', 300),
      panelTitle(view, 'Weights', 430),
      panelTitle(view, `Findings each ${step}: hard ones in red`, 560),
    ],
    grid: rows.map(({ top, height }) => ({ left, right: 12, top, height })),
    xAxis: rows.map((_, panel) => timeAxis(view, life.span, panel, panel === rows.length - 1)),
    yAxis: [
      { ...valueAxis(view, Format.usdShort), gridIndex: 0, splitNumber: 3, min: 0 },
      {
        ...valueAxis(view, (value) => Format.usdShort(Math.abs(value))),
        gridIndex: 1,
        min: -ceiling,
        max: ceiling,
        interval: ceiling,
      },
      { ...valueAxis(view, (value) => value.toFixed(1)), gridIndex: 2, min: 0, max: 1, interval: 0.5 },
      { ...valueAxis(view, Format.percent), gridIndex: 3, min: 0, max: 1, interval: 0.5 },
      { ...valueAxis(view, Format.count), gridIndex: 4, splitNumber: 2, min: 0, minInterval: 1 },
    ],
    series: [
      ...valueSeries(life, view),
      ...flowSeries(life, ceiling, view),
      ...layers.map((layer) => stressLine(life, layer, view)),
      ...layers.map((layer) => weightArea(life, layer, view)),
      ...findingBars(life, view),
      ...(options.versus === null ? [] : versusSeries(options.versus, view)),
      ...rows.map((_, index) => ({
        ...still,
        ...panel(index),
        type: 'line',
        data: [],
        ...cursor(options, view),
      })),
    ],
  }
}

/** Column names are those of the rollup: `stressNear` for the near layer. */
export function columnOf(life: Life, kind: 'stress' | 'weight', layer: Layer): readonly (number | null)[] {
  return life.columns[`${kind}${layer[0]!.toUpperCase()}${layer.slice(1)}`] ?? []
}

function valueSeries(life: Life, view: View): object[] {
  const { palette } = view
  return [
    {
      ...line(life, life.columns.lockedUsd, palette.near, 0),
      name: 'value locked',
      areaStyle: { color: palette.near, opacity: 0.12 },
    },
    { ...line(life, life.columns.boundUsd, palette.alarm, 0), name: 'loss bound', step: 'end' },
  ]
}

function flowSeries(life: Life, ceiling: number, view: View): object[] {
  const clipped = (value: number) => Math.max(-ceiling, Math.min(ceiling, value))
  const barOf = (name: string, values: readonly (number | null)[], color: string) => ({
    ...still,
    ...panel(1),
    type: 'bar',
    name,
    stack: 'flow',
    barMaxWidth: 10,
    barMinWidth: 1,
    itemStyle: { color },
    data: points(
      life.at,
      values.map((value) => clipped(value ?? 0)),
    ),
  })
  const outflow = (life.columns.outflowUsd ?? []).map((value) => -(value ?? 0))
  return [
    barOf('in', life.columns.inflowUsd ?? [], view.palette.mid),
    barOf('out', outflow, view.palette.near),
  ]
}

function stressLine(life: Life, layer: Layer, view: View): object {
  const shape = line(life, columnOf(life, 'stress', layer), view.palette[layer], 2)
  return { ...shape, name: `stress ${layer}`, step: 'end' }
}

function weightArea(life: Life, layer: Layer, view: View): object {
  const colour = view.palette[layer]
  return {
    ...line(life, columnOf(life, 'weight', layer), view.palette.paper, 3),
    name: `weight ${layer}`,
    stack: 'weights',
    areaStyle: { color: colour, opacity: 1 },
  }
}

function findingBars(life: Life, view: View): object[] {
  const { findings = [], hard = [] } = life.columns
  const soft = findings.map((value, i) => (value ?? 0) - (hard[i] ?? 0))
  const barOf = (name: string, values: readonly (number | null)[], color: string) => ({
    ...still,
    ...panel(4),
    type: 'bar',
    name,
    stack: 'findings',
    barMaxWidth: 10,
    barMinWidth: 2,
    itemStyle: { color },
    data: points(life.at, values),
  })
  return [barOf('hard', hard, view.palette.alarm), barOf('others', soft, view.palette.muted)]
}

function versusSeries(life: Life, view: View): object[] {
  const dashed = { type: 'dashed', width: 1.5 } as const
  const { palette } = view
  return [
    { ...line(life, life.columns.lockedUsd, palette.ink, 0), lineStyle: { ...dashed, color: palette.ink } },
    {
      ...line(life, life.columns.boundUsd, palette.alarm, 0),
      step: 'end',
      lineStyle: { ...dashed, color: palette.alarm },
    },
    ...layers.map((layer) => ({
      ...line(life, columnOf(life, 'stress', layer), palette[layer], 2),
      step: 'end',
      lineStyle: { ...dashed, color: palette[layer] },
    })),
  ]
}

function line(life: Life, values: readonly (number | null)[] | undefined, colour: string, index: number) {
  return {
    ...still,
    ...panel(index),
    type: 'line' as const,
    showSymbol: life.at.length === 1,
    data: points(life.at, values ?? []),
    lineStyle: { color: colour, width: 1.5 },
    itemStyle: { color: colour },
  }
}

/** The moment that is shown, through every panel. */
function cursor({ cursorAt: at }: TimelineOptions, { palette }: View): object {
  if (at === null) return {}
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      data: [{ xAxis: at * 1000 }],
      lineStyle: { color: palette.ink, width: 1, type: 'solid' },
    },
  }
}

function panel(index: number) {
  return { xAxisIndex: index, yAxisIndex: index }
}

function flowsOf({ columns: { inflowUsd = [], outflowUsd = [] } }: Life): readonly number[] {
  return [...inflowUsd, ...outflowUsd].map((value) => value ?? 0)
}

function points(at: readonly UnixTime[], values: readonly (number | null)[]): [number, number | null][] {
  return at.map((seconds, i) => [seconds * 1000, values[i] ?? null])
}
