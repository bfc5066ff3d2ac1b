import * as UnixTime from '@cutwater/core/units/UnixTime.ts'

const spans = [
  { seconds: null, text: 'All' },
  { seconds: 90 * UnixTime.day, text: '90 d' },
  { seconds: 14 * UnixTime.day, text: '14 d' },
  { seconds: 2 * UnixTime.day, text: '2 d' },
  { seconds: 4 * UnixTime.hour, text: '4 h' },
  { seconds: 10 * UnixTime.minute, text: '10 min' },
] as const

/**
 * The spans that show less than all of a record, and all of it.
 *
 * @example
 * spansOf({ from: 0, to: 3600 }).map(({ text }) => text) // ['All', '10 min']
 */
export function spansOf(range: Range | null): readonly (typeof spans)[number][] {
  const whole = range === null ? 0 : range.to - range.from
  return spans.filter(({ seconds }) => seconds === null || seconds < whole)
}

type Range = { readonly from: number; readonly to: number }

/**
 * The part of a record that is shown: all of it, or so much time around a moment, never beyond its ends.
 *
 * @example
 * windowOf({ from: 0, to: 1000 }, 100, 980) // { from: 900, to: 1000 }
 */
export function windowOf(
  range: Range | null,
  seconds: number | null,
  at: number | null,
): { readonly from: number | null; readonly to: number | null } {
  if (range === null || seconds === null || seconds >= range.to - range.from)
    return { from: range?.from ?? null, to: range?.to ?? null }
  const middle = at ?? range.to
  const from = Math.max(range.from, Math.min(range.to - seconds, Math.round(middle - seconds / 2)))
  return { from, to: from + seconds }
}
