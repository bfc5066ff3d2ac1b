import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { categoryAxis, common, isNarrow, still, type View, valueAxis } from './parts.ts'

export type Reaction = { readonly seconds: number; readonly usd: number }

export const reactionHeight = 280

/** Dollars gone by the time the bridge is stopped; steps of time evenly apart, so that minutes and hours both show. */
export function reactionChart(points: readonly Reaction[], baselineUsd: number, view: View): EChartsOption {
  const narrow = isNarrow(view)
  const { palette } = view
  return {
    ...common(view),
    tooltip: { trigger: 'axis', valueFormatter: (value) => Format.usd(Number(value)) },
    grid: { left: narrow ? 46 : 64, right: 10, top: 28, bottom: narrow ? 44 : 30 },
    xAxis: {
      ...categoryAxis(
        view,
        points.map(({ seconds }) =>
          narrow ? reactionLabel(seconds).replace(' ', '\n') : reactionLabel(seconds),
        ),
      ),
      axisLine: { show: true, lineStyle: { color: palette.rule } },
    },
    yAxis: { ...valueAxis(view, Format.usdShort), min: 0, splitNumber: 4 },
    series: [
      {
        ...still,
        type: 'bar',
        name: 'gone by then',
        barWidth: '52%',
        barMaxWidth: 64,
        itemStyle: { color: palette.near },
        data: points.map(({ usd }) => usd),
        label: {
          show: true,
          position: 'top',
          formatter: ({ value }) => (narrow ? Format.usdShort : Format.usd)(Number(value)),
          color: palette.ink,
          fontSize: narrow ? 11 : 12,
          backgroundColor: palette.paper,
          padding: [1, 3],
        },
        ...baselineLine(baselineUsd, view),
      },
    ],
  }
}

/** A reaction time as people say it: "same block", "5 min". */
export function reactionLabel(seconds: number): string {
  if (seconds === 0) return 'same block'
  return Format.seconds(seconds)
}

function baselineLine(baselineUsd: number, view: View): object {
  if (!(baselineUsd > 0)) return {}
  return {
    markLine: {
      z: 1,
      silent: true,
      symbol: 'none',
      data: [{ yAxis: baselineUsd }],
      lineStyle: { color: view.palette.alarm, width: 1, type: 'dashed' },
      label: {
        position: 'insideStartTop',
        formatter: `never stopped: ${Format.usd(baselineUsd)}`,
        color: view.palette.alarm,
        fontSize: 12,
      },
    },
  }
}
