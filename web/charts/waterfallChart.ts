import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { categoryAxis, common, isNarrow, lineHeight, still, type View, valueAxis } from './parts.ts'
import type { Palette } from './Theme.ts'

export type WaterfallRow = {
  readonly label: string
  readonly lostUsd: number
  readonly preventedUsd: number
  readonly coveredUsd: number
  readonly backstoppedUsd: number
  readonly shortfallUsd: number
}

/** The four ways a loss is met, in the order in which the layers meet it. */
export const parts = [
  { key: 'preventedUsd', name: 'prevented by the guard', colour: 'near' },
  { key: 'coveredUsd', name: 'covered by the bond', colour: 'mid' },
  { key: 'backstoppedUsd', name: 'paid from the reserve', colour: 'far' },
  { key: 'shortfallUsd', name: 'lost by users', colour: 'alarm' },
] as const satisfies readonly { key: keyof WaterfallRow; name: string; colour: keyof Palette }[]

/** One bar a policy, split by who bore the attack, with what left the bridge beside it; first row on top, dollars. */
export function waterfallChart(rows: readonly WaterfallRow[], view: View): EChartsOption {
  const narrow = isNarrow(view)
  const total = Math.max(0, ...rows.map(totalUsd))
  const columns = columnsOf(view)
  return {
    ...common(view),
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value) => Format.usd(Number(value)),
    },
    grid: { left: narrow ? 96 : 108, right: columns.at(-1)!.end, top: 22, bottom: 24 },
    xAxis: amountAxis(total, view),
    yAxis: [
      {
        ...categoryAxis(
          view,
          rows.map(({ label }) => label),
        ),
        inverse: true,
      },
      ...columns.map((column) => figures(rows, column, columns.at(-1)!.end, view)),
    ],
    title: columns.map(({ name, right }) => columnTitle(name, right, view)),
    series: parts.map(({ key, name, colour }) => ({
      ...still,
      type: 'bar',
      name,
      stack: 'loss',
      barWidth: 17,
      itemStyle: { color: view.palette[colour] },
      data: rows.map((row) => row[key]),
    })),
  }
}

// The axis ends with the longest bar, wherever that is; an odd last label would only be in the way.
function amountAxis(total: number, view: View) {
  const axis = valueAxis(view, Format.usdShort)
  const splitNumber = isNarrow(view) ? 2 : 4
  return { ...axis, max: total || 1, splitNumber, axisLabel: { ...axis.axisLabel, showMaxLabel: false } }
}

export function waterfallHeight(rows: readonly WaterfallRow[]): number {
  return 46 + Math.max(1, rows.length) * 32
}

/** A column of figures: its right edge and the room it takes, in pixels from the right border. */
type Column = {
  readonly name: string
  readonly key: 'lostUsd' | 'shortfallUsd'
  readonly right: number
  readonly end: number
}

// From the right border inward; the plot begins where the last one ends.
function columnsOf(view: View): readonly Column[] {
  if (isNarrow(view)) return [{ name: 'left the bridge', key: 'lostUsd', right: 0, end: 72 }]
  return [
    { name: 'borne by users', key: 'shortfallUsd', right: 0, end: 104 },
    { name: 'left the bridge', key: 'lostUsd', right: 112, end: 196 },
  ]
}

function figures(rows: readonly WaterfallRow[], { key, right }: Column, room: number, view: View) {
  const axis = categoryAxis(
    view,
    rows.map((row) => Format.usd(row[key])),
  )
  return {
    ...axis,
    inverse: true,
    position: 'right' as const,
    axisLabel: { ...axis.axisLabel, margin: room - right, align: 'right' as const },
  }
}

function columnTitle(text: string, right: number, { width, palette }: View) {
  return {
    text,
    left: width - right - 3,
    textAlign: 'right' as const,
    top: 0,
    padding: 0,
    textStyle: { fontSize: 12, lineHeight, fontWeight: 'normal' as const, color: palette.muted },
  }
}

function totalUsd(row: WaterfallRow): number {
  return parts.reduce((sum, { key }) => sum + row[key], 0)
}
