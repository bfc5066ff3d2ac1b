import type { UnixTime } from '../../units/UnixTime.ts'
import type { Note } from './Note.ts'

/** Prices of a trading day, points. */
export type Bar = {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

/** What was known at the close of a trading day; all levels in points, all of them above zero and finite. */
export type MarketDay = {
  /** 00:00 UTC of the date in New York */
  readonly date: UnixTime
  readonly spx: Bar
  readonly vix: Bar
  /** closes; a name is absent where nothing was published */
  readonly indices: Indices
  /** monthly VIX futures by expiry, nearest first; on the expiry day `settle` is the opening SOQ */
  readonly futures: readonly Future[]
  /** 3-month Treasury bill, continuously compounded, per year as a fraction */
  readonly billYield: number
  readonly breadth?: Breadth
  /** what about this day is not as good as it looks */
  readonly flags: readonly Flag[]
}

export const indexNames = ['vix1d', 'vix9d', 'vix3m', 'vix6m', 'vix1y', 'vvix', 'skew', 'vxth'] as const

export type IndexName = (typeof indexNames)[number]
export type Indices = { readonly [Name in IndexName]?: number }

export type Future = { readonly expiry: UnixTime; readonly settle: number }

/** Stocks of a day that rose and that fell; the two sources count different stocks, so their levels do not join. */
export type Breadth = {
  readonly advancing: number
  readonly declining: number
  readonly source: 'nyse' | 'synthetic'
}

/**
 * - `spx-open-repeats`: the opening is the close of the day before, so it is no price of that morning
 * - `vix-carried`: no VIX was published; the bar is that of the day before
 * - `bar-mended`: an opening or a close lay outside high and low, or a part of the bar was missing
 * - `futures-at-1615`: VIX futures settled at 16:15, not at the 16:00 of all else
 * - `bill-monthly`: the bill's yield is the mean of the month before
 * - `bill-carried`: it is that of an earlier day
 */
export type Flag =
  | 'spx-open-repeats'
  | 'vix-carried'
  | 'bar-mended'
  | 'futures-at-1615'
  | 'bill-monthly'
  | 'bill-carried'

/** A dated event. What was not scheduled was known to nobody before. */
export type MacroEvent = {
  readonly date: UnixTime
  readonly kind: 'fomc' | 'cpi' | 'ppi' | 'nfp'
  readonly scheduled: boolean
  /** New York, such as `08:30` */
  readonly time?: string
}

/** Levels by name at the close of a date. */
export type Levels = {
  readonly date: UnixTime
  readonly values: Readonly<Record<string, number>>
}

/** Everything of a market but its option chains, each list in order of time. */
export type MarketHistory = {
  readonly days: readonly MarketDay[]
  readonly events: readonly MacroEvent[]
  /** strategy indices (`cndr`, `put`, `bxm` ...) at the end of each month; the date is the month's last weekday */
  readonly strategies: readonly Levels[]
  /** the same on single days, where they are known */
  readonly strategyDays: readonly Levels[]
  /** exchange-traded products on the VIX, closes adjusted for splits */
  readonly etps: readonly Levels[]
  /** `cpi`, `ppi`, `reer` by month, as revised later: not what was known then */
  readonly economy: readonly Levels[]
  /** what was found in the data, and mended or left out */
  readonly notes: readonly Note[]
}
