import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as CashFlow from './CashFlow.ts'
import { excelFlows, someFlows } from './cashFlows.fixture.ts'

describe('net present value', () => {
  it('gives what Excel documents for XNPV', () => {
    // support.microsoft.com, "XNPV function", example: 2086.65 at 9% (2086.647602 in OpenDocument's copy)
    expect(CashFlow.npv(0.09, excelFlows)).toBeCloseTo(2086.647602, 6)
  })

  it('gives what Excel documents for NPV, whose first flow is a period away', () => {
    const yearly = [-10_000, 3_000, 4_200, 6_800].map((amount, i) => {
      return { at: (i + 1) * CashFlow.yearSeconds, amount }
    })
    // support.microsoft.com, "NPV function", first example: 1,188.44 at 10%
    expect(CashFlow.npv(0.1, yearly, 0)).toBeCloseTo(1188.44, 2)
  })

  it('is nothing for no flows, and refuses a rate that takes all', () => {
    expect(CashFlow.npv(0.1, [])).toBe(0)
    expect(() => CashFlow.npv(-1, excelFlows)).toThrow('[FINANCE_INPUT_INVALID]')
  })

  it('law: npv(flows ∪ others) = npv(flows) + npv(others), and npv(k·flows) = k·npv(flows)', () => {
    const rate = fc.double({ min: -0.5, max: 5, noNaN: true })
    fc.assert(
      fc.property(rate, someFlows, someFlows, fc.integer({ min: -9, max: 9 }), (r, flows, others, k) => {
        const both = CashFlow.npv(r, [...flows, ...others], 0)
        expect(both).toBeCloseTo(CashFlow.npv(r, flows, 0) + CashFlow.npv(r, others, 0), 3)
        const scaled = flows.map(({ at, amount }) => ({ at, amount: k * amount }))
        expect(CashFlow.npv(r, scaled, 0)).toBeCloseTo(k * CashFlow.npv(r, flows, 0), 3)
      }),
    )
  })

  it('law: at a rate of 0 it is the plain sum, wherever time begins', () => {
    fc.assert(
      fc.property(someFlows, fc.nat(1e9), (flows, from) => {
        expect(CashFlow.npv(0, flows, from)).toBe(flows.reduce((sum, { amount }) => sum + amount, 0))
      }),
    )
  })
})
