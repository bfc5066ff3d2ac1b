import { ofUnits, type Usd } from '../units/Usd.ts'
import type { BridgeBook } from './BridgeBook.ts'
import type { BridgeEvent } from './BridgeEvent.ts'
import * as Event from './BridgeEvent.ts'
import * as Catalog from './Catalog.ts'

/**
 * What a leg moves, at the price the book knows, in cents; null where its token or its price is unknown.
 *
 * An out leg counts in the token it takes in, an in leg in the one it gives out.
 */
export function legUsd({ catalog, cents }: BridgeBook, event: BridgeEvent): Usd | null {
  const chain = catalog.chainIndex.get(event.chain)
  const address = Event.isOut(event.kind) ? event.tokenSource : event.token
  if (chain === undefined || address === null) return null
  const price = cents[catalog.tokensByChain[chain]!.get(address) ?? Catalog.none]
  return price === undefined || Number.isNaN(price) ? null : ofUnits(Number(event.amount), price)
}
