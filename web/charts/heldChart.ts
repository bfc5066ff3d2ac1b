import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { axisLabel, categoryAxis, common, isNarrow, panelTitle, still, type View } from './parts.ts'
import type { Palette } from './Theme.ts'

/** What honest people had to bear under one policy, by level. */
export type HeldRow = {
  readonly label: string
  readonly byLevel: readonly {
    readonly level: number
    readonly count: number
    readonly usd: number
    readonly hours: number
  }[]
}

export const levelColours: readonly (keyof Palette)[] = ['rule', 'far', 'mid', 'near']

const measures = [
  { key: 'count', title: 'Transfers', format: Format.count },
  { key: 'usd', title: 'Value', format: Format.usdShort },
  { key: 'hours', title: 'Hours, all together', format: Format.hours },
] as const

/** Honest transfers held: number, dollars and hours side by side, one group a policy, one bar a level. */
export function heldChart(rows: readonly HeldRow[], view: View): EChartsOption {
  const narrow = isNarrow(view)
  const levels = levelsOf(rows)
  const panels = measures.map((_, i) => panelBox(rows, i, view))
  return {
    ...common(view),
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    title: measures.map(({ title }, i) => panelTitle(view, title, panels[i]!.titleTop, panels[i]!.left)),
    grid: panels.map(({ left, width, top, height }) => ({ left, width, top, height })),
    xAxis: measures.map((_, i) => ({
      type: 'value',
      gridIndex: i,
      show: false,
      max: (extent: { max: number }) => extent.max || 1,
    })),
    yAxis: measures.map((_, i) => ({
      ...categoryAxis(
        view,
        rows.map(({ label }) => label),
      ),
      gridIndex: i,
      inverse: true,
      axisLine: { show: true, lineStyle: { color: view.palette.rule } },
      axisLabel: { ...axisLabel(view), color: view.palette.ink, interval: 0, show: narrow || i === 0 },
    })),
    series: measures.flatMap((measure, i) => levels.map((level) => bars(rows, measure, level, i, view))),
  }
}

export function heldHeight(rows: readonly HeldRow[], view: View): number {
  const height = panelHeight(rows)
  return isNarrow(view) ? 3 * (height + 44) : height + 34
}

export function levelsOf(rows: readonly HeldRow[]): readonly number[] {
  return [...new Set(rows.flatMap(({ byLevel }) => byLevel.map(({ level }) => level)))].sort((a, b) => a - b)
}

function bars(
  rows: readonly HeldRow[],
  measure: (typeof measures)[number],
  level: number,
  panel: number,
  view: View,
) {
  const { key, format } = measure
  return {
    ...still,
    type: 'bar' as const,
    name: `level ${level}`,
    xAxisIndex: panel,
    yAxisIndex: panel,
    barGap: '25%',
    barCategoryGap: '34%',
    itemStyle: { color: view.palette[levelColours[level] ?? 'near'] },
    data: rows.map(({ byLevel }) => byLevel.find((row) => row.level === level)?.[key] ?? null),
    label: {
      show: true,
      position: 'right' as const,
      distance: 4,
      formatter: ({ value }: { value?: unknown }) => (typeof value === 'number' ? format(value) : ''),
      color: view.palette.muted,
      fontSize: 11,
    },
  }
}

function panelHeight(rows: readonly HeldRow[]): number {
  return rows.length * (20 + 15 * Math.max(1, levelsOf(rows).length))
}

function panelBox(rows: readonly HeldRow[], index: number, view: View) {
  const names = isNarrow(view) ? 96 : 118
  const values = 52
  const height = panelHeight(rows)
  if (isNarrow(view)) {
    const titleTop = index * (height + 44)
    return { left: names, width: view.width - names - values, titleTop, top: titleTop + 22, height }
  }
  const width = (view.width - names - 3 * values - 2 * 16) / 3
  return { left: names + index * (width + values + 16), width, titleTop: 0, top: 26, height }
}
