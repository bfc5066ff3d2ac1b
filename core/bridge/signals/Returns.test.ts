import { describe, expect, it } from 'vitest'
import * as Returns from './Returns.ts'
import { measure, numberOf, viewOf, whyOf } from './signals.fixture.ts'

describe('returns', () => {
  const cover = [measure('coverCapital', 'mutual', 100), measure('coverIncome', 'mutual', 10)]

  it('IRR of cover: 100 put in, 5 after half a year, 105 after a year, is 1.05² − 1 a year of 365.25 days', () => {
    const perYear = (1 + 0.05) ** (2 * (365 / 365.25)) - 1
    expect(numberOf(Returns.coverIrr, viewOf(cover))).toBeCloseTo(perYear, 9)
  })

  it('IRR of cover: claims of 20 turn it into a loss', () => {
    expect(numberOf(Returns.coverIrr, viewOf([...cover, measure('coverClaim', 'mutual', 20)]))).toBeLessThan(
      -0.09,
    )
  })

  it('IRR of validators counts stake, rewards and what is slashed', () => {
    const fed = [measure('stake', 'alice', 100), measure('stakeIncome', 'alice', 10)]
    expect(numberOf(Returns.validatorIrr, viewOf(fed))).toBe(numberOf(Returns.coverIrr, viewOf(cover)))
    expect(whyOf(Returns.validatorIrr, viewOf())).toBe('no stake is fed')
  })

  it('DDM: an income of $10 growing at 2% and discounted at 12% is worth $100, half of a market value of $200', () => {
    const fed = [measure('stakeIncome', 'alice', 10), measure('bondMarketCap', '', 200)]
    expect(numberOf(Returns.ddm, viewOf(fed, { values: new Map([['wacc', 0.12]]) }))).toBeCloseTo(0.5, 12)
    expect(whyOf(Returns.ddm, viewOf(fed, { values: new Map([['wacc', 0.02]]) }))).toMatch(
      /is not above the growth/,
    )
  })

  it('P/CF: wrapped tokens of $500 over fees of $20 a year are 25 years', () => {
    const fed = [
      measure('wrappedCap', 'GOLD', 400),
      measure('wrappedCap', 'SILVER', 100),
      measure('feesPerYear', '', 20),
    ]
    expect(numberOf(Returns.priceToFees, viewOf(fed))).toBe(25)
  })
})
