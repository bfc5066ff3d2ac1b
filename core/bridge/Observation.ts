import type { UnixTime } from '../units/UnixTime.ts'
import type { BridgeEvent } from './BridgeEvent.ts'

/** Anything the journal holds that the bridge book folds over, in order of time. */
export type Observation = BridgeEvent | PricePoint | Order

/** A token's price, known from `at` on: a day's close is known when the day has ended, not before. */
export type PricePoint = {
  readonly kind: 'price'
  readonly at: UnixTime
  readonly priceId: string
  /** dollars per whole token */
  readonly price: number
}

/** What people decide, whatever the rules say: stop the whole bridge, until they say otherwise. */
export type Order = {
  readonly kind: 'order'
  readonly at: UnixTime
  readonly action: 'pause'
  readonly reason: string
}
