import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { axisLabel, common, isNarrow, panelTitle, still, type View, valueAxis } from './parts.ts'

export type Point = { readonly ours: number; readonly published: number }

export type Cloud = { readonly title: string; readonly points: readonly Point[] }

/** Ours against the published: one cloud a panel, each dot a month or a roll, the line where both are equal. */
export function replicaChart(clouds: readonly Cloud[], view: View): EChartsOption {
  const boxes = clouds.map((_, i) => boxOf(i, clouds.length, view))
  const reach = clouds.map(({ points }) => reachOf(points))
  return {
    ...common(view),
    title: clouds.map(({ title }, i) => panelTitle(view, title, boxes[i]!.top - 30, boxes[i]!.left - 44)),
    grid: boxes,
    xAxis: clouds.map((_, i) => ({
      ...valueAxis(view, Format.percent),
      gridIndex: i,
      ...reach[i],
      splitNumber: 3,
      name: 'published',
      nameLocation: 'middle' as const,
      nameGap: 26,
      nameTextStyle: axisLabel(view),
    })),
    yAxis: clouds.map((_, i) => ({
      ...valueAxis(view, Format.percent),
      gridIndex: i,
      ...reach[i],
      splitNumber: 3,
    })),
    series: clouds.flatMap(({ points }, i) => [
      {
        ...still,
        type: 'line' as const,
        xAxisIndex: i,
        yAxisIndex: i,
        showSymbol: false,
        data: [
          [reach[i]!.min, reach[i]!.min],
          [reach[i]!.max, reach[i]!.max],
        ],
        lineStyle: { color: view.palette.alarm, width: 1, type: 'dashed' as const },
      },
      {
        ...still,
        type: 'scatter' as const,
        xAxisIndex: i,
        yAxisIndex: i,
        symbolSize: 5,
        data: points.map(({ published, ours }) => [published, ours]),
        itemStyle: { color: view.palette.near, opacity: 0.65 },
      },
    ]),
  }
}

export function replicaHeight(clouds: readonly Cloud[], view: View): number {
  return isNarrow(view) ? 20 + clouds.length * 330 : 370
}

function boxOf(index: number, count: number, view: View) {
  const left = 52
  if (isNarrow(view)) return { left, width: view.width - left - 12, top: 30 + index * 330, height: 250 }
  const width = (view.width - count * (left + 16)) / count
  return { left: left + index * (width + left + 16), width, top: 30, height: 290 }
}

/** A square around all points, a little beyond the furthest. */
function reachOf(points: readonly Point[]): { readonly min: number; readonly max: number } {
  const values = points.flatMap(({ ours, published }) => [ours, published])
  const largest = values.reduce((most, value) => Math.max(most, value), 0.01)
  const least = values.reduce((lowest, value) => Math.min(lowest, value), -0.01)
  const step = largest - least > 0.4 ? 0.1 : 0.02
  return { min: Math.floor((least * 1.02) / step) * step, max: Math.ceil((largest * 1.02) / step) * step }
}
