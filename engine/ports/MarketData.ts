import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import type { OptionChain } from '@cutwater/core/options/market/OptionChain.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/**
 * Where markets are read from.
 *
 * What cannot be relied on is an error, or mended and named in the notes; nothing that comes out is NaN or infinite.
 */
export type MarketData = {
  readonly name: string
  /** everything but the chains */
  history(): Promise<MarketHistory>
  /** the dates with an option chain of an index, in order; none is an answer */
  chainDates(): Promise<readonly UnixTime[]>
  /** Throws CHAIN_MISSING on a date that has none. */
  chain(date: UnixTime): Promise<OptionChain>
}
