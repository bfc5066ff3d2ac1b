/// <reference path="./echarts.d.ts" />
import type { EChartsOption } from 'echarts'
// The bundle, one file instead of hundreds: a command that may draw starts in a tenth of the time.
import * as echarts from 'echarts/dist/echarts.esm.min'

export type Drawing = {
  /** unique in the page; it names the drawing's clip paths */
  readonly id: string
  readonly option: EChartsOption
  readonly width: number
  readonly height: number
  /** values on the first axis of a kind whose pixels are wanted */
  readonly positionsOf?: { readonly axis: 'x' | 'y'; readonly values: readonly number[] }
}

/** A drawing as an inline `<svg>`, and where on it the asked values lie, in pixels. */
export type Rendered = { readonly svg: string; readonly positions: readonly number[] }

/**
 * Draws without a browser; the same drawing gives the same bytes.
 *
 * What the drawing library adds for its own page is taken off: styles (the page's policy allows none inline),
 * hover classes, running ids, its font.
 */
export function renderSvg(drawing: Drawing): Rendered {
  const { id, option, width, height, positionsOf } = drawing
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(option)
    const finder = positionsOf?.axis === 'y' ? { yAxisIndex: 0 } : { xAxisIndex: 0 }
    const positions = (positionsOf?.values ?? []).map((value) =>
      tenth(Number(chart.convertToPixel(finder, value))),
    )
    return { svg: inline(chart.renderToSVGString(), id, width, height), positions }
  } finally {
    chart.dispose()
  }
}

function inline(svg: string, id: string, width: number, height: number): string {
  return svg
    .replace(/^<svg[^>]*>/, `<svg viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">`)
    .replace(/<style\b[\s\S]*?<\/style>/g, '')
    .replace(/<rect [^>]*fill="(?:transparent|none)"[^>]*><\/rect>\n?/g, '')
    .replace(/ (?:ecmeta_\w+|class|pointer-events)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
    .replace(/\bzr\d+-/g, `${id}-`)
    .replace(/\n+/g, '\n')
}

// `style` becomes presentation attributes; of a font only size and weight stay, the page gives the family.
function attributesOf(style: string): string {
  const declarations = style.split(';').flatMap((part) => {
    const [name, value] = part.split(/:(.*)/s).map((text) => text.trim())
    if (!name || !value) return []
    return name === 'font' ? fontParts(value) : [[name, value] as const]
  })
  return declarations
    .filter(([name]) => kept.has(name))
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
}

function fontParts(font: string): (readonly [string, string])[] {
  const size = /(\d+(?:\.\d+)?px)/.exec(font)?.[1]
  const weight = /\b(bold|[1-9]00)\b/.exec(font)?.[1]
  return [
    ...(size ? [['font-size', size] as const] : []),
    ...(weight ? [['font-weight', weight] as const] : []),
  ]
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

const kept = new Set(['font-size', 'font-weight', 'font-style', 'letter-spacing'])
