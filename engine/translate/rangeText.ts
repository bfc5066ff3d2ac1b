import type { Range, Side } from './Translation.ts'

/**
 * A figure with its interval, each number as `show` writes it; a dash where nothing was measured.
 *
 * @example
 * rangeText({ value: 1.5, low: 1, high: 2 }, (value) => value.toFixed(1)) // '1.5 (1.0 to 2.0)'
 * rangeText(null, String) // '–'
 */
export function rangeText(range: Range | null, show: (value: number) => string): string {
  return range === null ? '–' : `${show(range.value)} (${show(range.low)} to ${show(range.high)})`
}

/** The effect of a concept in one book with its interval; null where nothing was measured. */
export function effectOf({ effect, low, high }: Side): Range | null {
  return effect === null ? null : { value: effect, low: low!, high: high! }
}
