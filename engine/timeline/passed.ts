import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import type { Lane } from '@cutwater/core/bridge/guard/Lane.ts'
import { drainAll } from '@cutwater/core/bridge/pass.ts'
import { advance } from '@cutwater/core/bridge/step.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { copy } from '../journal/copy.ts'

/**
 * The book as it stands once time has gone on without an observation: hours are closed, whoever may go has gone. The
 * book itself stays as it is; what time does not change is shared with it.
 */
export function passed(book: BridgeBook, at: UnixTime): BridgeBook {
  const then = isAnHourOver(book, at) ? ownAll(book) : ownQueues(book, at)
  advance(then, at)
  drainAll(then, then.now)
  return then
}

/** The first moment at which a leg that waits may go; Infinity when none can. */
export function nextRelease({ guard }: BridgeBook): UnixTime {
  return guard.lanes.reduce(
    (first, lane) => (lane === null ? first : Math.min(first, lane.queueReadyAt)),
    Number.POSITIVE_INFINITY,
  )
}

function isAnHourOver({ nextClose }: BridgeBook, at: UnixTime): boolean {
  return nextClose > 0 && nextClose <= at
}

// An hour that closes may change anything, but not which legs there were.
function ownAll({ catalog, policy, matching, claimants, ...rest }: BridgeBook): BridgeBook {
  return { ...copy(rest), catalog, policy, matching, claimants }
}

// A leg that goes changes its lane and what is booked of its token.
function ownQueues(book: BridgeBook, at: UnixTime): BridgeBook {
  const then = { ...book, out: [] }
  if (nextRelease(book) > at) return then
  const { guard, pressure } = book
  const lanes = guard.lanes.map((lane) => (isDue(lane, at) ? copy(lane) : lane))
  return {
    ...then,
    guard: { ...guard, lanes },
    balances: copy(book.balances),
    lockedUnits: [...book.lockedUnits],
    pressure: { ...pressure, netUnits: [...pressure.netUnits] },
  }
}

function isDue(lane: Lane | null, at: UnixTime): boolean {
  return lane !== null && lane.queueReadyAt <= at
}
