import type { UnixTime } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import * as Catalog from './Catalog.ts'
import * as Conservation from './Conservation.ts'
import * as Lane from './guard/Lane.ts'

/**
 * Books an in leg that passes, and lets its lane learn from it when it had a source; of a token that nobody mapped
 * there is nothing to book.
 *
 * @param chain where it arrives
 */
export function pass(
  book: BridgeBook,
  lane: Lane.Lane,
  leg: {
    readonly amount: bigint
    readonly units: number
    readonly chain: number
    readonly hadSource: boolean
  },
  at: UnixTime,
): void {
  if (lane.token === Catalog.none) return
  const isHome = book.catalog.homeOf[lane.token] === leg.chain
  Conservation.takeIn(book.balances[lane.token]!, leg.amount, isHome, leg.hadSource)
  if (isHome) moveLocked(book, lane.token, -leg.units)
  if (leg.hadSource) Lane.learn(lane, leg.units, at)
}

/** What is locked at home changes by so many raw units. */
export function moveLocked(book: BridgeBook, token: number, units: number): void {
  // A record that begins midway may release what it never saw locked: less than nothing is not locked.
  book.lockedUnits[token] = Math.max(0, book.lockedUnits[token]! + units)
  book.pressure.netUnits[token]! += units
}

/** Lets legs of a lane pass that have waited long enough. */
export function drain(book: BridgeBook, lane: Lane.Lane, at: UnixTime): void {
  if (lane.queueReadyAt <= at) letGo(book, lane, at)
}

/**
 * Lets legs of every lane pass that could by now.
 *
 * To be called before limits or pauses change: what could pass under the old ones has passed, however seldom
 * anybody looked.
 */
export function drainAll(book: BridgeBook, at: UnixTime): void {
  for (const lane of book.guard.lanes) if (lane !== null) drain(book, lane, at)
}

// Apart from `drain`, which is asked about every lane in every hour and would make this closure's context each time.
function letGo(book: BridgeBook, lane: Lane.Lane, at: UnixTime): void {
  Lane.drain(lane, book.guard.settings, at, (held, releasedAt) => {
    const { event, units } = held
    const chain = Catalog.destinationOf(book.catalog, lane.route)
    pass(book, lane, { amount: event.amount, units, chain, hadSource: true }, releasedAt)
    book.out.push({ type: 'released', held, at: releasedAt })
  })
}
