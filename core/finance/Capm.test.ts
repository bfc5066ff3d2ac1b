import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Capm from './Capm.ts'

const moves = fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 3, maxLength: 40 })

describe('CAPM', () => {
  it('gives what Excel documents for SLOPE', () => {
    // support.microsoft.com, "SLOPE function", example: 0.305556 (the same in ECMA-376, SLOPE: 0.305555556)
    expect(Capm.beta([2, 3, 9, 1, 8, 7, 5], [6, 5, 11, 7, 5, 4, 4])).toBeCloseTo(0.305555556, 9)
  })

  it('gives a textbook cost of equity', () => {
    // ismahelps.com, Introduction to Finance, problem IF101, step 3: 3% + 1.06 × 8% = 11.48%
    expect(Capm.cost({ riskFree: 0.03, beta: 1.06, premium: 0.08 })).toBeCloseTo(0.1148, 12)
  })

  it('refuses returns that do not pair, too few of them, and a market that never moves', () => {
    expect(() => Capm.beta([1, 2, 3], [1, 2])).toThrow('[CAPM_RETURNS_INVALID]')
    expect(() => Capm.beta([1, 2], [1, 2])).toThrow('[CAPM_RETURNS_INVALID]')
    expect(() => Capm.beta([1, 2, 3], [0.1, 0.1, 0.1])).toThrow('the market never moves')
    expect(() => Capm.beta([1, Number.NaN, 3], [1, 2, 3])).toThrow('[FINANCE_INPUT_INVALID]')
    expect(() => Capm.returns([1, 0])).toThrow('[FINANCE_INPUT_INVALID]')
    expect(() => Capm.overlay(1, 0.5, 0)).toThrow('[FINANCE_INPUT_INVALID]')
  })

  it('law: beta(a·market + b, market) = a', () => {
    const line = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(moves, line, line, (market, a, b) => {
        fc.pre(Math.max(...market) - Math.min(...market) > 0.001)
        expect(
          Capm.beta(
            market.map((move) => a * move + b),
            market,
          ),
        ).toBeCloseTo(a, 6)
      }),
    )
  })

  it('law: overlay(β, σ, σ) = β, and twice the volatility is twice the β', () => {
    const some = fc.double({ min: 0.01, max: 5, noNaN: true })
    fc.assert(
      fc.property(some, some, (beta, volatility) => {
        expect(Capm.overlay(beta, volatility, volatility)).toBeCloseTo(beta, 12)
        expect(Capm.overlay(beta, 2 * volatility, volatility)).toBeCloseTo(2 * beta, 12)
      }),
    )
  })

  it('law: returns add up to the return of the whole', () => {
    const prices = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(prices, (some) => {
        const sum = Capm.returns(some).reduce((a, b) => a + b, 0)
        expect(sum).toBeCloseTo(Math.log(some.at(-1)! / some[0]!), 9)
      }),
    )
  })

  it('law: volatility does not see where returns lie, and grows with the root of time', () => {
    fc.assert(
      fc.property(moves, (some) => {
        const yearly = Capm.volatility(some, 365)
        expect(
          Capm.volatility(
            some.map((each) => each + 1),
            365,
          ),
        ).toBeCloseTo(yearly, 9)
        expect(Capm.volatility(some, 4 * 365)).toBeCloseTo(2 * yearly, 9)
      }),
    )
  })
})
