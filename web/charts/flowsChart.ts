import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import {
  axisLabel,
  common,
  isNarrow,
  panelTitle,
  type Span,
  still,
  timeAxis,
  type View,
  valueAxis,
} from './parts.ts'

export type Flows = {
  readonly span: Span
  readonly at: readonly UnixTime[]
  readonly lockedUsd: readonly number[]
  readonly boundUsd: readonly (number | null)[]
  readonly inflowUsd: readonly number[]
  readonly outflowUsd: readonly number[]
  readonly findings: readonly number[]
  readonly pauses: readonly { readonly at: UnixTime; readonly until: UnixTime }[]
  readonly alarm: { readonly at: UnixTime; readonly name: string } | null
}

export const flowsHeight = 492

/** Value locked and the loss bound, flows in and out, findings and pauses: three panels on one UTC time axis. */
export function flowsChart(flows: Flows, view: View): EChartsOption {
  const narrow = isNarrow(view)
  const left = narrow ? 46 : 64
  const ceiling = flowCeiling([...flows.inflowUsd, ...flows.outflowUsd])
  const plotWidth = view.width - left - 10
  return {
    ...common(view),
    tooltip: { trigger: 'axis', valueFormatter: (value) => Format.usd(Number(value)) },
    title: [
      panelTitle(view, 'Value locked and loss bound', 0),
      panelTitle(view, 'Flow a day: in above, out below', 214),
      panelTitle(view, 'Findings a day, and pauses', 386),
    ],
    grid: [
      { left, right: 10, top: 30, height: 160 },
      { left, right: 10, top: 240, height: 122 },
      { left, right: 10, top: 408, height: 54 },
    ],
    xAxis: [0, 1, 2].map((panel) => timeAxis(view, flows.span, panel, panel === 2)),
    yAxis: [
      { ...valueAxis(view, Format.usdShort), gridIndex: 0, splitNumber: 4 },
      {
        ...valueAxis(view, (value) => Format.usdShort(Math.abs(value))),
        gridIndex: 1,
        min: -ceiling,
        max: ceiling,
        interval: ceiling / 2,
      },
      strips(view),
    ],
    series: [
      ...lockedSeries(flows, view),
      ...flowSeries(flows, ceiling, plotWidth, view),
      ...marks(flows, plotWidth, view),
    ],
  }
}

/**
 * How far the flow axis reaches: one day of attack must not flatten a year of traffic, so a day far above the rest
 * runs off the axis and carries its value as a label.
 */
export function flowCeiling(values: readonly number[]): number {
  const sorted = values.map(Math.abs).sort((a, b) => a - b)
  const largest = sorted.at(-1) ?? 0
  const usual = sorted[Math.floor((sorted.length - 1) * 0.985)] ?? 0
  return roundUp(usual > 0 && largest > 4 * usual ? usual * 1.4 : largest * 1.05)
}

function lockedSeries(flows: Flows, view: View): object[] {
  const { palette } = view
  const symbol = { showSymbol: flows.at.length === 1, symbolSize: 5, symbol: 'circle' }
  return [
    {
      ...still,
      ...symbol,
      type: 'line',
      name: 'value locked',
      data: points(flows.at, flows.lockedUsd),
      lineStyle: { color: palette.near, width: 1.5 },
      itemStyle: { color: palette.near },
      areaStyle: { color: palette.near, opacity: 0.12 },
      ...alarmLine(flows, view, true),
    },
    {
      ...still,
      ...symbol,
      type: 'line',
      step: 'end',
      name: 'loss bound',
      data: points(flows.at, flows.boundUsd),
      lineStyle: { color: palette.alarm, width: 1.5 },
      itemStyle: { color: palette.alarm },
    },
  ]
}

function flowSeries(flows: Flows, ceiling: number, plotWidth: number, view: View): object[] {
  const { palette } = view
  const barWidth = Math.max(1, Math.min(14, (plotWidth / Math.max(1, flows.at.length)) * 0.72))
  const bar = { ...still, type: 'bar', xAxisIndex: 1, yAxisIndex: 1, stack: 'flow', barWidth }
  const clipped = (value: number) => Math.max(-ceiling, Math.min(ceiling, value))
  const outflow = flows.outflowUsd.map((value) => -value)
  return [
    {
      ...bar,
      name: 'in',
      data: points(flows.at, flows.inflowUsd.map(clipped)),
      itemStyle: { color: palette.mid },
    },
    {
      ...bar,
      name: 'out',
      data: points(flows.at, outflow.map(clipped)),
      itemStyle: { color: palette.near },
      ...overflowLabels(flows, ceiling, view),
      ...alarmLine(flows, view, false),
    },
  ]
}

// The three tallest of the days that run off the axis are named; more names would cover each other.
function overflowLabels(flows: Flows, ceiling: number, view: View): object {
  const middle = (flows.span.from + flows.span.to) / 2
  const of = (values: readonly number[], sign: 1 | -1) =>
    values.map((value, i) => ({ value, at: flows.at[i]!, sign })).filter(({ value }) => value > ceiling)
  const tallest = [...of(flows.inflowUsd, 1), ...of(flows.outflowUsd, -1)].sort((a, b) => b.value - a.value)
  return {
    markPoint: {
      silent: true,
      symbol: 'circle',
      symbolSize: 0.01,
      data: tallest.slice(0, isNarrow(view) ? 1 : 2).map(({ value, at, sign }) => ({
        coord: [at * 1000, sign * ceiling * 0.86],
        label: {
          show: true,
          formatter: `${Format.usdShort(value)} ${sign > 0 ? '↑' : '↓'}`,
          position: at > middle ? 'left' : 'right',
          distance: 6,
          color: view.palette.ink,
          fontSize: 12,
          fontWeight: 600,
        },
      })),
    },
  }
}

function marks(flows: Flows, plotWidth: number, view: View): object[] {
  const { palette } = view
  const perSecond = plotWidth / Math.max(1, flows.span.to - flows.span.from)
  const scatter = { ...still, type: 'scatter', xAxisIndex: 2, yAxisIndex: 2 }
  const found = flows.at.map((at, i) => ({ at, n: flows.findings[i] ?? 0 })).filter(({ n }) => n > 0)
  return [
    {
      ...scatter,
      name: 'findings',
      itemStyle: { color: palette.ink, opacity: 0.55 },
      data: found.map(({ at, n }) => ({ value: [at * 1000, 1], symbolSize: 3 + 2.4 * Math.log(1 + n) })),
      ...alarmLine(flows, view, false),
    },
    {
      ...scatter,
      name: 'pauses',
      symbol: 'rect',
      itemStyle: { color: palette.alarm },
      data: flows.pauses.map(({ at, until }) => {
        const end = Math.min(until, flows.span.to)
        return { value: [((at + end) / 2) * 1000, 0], symbolSize: [Math.max(2, (end - at) * perSecond), 12] }
      }),
    },
  ]
}

function strips(view: View) {
  return {
    type: 'category' as const,
    gridIndex: 2,
    data: ['pauses', 'findings'],
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { ...axisLabel(view), interval: 0 },
  }
}

function alarmLine(flows: Flows, view: View, labelled: boolean): object {
  if (flows.alarm === null) return {}
  const { at, name } = flows.alarm
  const isLate = at > (flows.span.from + flows.span.to) / 2
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      data: [{ xAxis: at * 1000 }],
      lineStyle: { color: view.palette.alarm, width: 1, type: 'solid', opacity: 0.8 },
      label: {
        show: labelled,
        position: 'end',
        formatter: isNarrow(view) ? name : `${name}, ${Format.time(at).slice(0, 16)}`,
        align: isLate ? 'right' : 'left',
        color: view.palette.alarm,
        fontSize: 12,
        distance: 4,
      },
    },
  }
}

function points(at: readonly UnixTime[], values: readonly (number | null)[]): [number, number | null][] {
  return at.map((seconds, i) => [seconds * 1000, values[i] ?? null])
}

function roundUp(value: number): number {
  if (!(value >= 0.01)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 3, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power
}
