import type { EChartsOption } from 'echarts'
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TitleComponent,
} from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { View } from '../charts/parts.ts'
import type { Palette } from '../charts/Theme.ts'
import { pictures } from './pictures.ts'
import { paletteOf, useTheme } from './useTheme.ts'

echarts.use([
  BarChart,
  LineChart,
  ScatterChart,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TitleComponent,
  CanvasRenderer,
])

export type ChartProps = {
  /** what it shows, for who cannot see it */
  readonly label: string
  readonly option: (view: View) => EChartsOption
  readonly height: number | ((view: View) => number)
  readonly readout?: Readout
  /** under which name it can be saved as a picture */
  readonly picture?: string
  /** somebody picked a value of the first horizontal axis */
  readonly onPick?: (value: number) => void
}

/** What the pointer or the arrow keys read: for each value of the first horizontal axis a heading and its lines. */
export type Readout = {
  readonly values: readonly number[]
  readonly read: (index: number) => {
    readonly heading: string
    readonly lines: readonly (readonly [string, string])[]
  }
}

/** A chart of the shared builders on a canvas; what is read off it is text of the page, never of the drawing. */
export function Chart({ label, option, height, readout, picture, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<echarts.ECharts | null>(null)
  const [width, setWidth] = useState(0)
  const [place, setPlace] = useState<Place | null>(null)
  const palette = paletteOf(useTheme())
  const view = { width, palette }
  const tall = typeof height === 'number' ? height : height(view)

  useEffect(() => {
    const element = box.current!
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)))
    observer.observe(element)
    chart.current = echarts.init(element, null, { renderer: 'canvas' })
    return () => {
      observer.disconnect()
      chart.current?.dispose()
    }
  }, [])

  useEffect(() => {
    if (width === 0) return
    chart.current?.resize({ width, height: tall })
    chart.current?.setOption(withoutTooltip(option({ width, palette })), { notMerge: true })
  }, [option, width, palette, tall])

  useEffect(() => {
    if (picture === undefined) return
    pictures.set(picture, () => pictureOf(chart.current!, palette))
    return () => void pictures.delete(picture)
  }, [picture, palette])

  const readAt = (index: number) => {
    const value = readout?.values[index]
    if (value === undefined) return setPlace(null)
    setPlace({ index, x: Number(chart.current!.convertToPixel({ xAxisIndex: 0 }, value)) })
  }
  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    const value = valueAt(chart.current, event)
    if (readout === undefined || value === null) return
    readAt(nearest(readout.values, value))
  }
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (readout === undefined) return
    if (event.key === 'Enter' && place !== null) onPick?.(readout.values[place.index]!)
    if (event.key === 'Escape') setPlace(null)
    if (step === undefined) return
    event.preventDefault()
    const from = place?.index ?? (step > 0 ? -1 : readout.values.length)
    readAt(Math.max(0, Math.min(readout.values.length - 1, from + step)))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is img or slider-like reading by arrow keys, named below
    <div
      className={`chart${onPick === undefined ? '' : ' pickable'}`}
      onPointerMove={onMove}
      onPointerLeave={() => setPlace(null)}
      onKeyDown={onKey}
      onClick={(event) => {
        const value = valueAt(chart.current, event)
        if (value !== null) onPick?.(value)
      }}
    >
      <div
        ref={box}
        role="img"
        aria-label={label}
        tabIndex={readout === undefined ? undefined : 0}
        style={{ height: tall }}
      />
      {place !== null && readout !== undefined && <Reading place={place} width={width} readout={readout} />}
    </div>
  )
}

type Place = { readonly index: number; readonly x: number }

function Reading({ place, width, readout }: { place: Place; width: number; readout: Readout }) {
  if (readout.values[place.index] === undefined) return null
  const { heading, lines } = readout.read(place.index)
  const side = place.x > width / 2 ? { right: width - place.x + 12 } : { left: place.x + 12 }
  return (
    <>
      <i className="cross" style={{ left: place.x }} />
      <div className="readout" style={side} role="status">
        <b>{heading}</b>
        <dl>
          {lines.map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  )
}

function valueAt(chart: echarts.ECharts | null, event: { clientX: number; currentTarget: HTMLElement }) {
  if (chart === null) return null
  const x = event.clientX - event.currentTarget.getBoundingClientRect().left
  const value = Number(chart.convertFromPixel({ xAxisIndex: 0 }, x))
  return Number.isFinite(value) ? value : null
}

function pictureOf(chart: echarts.ECharts, { paper }: Palette): Promise<Blob | null> {
  const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: paper })
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

function nearest(values: readonly number[], value: number): number {
  let best = 0
  for (let i = 1; i < values.length; i++)
    if (Math.abs(values[i]! - value) < Math.abs(values[best]! - value)) best = i
  return best
}

// The library's own tooltip is a string of HTML with styles in it, which the page's policy refuses.
function withoutTooltip({ tooltip: _, ...option }: EChartsOption): EChartsOption {
  return option
}
