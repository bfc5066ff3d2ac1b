import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Catalog from '@cutwater/core/bridge/Catalog.ts'
import { isLeg, type Observation } from '@cutwater/core/bridge/Observation.ts'
import * as Pressure from '@cutwater/core/bridge/Pressure.ts'
import * as Board from '@cutwater/core/bridge/signals/Board.ts'
import * as Signals from '@cutwater/core/bridge/signals/Signals.ts'
import * as Tally from '@cutwater/core/bridge/signals/Tally.ts'
import * as View from '@cutwater/core/bridge/signals/View.ts'
import { advance, step } from '@cutwater/core/bridge/step.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { History } from '../replay/History.ts'

/** A book with all signals beside it, those that press and those that are only watched. */
export type Observed = {
  readonly book: BridgeBook
  readonly board: Board.State
  /** what the six that press said a day before; empty on the first day */
  readonly dayBefore: readonly Pressure.Reading[]
  /** routes that legs have taken, by number */
  readonly routes: ReadonlySet<number>
}

export type Observing = {
  /** what happens after it is not seen */
  readonly until: UnixTime
  /** called for every hour that closes, with everything there is to see of it; valid until the next */
  readonly onHour?: (hour: Hour) => void
}

/** One hour's signals: the six of the log that press, and the others in the order of `Signals.all`. */
export type Hour = {
  readonly at: UnixTime
  readonly pressing: readonly Pressure.Reading[]
  readonly others: readonly Board.Reading[]
}

/**
 * Folds a history up to a moment and lets every signal step with it, hour by hour.
 *
 * The book decides as in any replay; what is only watched is folded beside it, from the same observations.
 */
export function observe(history: History, policy: BridgePolicy, { until, onHour }: Observing): Observed {
  const book = Book.create(history.bridge, policy)
  const board = Board.create(Signals.all)
  const tally = Tally.create(history.bridge.tokens.length)
  const routes = new Set<number>()
  const day: (readonly Pressure.Reading[])[] = []
  const passHours = (to: UnixTime) => {
    while (book.nextClose !== 0 && book.nextClose <= to) {
      const at = book.nextClose
      Tally.takeFindings(tally, advance(book, at))
      const others = Board.step(board, Signals.all, View.of(book, at, tally))
      Tally.close(tally, at)
      const pressing = book.readings.filter(({ name }) => Object.hasOwn(Pressure.signals, name))
      if (day.push(pressing) > hoursKept) day.shift()
      onHour?.({ at, pressing, others })
    }
  }
  for (const observation of history.observations) {
    if (observation.at > until) break
    passHours(observation.at)
    Tally.takeFindings(tally, step(book, observation))
    if (isLeg(observation)) {
      Tally.takeLeg(tally, book, observation)
      routes.add(routeOf(book, observation))
    }
  }
  passHours(until)
  return { book, board, dayBefore: day.length === hoursKept ? day[0]! : [], routes }
}

// Now, and each of the 24 hours before.
const hoursKept = 25

function routeOf({ catalog }: BridgeBook, event: Extract<Observation, { message: string }>): number {
  return Catalog.routeOf(catalog, event, Catalog.chainOf(catalog, event))
}
