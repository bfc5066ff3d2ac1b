import * as Layer from '@cutwater/core/ladder/Layer.ts'
import * as Account from '@cutwater/core/options/account/Account.ts'
import { quantityOf } from '@cutwater/core/options/book/hedges.ts'
import * as OptionsBook from '@cutwater/core/options/book/OptionsBook.ts'
import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import { step } from '@cutwater/core/options/book/step.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/** One policy folded over a history: the book at the end, and one number a day of what is shown later. */
export type Track = {
  readonly views: readonly View[]
  readonly book: OptionsBook.OptionsBook
  /** at the close, cents */
  readonly equity: Float64Array
  /** what the ladder has earned so far, costs included, cents */
  readonly hedge: Float64Array
  /** the same by layer */
  readonly layers: Layer.PerLayer<Float64Array>
  /** what interest has earned so far, cents */
  readonly interest: Float64Array
  readonly ladder: Layer.PerLayer<Float64Array>
}

/**
 * Folds a policy over the days.
 *
 * Throws BACKTEST_EMPTY where there is no day.
 */
export function run(views: readonly View[], policy: OptionsPolicy): Track {
  const first = views[0]
  if (first === undefined) throw empty()
  const book = OptionsBook.create(policy, first.date)
  const column = () => new Float64Array(views.length)
  const track: Track = {
    views,
    book,
    equity: column(),
    hedge: column(),
    layers: Layer.map(column),
    interest: column(),
    ladder: Layer.map(column),
  }
  for (let i = 0; i < views.length; i++) {
    step(book, views[i]!)
    track.equity[i] = Account.equity(book.account)
    for (const layer of Layer.layers) {
      const earned = layerEarned(book, layer)
      track.layers[layer][i] = earned
      track.hedge[i]! += earned
    }
    track.interest[i] = book.account.ledger.get(Account.treasury)?.interest ?? 0
    for (const layer of Layer.layers) track.ladder[layer][i] = quantityOf(book, layer)
  }
  return track
}

function layerEarned({ account }: OptionsBook.OptionsBook, layer: Layer.Layer): number {
  const earned = account.ledger.get(layer)
  return earned === undefined ? 0 : earned.price + earned.spread + earned.commission
}

function empty(): CutwaterError {
  return new CutwaterError('BACKTEST_EMPTY', 'there is no day to test', {
    right: 'a range that holds trading days',
  })
}
