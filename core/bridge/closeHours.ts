import type { UnixTime } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import { lockedUsd } from './BridgeBook.ts'
import { decide } from './decide.ts'
import * as judge from './findings/judge.ts'
import * as Guard from './guard/Guard.ts'
import * as Pressure from './Pressure.ts'
import * as Protection from './Protection.ts'
import { drainAll } from './pass.ts'
import * as Board from './signals/Board.ts'
import * as Signals from './signals/Signals.ts'
import * as View from './signals/View.ts'

/** Closes every hour that has ended by `at`, in order: signals, weights, limits, money, waiting legs. */
export function closeHours(book: BridgeBook, at: UnixTime): void {
  if (book.nextClose === 0) {
    book.nextClose = at - (at % Pressure.stepSeconds) + Pressure.stepSeconds
    return
  }
  while (book.nextClose <= at) {
    closeHour(book, book.nextClose)
    book.nextClose += Pressure.stepSeconds
  }
}

function closeHour(book: BridgeBook, at: UnixTime): void {
  book.now = at
  drainAll(book, at)
  const locked = lockedUsd(book)
  book.readings = Pressure.step(book.pressure, book.lockedUnits, book.cents, at)
  if (book.board !== null) hearFeeds(book, book.board, at)
  const { ignores } = book.policy
  if (ignores !== undefined) book.readings = book.readings.filter(({ name }) => !ignores.includes(name))
  Protection.accrue(
    book.protection,
    book.policy.economy,
    book.weights,
    locked,
    Pressure.stepSeconds,
    book.policy.spends,
  )
  decide(book, at)
  payClaims(book, at)
  const renewed = Guard.renew(book.guard, at, at + Pressure.stepSeconds, isLatched(book, at))
  // As it is now: several hours may close in one step, and the pause may be renewed in each.
  for (const pause of renewed) book.out.push({ type: 'renewed', pause: { ...pause } })
  drainAll(book, at)
}

// Only what has data presses, so a bridge that feeds nothing decides as if there were no feeds.
function hearFeeds(book: BridgeBook, board: Board.State, at: UnixTime): void {
  Board.step(board, Signals.fed, View.of(book, at, null))
  book.readings = [...book.readings, ...Board.pressing(board)]
}

// The gap keeps its pause until cover and reserve have really paid it, never until a number crosses back.
function payClaims(book: BridgeBook, at: UnixTime): void {
  const { alarms, protection, policy } = book
  if (at < alarms.gapSince + policy.economy.claimSeconds) return
  const owed = judge.gapUsd(book, alarms.paid)
  if (owed > protection.coverUsd + protection.reserveUsd) return
  protection.reserveUsd -= Math.max(0, owed - protection.coverUsd)
  alarms.paid = judge.gaps(book)
  alarms.answered = alarms.paid
  alarms.gapSince = Number.POSITIVE_INFINITY
  alarms.hitLanes.clear()
}

function isLatched({ alarms, guard }: BridgeBook, at: UnixTime): boolean {
  return alarms.gapSince < Number.POSITIVE_INFINITY || at - alarms.lastHardAt < guard.settings.pauseSeconds
}
