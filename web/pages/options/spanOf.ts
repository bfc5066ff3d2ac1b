import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { BacktestResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import type { Span } from '../../charts/parts.ts'

/** The dates of a backtest's series as times, and from when to when they go. */
export function spanOf({ series }: BacktestResult): { readonly at: readonly number[]; readonly span: Span } {
  const at = series.dates.map((date) => UnixTime.parse(`${date}T00:00:00Z`) ?? 0)
  return { at, span: { from: at[0] ?? 0, to: at.at(-1) ?? 1 } }
}
