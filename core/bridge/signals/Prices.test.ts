import { describe, expect, it } from 'vitest'
import * as Prices from './Prices.ts'
import { hoursAfter, measure, numberOf, readingsOver, viewOf, whyOf } from './signals.fixture.ts'
import type { View } from './View.ts'

describe('price indices', () => {
  const basket = (at: number, costs: readonly number[]): View => {
    const sizes = ['1000', '10000', '100000']
    const fed = costs.map((cost, i) => measure('transferCost', sizes[i]!, cost, { at: hoursAfter(at) }))
    return viewOf(fed, { at: hoursAfter(at) })
  }

  it('CPI: the basket of $2, $8 and $40 that comes to cost $3, $12 and $45 is at 120', () => {
    const [first, second] = readingsOver([Prices.cpi], [basket(0, [2, 8, 40]), basket(1, [3, 12, 45])])
    expect(first![0]!.value).toBe(100)
    expect(second![0]!.value).toBeCloseTo(120, 12)
    expect(second![0]!.sentence).toMatch(
      /^CPI of transfers: a basket of transfers costs \$60\.00, 120\.0 against 100/,
    )
  })

  it('CPI: a basket with a hole in it is no basket', () => {
    const view = basket(8, [2])
    const stale = measure('transferCost', '10000', 8)
    view.measures.set('transferCost:10000', new Map([['test', stale]]))
    expect(whyOf(Prices.cpi, view)).toMatch(/^transferCost of 10000 by test is 8 h old/)
  })

  it('PPI: attestation that doubles from $1 beside a relay at $3 is at 125', () => {
    const cost = (attestation: number) =>
      viewOf([measure('messageCost', 'attestation', attestation), measure('messageCost', 'relay', 3)])
    expect(readingsOver([Prices.ppi], [cost(1), cost(2)])[1]![0]!.value).toBeCloseTo(125, 12)
  })

  it('REER: prices of 0.98 and 1.02, weighted 3 to 1, are 0.98^0.75 · 1.02^0.25', () => {
    const fed = [measure('wrappedPrice', 'GOLD', 0.98), measure('wrappedPrice', 'SILVER', 1.02)]
    expect(numberOf(Prices.reer, viewOf(fed))).toBeCloseTo(0.98 ** 0.75 * 1.02 ** 0.25, 12)
  })

  it('REER: dearer transfers away from home make the wrapped token dearer in real terms', () => {
    const fed = [
      measure('wrappedPrice', 'GOLD', 1),
      measure('priceLevel', '1', 1),
      measure('priceLevel', '2', 1.1),
    ]
    expect(numberOf(Prices.reer, viewOf(fed))).toBeCloseTo(1.1, 12)
  })
})
