import type { EChartsOption } from 'echarts'
import * as Format from './Format.ts'
import { common, isNarrow, still, type View } from './parts.ts'

/** A split of a whole over three layers and what it costs. */
export type Point = {
  readonly near: number
  readonly mid: number
  readonly far: number
  readonly usd: number
}

/**
 * All splits as a triangle, one layer in each corner: the darker a dot, the dearer the split. The marked one is
 * drawn as a ring, the cheapest as a diamond.
 */
export function simplexChart(
  points: readonly Point[],
  { marked, best }: { readonly marked: Point; readonly best: Point },
  view: View,
): EChartsOption {
  const narrow = isNarrow(view)
  const { palette } = view
  const size = Math.max(5, (narrow ? 200 : 380) / Math.sqrt(points.length * 2))
  const shades = [0.08, 0.22, 0.38, 0.55, 0.75, 1]
  return {
    ...common(view),
    grid: { left: narrow ? 40 : 250, right: narrow ? 40 : 250, top: 34, bottom: 34 },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      ...shades.map((opacity, shade) => ({
        ...still,
        type: 'scatter' as const,
        name: `shade ${shade + 1}`,
        symbolSize: size,
        itemStyle: { color: palette.alarm, opacity },
        data: points.filter((_, index) => shadeOf(points, index, shades.length) === shade).map(place),
      })),
      mark('best', best, 'diamond', palette.ink),
      mark('marked', marked, 'circle', 'transparent'),
      text('near', 'all guard', [0.5, 1], 'top'),
      text('mid', 'all bond', [0, 0], 'bottom'),
      text('far', 'all govern', [1, 0], 'bottom'),
      // Beside the triangle, in the row of what is marked: within it every place is taken.
      text('best says', `${narrow ? '' : 'cheapest: '}${Format.usd(best.usd)}`, rowEnd(best), 'right'),
      text('marked says', `${narrow ? '' : '4/4/2: '}${Format.usd(marked.usd)}`, rowStart(marked), 'left'),
    ],
  }

  function text(name: string, formatter: string, at: readonly number[], position: Side) {
    return {
      ...still,
      type: 'scatter' as const,
      name,
      symbolSize: 0,
      data: [[...at]],
      label: { show: true, formatter, position, distance: size / 2 + 5, color: palette.ink, fontSize: 12 },
    }
  }

  function mark(name: string, point: Point, symbol: string, color: string) {
    const itemStyle = { color, borderColor: palette.ink, borderWidth: 2 }
    const data = [place(point)]
    return { ...still, type: 'scatter' as const, name, symbol, symbolSize: size + 5, itemStyle, data }
  }
}

type Side = 'top' | 'bottom' | 'left' | 'right'

function rowStart({ near }: Point): readonly number[] {
  return [near / 2, near]
}

function rowEnd({ near }: Point): readonly number[] {
  return [1 - near / 2, near]
}

/** Corners: near on top, mid on the left, far on the right. */
function place({ near, far }: Point): number[] {
  return [far + near / 2, near]
}

// By rank, not by value: a few dear corners would else make all the rest look alike.
function shadeOf(points: readonly Point[], index: number, shades: number): number {
  const cheaper = points.filter(({ usd }) => usd < points[index]!.usd).length
  return Math.min(shades - 1, Math.floor((cheaper * shades) / points.length))
}
