import type { UnixTime } from '../../units/UnixTime.ts'
import type { Breadth, Future, Indices, Levels, MacroEvent, Bar as PlainBar } from './MarketDay.ts'
import type { Note } from './Note.ts'

/** What was read of a market, table by table, before it is put together; each date once, in order of time. */
export type Tables = {
  readonly spx: readonly Bar[]
  readonly vix: readonly Bar[]
  readonly indices: readonly IndexRow[]
  readonly futures: readonly FutureRow[]
  readonly bills: readonly Bill[]
  /** means of the month that ends with the date */
  readonly monthlyBills: readonly Bill[]
  readonly nyseBreadth: readonly BreadthRow[]
  readonly syntheticBreadth: readonly BreadthRow[]
  readonly events: readonly MacroEvent[]
  readonly strategies: readonly Levels[]
  readonly strategyDays: readonly Levels[]
  readonly etps: readonly Levels[]
  readonly economy: readonly Levels[]
  readonly notes: readonly Note[]
}

export type Dated = { readonly date: UnixTime }

/** A bar as read; without an opening where none was published. */
export type Bar = Dated &
  Omit<PlainBar, 'open'> & { readonly open: number | undefined; readonly isMended: boolean }

export type IndexRow = Dated & { readonly values: Indices; readonly vix: number | undefined }
export type FutureRow = Dated & Future
/** a yield a year, continuously compounded */
export type Bill = Dated & { readonly billYield: number }
export type BreadthRow = Dated & Omit<Breadth, 'source'>

/** No table at all, to be filled in. */
export const none: Tables = {
  spx: [],
  vix: [],
  indices: [],
  futures: [],
  bills: [],
  monthlyBills: [],
  nyseBreadth: [],
  syntheticBreadth: [],
  events: [],
  strategies: [],
  strategyDays: [],
  etps: [],
  economy: [],
  notes: [],
}
