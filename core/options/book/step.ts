import * as Decision from '../../ladder/Decision.ts'
import * as Layer from '../../ladder/Layer.ts'
import * as Ratchet from '../../ladder/Ratchet.ts'
import { tilt } from '../../ladder/tilt.ts'
import * as Stress from '../../signals/Stress.ts'
import * as Account from '../account/Account.ts'
import { middle } from '../view/quote.ts'
import type { View } from '../view/View.ts'
import * as condors from './condors.ts'
import * as hedges from './hedges.ts'
import type { OptionsBook } from './OptionsBook.ts'

/**
 * Folds one day into the book: interest, settlements at the opening, marks, weights, what is rolled, closed and opened
 * at the close, settlements at the close, and the check of the books.
 *
 * Days must come in order. The book is changed in place; its `actions` are those of this day.
 */
export function step(book: OptionsBook, view: View): OptionsBook {
  const { account, policy } = book
  book.actions = []
  book.orders = []
  book.counts.days += 1
  Account.accrue(account, book.rate, view.date)
  book.rate = view.day.billYield
  condors.settleAtOpen(book, view)
  hedges.settleHedges(book, view)
  Account.mark(account, view.date, { at: view.date, midOf: (instrument) => middle(view, instrument) })
  weigh(book, view)
  condors.shift(book, view)
  condors.settleAtClose(book, view)
  condors.enter(book, view)
  if (policy.hedge.on && book.unit > 0) {
    hedges.rollGains(book, view)
    hedges.tend(book, view)
    hedges.press(book, view)
  }
  Account.inspect(account, view.date)
  return book
}

/** The day's decision with the reasons for its weights and its actions, as the bridge's ladder gives it. */
export function decisionOf(book: OptionsBook, { date, pressures }: View): Decision.Decision {
  const shares = Stress.shares(pressures.readings)
  const reasons = pressures.readings.map(({ name, value, unit, rank }, index) => {
    return { signal: name, value, unit, rank, share: shares[index]! }
  })
  return Decision.of({ at: date, weights: book.weights, stress: book.stress, reasons, actions: book.actions })
}

/** Lets a day's stress through the ratchet, up at once and down slowly, and tilts the weights: the bridge's own ladder. */
export function weigh(book: OptionsBook, { pressures, date }: View): void {
  const { posture, policy } = book
  book.stress = Layer.map((layer) =>
    Ratchet.step(book.ratchets[layer], pressures.stress[layer], date, posture.ratchet),
  )
  if (!policy.hedge.tilts) return
  const { base, bounds, conviction } = posture
  book.weights = tilt({ base, bounds, conviction, stress: book.stress })
}
