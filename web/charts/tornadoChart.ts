import type { EChartsOption } from 'echarts'
import { categoryAxis, common, isNarrow, still, type View, valueAxis } from './parts.ts'

/** One assumption and where the answer lies at both ends of its range. */
export type Bar = {
  readonly name: string
  readonly atLow: number
  readonly atHigh: number
  readonly flips: boolean
  /** how far both ends reach within their intervals, where that is known */
  readonly reach?: readonly [least: number, most: number]
}

/** What each assumption does to one answer, the widest first; bars that reach across 0 turn it. */
export function tornadoChart(bars: readonly Bar[], asAssumed: number, view: View): EChartsOption {
  const { palette } = view
  return {
    ...common(view),
    grid: { left: isNarrow(view) ? 118 : 190, right: 24, top: 8, bottom: 26 },
    xAxis: { ...valueAxis(view, (value) => `${value}%`), splitNumber: isNarrow(view) ? 4 : 8 },
    yAxis: {
      ...categoryAxis(
        view,
        bars.map(({ name }) => name),
      ),
      inverse: true,
    },
    series: [
      {
        ...still,
        type: 'line',
        data: [],
        markLine: {
          ...still,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: palette.muted, width: 1, type: 'solid' },
          data: [{ xAxis: 0 }, { xAxis: asAssumed, lineStyle: { type: 'dashed', color: palette.ink } }],
        },
      },
      ...(bars.some(({ reach }) => reach) ? [whiskers()] : []),
      // A bar may begin on one side of 0 and end on the other, which stacked bars cannot: they are thick lines.
      spans(palette.near, false),
      spans(palette.alarm, true),
    ],
  }

  function whiskers() {
    return {
      ...still,
      type: 'line' as const,
      showSymbol: false,
      lineStyle: { color: palette.muted, width: 2, cap: 'butt' as const },
      data: bars.flatMap(({ name, reach }) =>
        reach === undefined
          ? []
          : [
              [reach[0], name],
              [reach[1], name],
              ['-', '-'],
            ],
      ),
    }
  }

  function spans(color: string, flips: boolean) {
    return {
      ...still,
      type: 'line' as const,
      showSymbol: false,
      lineStyle: { color, width: 12, cap: 'butt' as const },
      data: bars.flatMap((bar) =>
        bar.flips === flips
          ? [
              [bar.atLow, bar.name],
              [bar.atHigh, bar.name],
              ['-', '-'],
            ]
          : [],
      ),
    }
  }
}

export function tornadoHeight(bars: readonly Bar[]): number {
  return 40 + bars.length * 26
}
