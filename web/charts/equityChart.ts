import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { common, isNarrow, panelTitle, type Span, still, timeAxis, type View, valueAxis } from './parts.ts'
import type { Palette } from './Theme.ts'

export type EquityLine = {
  readonly name: string
  readonly colour: keyof Palette
  readonly isThin?: boolean
  /** dollars by day; null before it begins */
  readonly equity: readonly (number | null)[]
}

export type Equities = {
  readonly span: Span
  readonly at: readonly number[]
  readonly lines: readonly EquityLine[]
}

export const equityHeight = 470

/** The variants that are drawn, each in its colour. Condors of one day are in the table only: their years are few. */
export function equityLines(variants: readonly Pick<EquityLine, 'name' | 'equity'>[]): readonly EquityLine[] {
  return variants.flatMap(({ name, equity }) => {
    const colour = colours[name]
    return colour === undefined ? [] : [{ name, colour, equity, isThin: name === 'adaptive' }]
  })
}

const colours: Readonly<Record<string, keyof Palette>> = {
  core: 'ink',
  gate: 'far',
  hedge: 'near',
  roll: 'mid',
  all: 'alarm',
  adaptive: 'muted',
}

/** What an account came to under each variant, on a logarithmic axis where it grew manifold, above how far it stood below its highest. */
export function equityChart({ span, at, lines }: Equities, view: View): EChartsOption {
  const left = isNarrow(view) ? 46 : 64
  const all = lines.flatMap(({ equity }) => equity.filter((value) => value !== null))
  const line = (each: EquityLine, values: readonly (number | null)[], panel: number) => ({
    ...still,
    type: 'line' as const,
    name: each.name,
    xAxisIndex: panel,
    yAxisIndex: panel,
    showSymbol: false,
    data: at.map((seconds, i) => [seconds * 1000, values[i] ?? null]),
    lineStyle: { color: view.palette[each.colour], width: each.isThin ? 1.2 : 1.8 },
  })
  return {
    ...common(view),
    title: [
      panelTitle(view, isManifold(all) ? 'Account, logarithmic' : 'Account', 0),
      panelTitle(view, 'Below its highest', 270),
    ],
    grid: [
      { left, right: 10, top: 30, height: 212 },
      { left, right: 10, top: 300, height: 136 },
    ],
    xAxis: [0, 1].map((panel) => timeAxis(view, span, panel, panel === 1)),
    yAxis: [
      {
        ...valueAxis(view, Format.usdShort),
        gridIndex: 0,
        ...(isManifold(all) ? { type: 'log' as const, ...nice(all) } : { scale: true }),
      },
      { ...valueAxis(view, Format.percent), gridIndex: 1, max: 0 },
    ],
    series: [
      ...lines.map((each) => line(each, each.equity, 0)),
      ...lines.map((each) => line(each, underwater(each.equity), 1)),
    ],
  }
}

/** How far each value lies below the highest so far, as a share; 0 at a new high. */
export function underwater(equity: readonly (number | null)[]): (number | null)[] {
  let highest = 0
  return equity.map((value) => {
    if (value === null) return null
    highest = Math.max(highest, value)
    return highest > 0 ? value / highest - 1 : 0
  })
}

function isManifold(values: readonly number[]): boolean {
  const largest = values.reduce((most, value) => Math.max(most, value), 0)
  return values.some((value) => value * 10 < largest)
}

function nice(values: readonly number[]): { readonly min?: number; readonly max?: number } {
  if (values.length === 0) return {}
  const largest = values.reduce((most, value) => Math.max(most, value), 1)
  const least = values.reduce((lowest, value) => Math.min(lowest, value), largest)
  const step = 10 ** Math.floor(Math.log10(Math.max(1, least)))
  return { min: Math.max(1, Math.floor(least / step) * step), max: Math.ceil(largest / step) * step }
}
