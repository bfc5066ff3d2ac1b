import type { View } from '@cutwater/core/options/view/View.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'

/** The index of the last day at or before a date, within a week of it. */
export function lastAt(views: readonly View[], date: UnixTime.UnixTime): number | undefined {
  const index = views.findLastIndex((view) => view.date <= date)
  return index >= 0 && date - views[index]!.date < 7 * UnixTime.day ? index : undefined
}
