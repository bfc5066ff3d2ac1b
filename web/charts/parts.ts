import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Format from './Format.ts'
import type { Palette } from './Theme.ts'

/** Where a chart is drawn: its width in pixels and the colours to draw it in. */
export type View = { readonly width: number; readonly palette: Palette }

export function isNarrow({ width }: View): boolean {
  return width < 560
}

/** What all charts share; a report draws once, so nothing moves. */
export function common({ palette }: View) {
  return {
    animation: false,
    useUTC: true,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: 'sans-serif', fontSize: 12, color: palette.ink },
  }
}

export function axisLabel({ palette }: View) {
  return { color: palette.muted, fontSize: 12, hideOverlap: true }
}

export function splitLine({ palette }: View) {
  return { show: true, lineStyle: { color: palette.rule, width: 1 } }
}

/** An axis of values without line and ticks: the split lines say enough. */
export function valueAxis(view: View, format: (value: number) => string) {
  return {
    type: 'value' as const,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: splitLine(view),
    axisLabel: { ...axisLabel(view), formatter: format },
  }
}

export function categoryAxis(view: View, data: readonly string[]) {
  return {
    type: 'category' as const,
    data: [...data],
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { ...axisLabel(view), color: view.palette.ink, interval: 0 },
  }
}

export type Span = { readonly from: UnixTime.UnixTime; readonly to: UnixTime.UnixTime }

/** The dates of a series as times, and from when to when they go. */
export function timesOf(dates: readonly string[]): { readonly at: readonly number[]; readonly span: Span } {
  const at = dates.map((date) => UnixTime.parse(date)!)
  return { at, span: { from: at[0] ?? 0, to: at.at(-1) ?? 1 } }
}

/** A UTC time axis of one panel; only the lowest panel carries the labels. */
export function timeAxis(view: View, span: Span, gridIndex: number, labels: boolean) {
  return {
    type: 'time' as const,
    gridIndex,
    min: span.from * 1000,
    max: span.to * 1000,
    axisLine: { show: true, onZero: false, lineStyle: { color: view.palette.rule } },
    axisTick: { show: labels, lineStyle: { color: view.palette.rule } },
    splitLine: { show: false },
    splitNumber: isNarrow(view) ? 4 : 9,
    axisLabel: {
      ...axisLabel(view),
      show: labels,
      showMinLabel: false,
      showMaxLabel: false,
      formatter: (value: number, index: number) => tickLabel(value / 1000, index, span),
    },
  }
}

// Months over long spans, days over short ones, the time of day within a few; the first tick and each January say
// the year, midnight its day.
function tickLabel(at: UnixTime.UnixTime, index: number, { from, to }: Span): string {
  const [day, month, year] = Format.date(at).split(' ')
  const clock = Format.time(at).slice(11, 16)
  if (to - from < 4 * UnixTime.day) return clock === '00:00' ? `${day} ${month}` : clock
  const text = to - from > 70 * UnixTime.day ? month : `${day} ${month}`
  return index <= 1 || (month === 'Jan' && day === '1') ? `${text} ${year}` : `${text}`
}

/** Said wherever it matters: the library measures it by a Chinese letter, which not every machine can write. */
export const lineHeight = 14

/** The name of a panel, above its left edge. */
export function panelTitle(view: View, text: string, top: number, left = 0) {
  return {
    text,
    left,
    top,
    padding: 0,
    textStyle: { fontSize: 12, lineHeight, fontWeight: 600 as const, color: view.palette.ink },
  }
}

/** A bar or line that stays as it is under the pointer; the readout speaks instead. */
export const still = { silent: true, emphasis: { disabled: true } } as const
