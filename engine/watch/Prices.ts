import type { PricePoint } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { PriceSource } from '../ports/PriceSource.ts'
import type { LiveBook } from './LiveBook.ts'

/** Sources of prices, asked now and then. */
export type Prices = {
  readonly sources: readonly PriceSource[]
  readonly everySeconds: number
  /** when they were asked last */
  askedAt: UnixTime
  /** the first answer: until it is there nothing has a price */
  first: Promise<void>
}

export function create(sources: readonly PriceSource[], everySeconds: number): Prices {
  return { sources, everySeconds, askedAt: Number.NEGATIVE_INFINITY, first: Promise.resolve() }
}

/**
 * Asks every source where the last time is long enough ago; resolves with the first answer ever, and at once from then
 * on: a slow source must not delay what a block calls for. A price that has not changed is not told again, and a source
 * that fails leaves the one before.
 *
 * @param at the chain's time, from which on the answer is known
 */
export function ask(
  prices: Prices,
  { now, at }: { readonly now: UnixTime; readonly at: UnixTime },
  live: LiveBook,
  take: (points: readonly PricePoint[]) => Promise<void>,
): Promise<void> {
  const { sources, everySeconds } = prices
  if (sources.length === 0 || now - prices.askedAt < everySeconds) return prices.first
  const isFirst = prices.askedAt === Number.NEGATIVE_INFINITY
  prices.askedAt = now
  const answered = read(sources).then(async (told) => {
    const known = Math.max(at, live.book.now)
    const fresh = told.filter(({ priceId, price }) => live.prices.get(priceId)?.price !== price)
    if (fresh.length > 0) await take(fresh.map((each) => ({ kind: 'price', at: known, ...each })))
  })
  if (isFirst) prices.first = answered
  return prices.first
}

async function read(sources: readonly PriceSource[]) {
  const told = await Promise.all(sources.map((source) => source.read().catch(() => [])))
  return told.flat()
}
