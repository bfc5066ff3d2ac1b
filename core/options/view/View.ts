import type { UnixTime } from '../../units/UnixTime.ts'
import type { MarketDay } from '../market/MarketDay.ts'
import type { SpxSurface } from '../surface/SpxSurface.ts'
import type { Expiries } from './Expiries.ts'
import type { Kept } from './ExpirySlice.ts'
import type { Pressures } from './OptionsSignals.ts'

/** One day as a book sees it: what is known at its close, and nothing later. */
export type View = {
  readonly day: MarketDay
  readonly date: UnixTime
  readonly surface: SpxSurface
  readonly slices: Kept
  readonly expiries: Expiries
  /** the next seven, by the exchange's calendar */
  readonly tradingDays: readonly UnixTime[]
  /** closes of volatility funds, dollars a share, by symbol */
  readonly funds: Readonly<Record<string, number>>
  readonly pressures: Pressures
  readonly facts: Facts
  /** days until the next event of each kind that is on the calendar; Infinity when there is none */
  readonly eventIn: Readonly<Record<'fomc' | 'cpi' | 'ppi' | 'nfp', number>>
}

/** Numbers that rules ask for; undefined until there is enough past. */
export type Facts = {
  /** standard deviation of 20 and 30 daily log returns of SPX, per year */
  readonly realised20: number | undefined
  readonly realised30: number | undefined
  /** mean of VIX over 200 days, points */
  readonly vixMean200: number | undefined
  /** rank of time value: of the at-the-money monthly straddle over spot, in its own past year */
  readonly timeValueRank: number
}
