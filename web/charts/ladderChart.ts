import { type Layer, layers, type PerLayer } from '@cutwater/core/ladder/Layer.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { common, isNarrow, panelTitle, type Span, still, timeAxis, type View, valueAxis } from './parts.ts'
import { layerNames } from './Theme.ts'

export type LadderHistory = {
  readonly span: Span
  readonly at: readonly UnixTime[]
  readonly stress: PerLayer<readonly number[]>
  readonly weights: PerLayer<readonly number[]>
  readonly alarmAt: UnixTime | null
}

export const ladderHeight = 452

/** Stress per layer (0 calm, 1 acute) above the weights it led to (share of the budget), on one UTC time axis. */
export function ladderChart(history: LadderHistory, view: View): EChartsOption {
  const left = isNarrow(view) ? 40 : 52
  const right = isNarrow(view) ? 50 : 62
  const share = (value: number) => Format.percent(value)
  return {
    ...common(view),
    tooltip: { trigger: 'axis', valueFormatter: (value) => Format.percent(Number(value)) },
    title: [panelTitle(view, 'Stress', 0), panelTitle(view, 'Weights', 224)],
    grid: [
      { left, right, top: 30, height: 162 },
      { left, right, top: 254, height: 168 },
    ],
    xAxis: [0, 1].map((panel) => timeAxis(view, history.span, panel, panel === 1)),
    yAxis: [
      { ...valueAxis(view, (value) => value.toFixed(1)), gridIndex: 0, min: 0, max: 1, interval: 0.5 },
      { ...valueAxis(view, share), gridIndex: 1, min: 0, max: 1, interval: 0.2 },
    ],
    series: [
      ...layers.map((layer) => stressLine(history, layer, view)),
      ...layers.map((layer) => weightArea(history, layer, view)),
    ],
  }
}

function stressLine(history: LadderHistory, layer: Layer, view: View): object {
  return {
    ...still,
    type: 'line',
    name: `stress ${layer}`,
    showSymbol: history.at.length === 1,
    data: points(history.at, history.stress[layer]),
    lineStyle: { color: view.palette[layer], width: layer === 'near' ? 2 : 1.5 },
    itemStyle: { color: view.palette[layer] },
    ...(layer === 'near' ? alarmLine(history, view) : {}),
  }
}

function weightArea(history: LadderHistory, layer: Layer, view: View): object {
  const colour = view.palette[layer]
  return {
    ...still,
    type: 'line',
    name: layerNames[layer],
    stack: 'weights',
    xAxisIndex: 1,
    yAxisIndex: 1,
    showSymbol: false,
    data: points(history.at, history.weights[layer]),
    lineStyle: { color: view.palette.paper, width: 1 },
    itemStyle: { color: colour },
    areaStyle: { color: colour, opacity: 1 },
    ...endLabel(history, layer, view),
    ...(layer === 'near' ? alarmLine(history, view) : {}),
  }
}

// Named where the eye ends: each area's name and last weight beside its middle.
function endLabel({ at, weights }: LadderHistory, layer: Layer, view: View): object {
  const last = at.length - 1
  if (last < 0) return {}
  const below = layers
    .slice(0, layers.indexOf(layer))
    .reduce((sum, other) => sum + (weights[other][last] ?? 0), 0)
  const weight = weights[layer][last] ?? 0
  return {
    markPoint: {
      silent: true,
      symbol: 'circle',
      symbolSize: 0.01,
      data: [
        {
          coord: [at[last]! * 1000, below + weight / 2],
          label: {
            show: weight > 0,
            position: 'right',
            distance: 8,
            formatter: `${layerNames[layer]}\n${Format.percent(weight)}`,
            color: view.palette.ink,
            fontSize: 12,
            lineHeight: 15,
          },
        },
      ],
    },
  }
}

function alarmLine({ alarmAt }: LadderHistory, view: View): object {
  if (alarmAt === null) return {}
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      data: [{ xAxis: alarmAt * 1000 }],
      lineStyle: { color: view.palette.alarm, width: 1, type: 'solid', opacity: 0.8 },
    },
  }
}

function points(at: readonly UnixTime[], values: readonly number[]): [number, number | null][] {
  return at.map((seconds, i) => [seconds * 1000, values[i] ?? null])
}
