import type { EChartsOption } from 'echarts'
import { axisLabel, common, still, type View, valueAxis } from './parts.ts'

/** What volatility costs by horizon: days ahead, points of VIX. */
export type TermPoint = {
  readonly of: string
  readonly kind: 'index' | 'future'
  readonly days: number
  readonly points: number
}

export const termHeight = 240

/** The term structure of volatility: indices as dots with their names, futures as a line, days on a logarithmic axis. */
export function termChart(points: readonly TermPoint[], view: View): EChartsOption {
  const { palette } = view
  const of = (kind: TermPoint['kind']) =>
    points.filter((each) => each.kind === kind).toSorted((a, b) => a.days - b.days)
  const days = points.map((each) => each.days)
  return {
    ...common(view),
    grid: { left: 44, right: 34, top: 24, bottom: 44 },
    xAxis: {
      type: 'log',
      min: Math.max(1, Math.min(...days) * 0.8),
      max: Math.max(...days) * 1.25,
      axisLine: { lineStyle: { color: palette.rule } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { ...axisLabel(view), formatter: (value: number) => `${Math.round(value)} d` },
      name: 'days ahead',
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: axisLabel(view),
    },
    yAxis: { ...valueAxis(view, (value) => value.toFixed(0)), scale: true, splitNumber: 4 },
    series: [
      {
        ...still,
        type: 'line',
        name: 'futures',
        data: of('future').map((each) => [each.days, each.points]),
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { color: palette.mid, width: 1.5 },
        itemStyle: { color: palette.mid },
      },
      {
        ...still,
        type: 'line',
        name: 'indices',
        data: of('index').map((each) => [each.days, each.points]),
        symbol: 'circle',
        symbolSize: 7,
        lineStyle: { color: palette.near, width: 1.5 },
        itemStyle: { color: palette.near },
        label: {
          show: true,
          position: 'top',
          color: palette.ink,
          fontSize: 12,
          textBorderColor: palette.paper,
          textBorderWidth: 3,
          formatter: ({ dataIndex }) => of('index')[dataIndex]?.of ?? '',
        },
      },
    ],
  }
}
