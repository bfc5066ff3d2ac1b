import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceToCashFlow } from './priceToCashFlow.ts'

describe('price to cash flow', () => {
  it('gives a textbook example', () => {
    // financelearners.blogspot.com, "How to calculate price to cash flow ratio": $25 ÷ $21 a share, 1.19
    expect(priceToCashFlow(25, 210_000 / 10_000)).toBeCloseTo(1.19, 2)
    // en.wikipedia.org, "Price/cash flow ratio": $25 ÷ $5 and $25 ÷ $10
    expect([priceToCashFlow(25, 5), priceToCashFlow(25, 10)]).toEqual([5, 2.5])
  })

  it('is null where nothing flows, and refuses a value below nothing', () => {
    expect([priceToCashFlow(25, 0), priceToCashFlow(25, -1)]).toEqual([null, null])
    expect(() => priceToCashFlow(-1, 1)).toThrow('[FINANCE_INPUT_INVALID]')
  })

  it('law: the ratio times the flow is the price', () => {
    const money = fc.double({ min: 0.01, max: 1e12, noNaN: true })
    fc.assert(
      fc.property(money, money, (value, flow) => {
        expect((priceToCashFlow(value, flow)! * flow) / value).toBeCloseTo(1, 12)
      }),
    )
  })
})
