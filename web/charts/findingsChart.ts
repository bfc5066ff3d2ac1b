import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { categoryAxis, common, isNarrow, still, type View } from './parts.ts'

export type FindingCount = { readonly name: string; readonly count: number }

/** Findings by name, one bar each, first row on top; the axis is the square root, so that single ones still show. */
export function findingsChart(rows: readonly FindingCount[], view: View): EChartsOption {
  return {
    ...common(view),
    tooltip: { trigger: 'item' },
    grid: { left: isNarrow(view) ? 148 : 176, right: 64, top: 4, bottom: 4 },
    xAxis: { type: 'value', show: false },
    yAxis: {
      ...categoryAxis(
        view,
        rows.map(({ name }) => name),
      ),
      inverse: true,
    },
    series: [
      {
        ...still,
        type: 'bar',
        barWidth: 12,
        itemStyle: { color: view.palette.near },
        data: rows.map(({ count }) => Math.sqrt(count)),
        label: {
          show: true,
          position: 'right',
          formatter: ({ dataIndex }) => Format.count(rows[dataIndex]?.count ?? 0),
          color: view.palette.ink,
          fontSize: 12,
        },
      },
    ],
  }
}

export function findingsHeight(rows: readonly FindingCount[]): number {
  return 8 + rows.length * 28
}
