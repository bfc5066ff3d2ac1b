import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { axisLabel, common, isNarrow, still, type View, valueAxis } from './parts.ts'

/** What each twin has lost by a block, dollars. */
export type TwinBlock = { readonly block: number; readonly onLostUsd: number; readonly offLostUsd: number }

export const twinsHeight = 240

/** Two bridges under the same attack, block by block: with the layers and without, dollars lost so far. */
export function twinsChart(blocks: readonly TwinBlock[], view: View): EChartsOption {
  const { palette } = view
  const line = (name: string, key: 'onLostUsd' | 'offLostUsd', color: string) => ({
    ...still,
    type: 'line' as const,
    step: 'end' as const,
    name,
    showSymbol: blocks.length === 1,
    data: blocks.map((each) => [each.block, each[key]]),
    lineStyle: { color, width: 2.5 },
    itemStyle: { color },
  })
  return {
    ...common(view),
    grid: { left: isNarrow(view) ? 48 : 60, right: 16, top: 14, bottom: 44 },
    xAxis: {
      type: 'value',
      min: blocks[0]?.block ?? 0,
      max: Math.max((blocks[0]?.block ?? 0) + 12, blocks.at(-1)?.block ?? 0),
      minInterval: 1,
      axisLine: { lineStyle: { color: palette.rule } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: axisLabel(view),
      name: 'block',
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: axisLabel(view),
    },
    yAxis: { ...valueAxis(view, Format.usdShort), min: 0, splitNumber: 3 },
    series: [
      line('without layers', 'offLostUsd', palette.alarm),
      line('with layers', 'onLostUsd', palette.near),
    ],
  }
}
