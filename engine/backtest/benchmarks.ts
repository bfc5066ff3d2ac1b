import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { Benchmark } from './BacktestResult.ts'
import { figuresOf, type Path } from './figures.ts'
import { lastAt } from './lastAt.ts'

/** What else could have been held over the same days, from published levels. */
export function benchmarksOf(history: MarketHistory, views: readonly View[]): readonly Benchmark[] {
  const daily = (name: string, of: string, pick: (view: View) => number | undefined) => {
    const known = views.filter((view) => pick(view) !== undefined)
    return benchmark(
      name,
      of,
      { dates: known.map(({ date }) => date), values: known.map((view) => pick(view)!) },
      known,
    )
  }
  const monthly = (name: string, key: string, of: string) => {
    const rows = history.strategies.flatMap(({ date, values }) => {
      const [value, at] = [values[key], lastAt(views, date)]
      return value === undefined || at === undefined ? [] : [{ date, value, view: views[at]! }]
    })
    const path = { dates: rows.map(({ date }) => date), values: rows.map(({ value }) => value) }
    return benchmark(
      name,
      of,
      path,
      rows.map(({ view }) => view),
    )
  }
  const all = [
    daily('SPX', 'daily closes, without dividends', ({ day }) => day.spx.close),
    daily('VXTH', 'daily closes, with dividends', ({ day }) => day.indices.vxth),
    monthly('CNDR', 'cndr', 'month ends'),
    monthly('PUT', 'put', 'month ends'),
  ]
  return all.filter((each) => each !== undefined)
}

function benchmark(name: string, of: string, path: Path, views: readonly View[]): Benchmark | undefined {
  if (path.dates.length < 3) return undefined
  return {
    name,
    of,
    from: UnixTime.formatDate(path.dates[0]!),
    to: UnixTime.formatDate(path.dates.at(-1)!),
    ...figuresOf(
      path,
      views.map(({ day }) => day.spx.close),
    ),
  }
}
