import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import { drawdown } from '../figures.ts'
import * as Track from '../Track.ts'

/** What one parameter set comes to. */
export type Outcome = {
  /** at the last close, cents */
  readonly endCents: Usd
  readonly maxDrawdown: number
  readonly trades: number
  readonly wins: number
}

/** A set folded day by day through the book: any policy. */
export function byFold(views: readonly View[], policy: OptionsPolicy): Outcome {
  const { equity, book } = Track.run(views, policy)
  return {
    endCents: equity.at(-1)!,
    maxDrawdown: drawdown(equity).depth,
    trades: book.closed.length,
    wins: book.closed.filter(({ profitCents }) => profitCents > 0).length,
  }
}
