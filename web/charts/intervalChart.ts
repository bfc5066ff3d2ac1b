import type { EChartsOption } from 'echarts'
import { axisLabel, common, isNarrow, splitLine, still, type View, valueAxis } from './parts.ts'

/** A value with its interval. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number }

/** One thing measured in two books; null where it was not. */
export type Row = { readonly name: string; readonly there: Interval | null; readonly here: Interval | null }

/**
 * Intervals as whiskers with a dot, one row a name, two books above each other. The axis runs by tenfolds to both sides;
 * between one below and one above nothing is drawn wider than it is worth, and the stripe there says so.
 */
export function intervalChart(rows: readonly Row[], view: View): EChartsOption {
  const { palette } = view
  const reach =
    Math.ceil(Math.max(1, ...rows.flatMap(endsOf).map((value) => Math.abs(place(value)) - half))) + half
  return {
    ...common(view),
    grid: { left: isNarrow(view) ? 118 : 190, right: 18, top: 4, bottom: 26 },
    xAxis: {
      ...valueAxis(view, (value) => (isNarrow(view) && isOdd(value) ? '' : labelOf(value))),
      min: -reach,
      max: reach,
      interval: 1,
    },
    yAxis: {
      type: 'value',
      inverse: true,
      min: -0.5,
      max: rows.length - 0.5,
      interval: 0.5,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { ...splitLine(view), show: false },
      axisLabel: {
        ...axisLabel(view),
        color: palette.ink,
        fontSize: isNarrow(view) ? 11 : 12,
        hideOverlap: false,
        width: isNarrow(view) ? 108 : 178,
        overflow: 'truncate',
        formatter: (at: number) => (Number.isInteger(at) ? (rows[at]?.name ?? '') : ''),
      },
    },
    series: [
      {
        ...still,
        type: 'line',
        data: [],
        markArea: {
          ...still,
          itemStyle: { color: palette.rule, opacity: 0.55 },
          data: [[{ xAxis: -half }, { xAxis: half }]],
        },
      },
      ...bookOf('there', -lift, palette.far),
      ...bookOf('here', lift, palette.near),
    ],
  }

  function bookOf(side: 'there' | 'here', offset: number, color: string) {
    const known = rows.flatMap((row, at) => (row[side] === null ? [] : [{ ...row[side], at: at + offset }]))
    return [
      {
        ...still,
        type: 'line' as const,
        showSymbol: false,
        lineStyle: { color, width: 3, cap: 'round' as const },
        data: known.flatMap(({ low, high, at }) => [
          [place(low), at],
          [place(high), at],
          ['-', '-'],
        ]),
      },
      {
        ...still,
        type: 'scatter' as const,
        symbolSize: 9,
        itemStyle: { color, borderColor: palette.paper, borderWidth: 1 },
        data: known.map(({ value, at }) => [place(value), at]),
      },
    ]
  }
}

export function intervalHeight(rows: readonly Row[]): number {
  return 40 + rows.length * 34
}

/**
 * Where a value lies: a half for 1, one more for every tenfold, straight in between.
 *
 * @example
 * place(-100) // -2.5
 */
export function place(value: number): number {
  const size = Math.abs(value)
  return size <= 1 ? half * value : Math.sign(value) * (half + Math.log10(size))
}

function labelOf(at: number): string {
  const size = 10 ** (Math.abs(at) - half)
  return `${at > 0 ? '+' : '−'}${Math.round(size).toLocaleString('en-US')}`
}

/** Every other tenfold; on a phone there is no room for more. */
function isOdd(at: number): boolean {
  return Math.round(Math.abs(at) - half) % 2 === 1
}

function endsOf({ there, here }: Row): readonly number[] {
  return [there, here].flatMap((each) => (each === null ? [] : [each.low, each.high]))
}

const half = 0.5
const lift = 0.17
