import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { BacktestResult, Interval, VariantResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import type { Span } from '@cutwater/web/charts/parts.ts'

/** The variant of a name, when it was run. */
export function variantNamed({ variants }: BacktestResult, name: string): VariantResult | undefined {
  return variants.find((variant) => variant.name === name)
}

/** A fraction as signed percent, one decimal. */
export function signed(value: number, digits = 1): string {
  const text = (100 * Math.abs(value)).toFixed(digits)
  return `${value < 0 && Number(text) !== 0 ? '−' : ''}${text}%`
}

/** An interval as one cell. */
export function between([low, high]: Interval, digits = 1): string {
  return `${signed(low, digits)} to ${signed(high, digits)}`
}

/** Seconds of the rows of a series, and the time they span. */
export function timeOf({ series }: BacktestResult): { readonly at: readonly number[]; readonly span: Span } {
  const at = series.dates.map((date) => UnixTime.parse(date)!)
  return { at, span: { from: at[0] ?? 0, to: at.at(-1) ?? 0 } }
}
