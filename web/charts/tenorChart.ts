import { layers, type PerLayer } from '@cutwater/core/ladder/Layer.ts'
import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { common, isNarrow, panelTitle, type Span, still, timeAxis, type View, valueAxis } from './parts.ts'

export type Tenors = {
  readonly span: Span
  readonly at: readonly number[]
  /** contracts held */
  readonly ladder: PerLayer<readonly number[]>
  readonly vix: readonly number[]
}

export const tenorHeight = 420

/** Calls held in each layer, stacked from the near one, above VIX. */
export function tenorChart({ span, at, ladder, vix }: Tenors, view: View): EChartsOption {
  const left = isNarrow(view) ? 40 : 52
  const points = (values: readonly number[]) => at.map((seconds, i) => [seconds * 1000, values[i] ?? 0])
  return {
    ...common(view),
    title: [panelTitle(view, 'VIX calls held', 0), panelTitle(view, 'VIX', 250)],
    grid: [
      { left, right: 10, top: 30, height: 192 },
      { left, right: 10, top: 280, height: 106 },
    ],
    xAxis: [0, 1].map((panel) => timeAxis(view, span, panel, panel === 1)),
    yAxis: [
      { ...valueAxis(view, Format.count), gridIndex: 0 },
      { ...valueAxis(view, Format.count), gridIndex: 1 },
    ],
    series: [
      ...layers.map((layer) => ({
        ...still,
        type: 'line' as const,
        step: 'end' as const,
        stack: 'calls',
        name: layer,
        showSymbol: false,
        data: points(ladder[layer]),
        lineStyle: { color: view.palette.paper, width: 0.5 },
        areaStyle: { color: view.palette[layer], opacity: 1 },
      })),
      {
        ...still,
        type: 'line' as const,
        name: 'VIX',
        xAxisIndex: 1,
        yAxisIndex: 1,
        showSymbol: false,
        data: points(vix),
        lineStyle: { color: view.palette.ink, width: 1 },
      },
    ],
  }
}
