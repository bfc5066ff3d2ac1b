import { describe, expect, it } from 'vitest'
import { hour } from '../../units/UnixTime.ts'
import { step } from '../step.ts'
import { alpha, begin, beta, gold, outLeg, price, sampleBook, whole } from '../testing/sampleBridge.ts'
import { measure } from './signals.fixture.ts'
import * as View from './View.ts'

function bookWith(...measures: ReturnType<typeof measure>[]) {
  const book = sampleBook()
  const lock = outLeg({
    token: gold,
    from: alpha,
    to: beta,
    amount: whole(gold, 100),
    message: '0',
    at: begin,
  })
  for (const each of [price(gold, 1), lock, ...measures]) step(book, each)
  return book
}

describe('what signals see', () => {
  it('is what is locked at the price the book knows, and nothing where it knows none', () => {
    const { locked, lockedByToken } = View.of(bookWith(), begin + hour, null)
    expect(locked).toBe(100)
    expect(lockedByToken).toEqual([100, Number.NaN, Number.NaN])
  })

  it('is priced by an oracle that is believed, and by the close again when the oracle is 40 hours old', () => {
    const book = bookWith(measure('oraclePrice', 'GOLD', 1.05))
    expect(View.of(book, begin + hour, null).locked).toBeCloseTo(105, 9)
    expect(View.of(book, begin + 40 * hour, null).locked).toBe(100)
  })

  it('weighs tokens by what is locked, and alike where nothing has a price', () => {
    const prices = [measure('wrappedPrice', 'GOLD', 0.9), measure('wrappedPrice', 'SILVER', 1)]
    const view = View.of(bookWith(...prices), begin, null)
    const weights = (of: View.View) => View.byToken(of, (symbol) => View.feed(of, 'wrappedPrice', symbol))
    expect(weights(view)).toMatchObject([
      { symbol: 'GOLD', weight: 1 },
      { symbol: 'SILVER', weight: 0 },
    ])
    const blind = { ...view, lockedByToken: [Number.NaN, Number.NaN, Number.NaN] }
    expect(weights(blind)).toMatchObject([{ weight: 0.5 }, { weight: 0.5 }])
  })
})
