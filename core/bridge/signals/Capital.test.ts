import { describe, expect, it } from 'vitest'
import * as Capital from './Capital.ts'
import { hoursAfter, measure, numberOf, readingsOver, sightOf, viewOf, whyOf } from './signals.fixture.ts'

const rates = [measure('riskFree', '', 0.04), measure('marketPremium', '', 0.06)]
const cover = [measure('coverCapital', 'mutual', 100e6), measure('coverIncome', 'mutual', 5e6)]

describe('the cost of capital', () => {
  it('β: a bonded token that moves twice as far as ETH, at the same volatility early and late', () => {
    const views = Array.from({ length: 240 }, (_, hour) => {
      const move = hour % 2 === 0 ? 0 : 0.01
      const at = hoursAfter(hour)
      const price = (name: 'bondPrice' | 'marketPrice', dollars: number) => measure(name, '', dollars, { at })
      return viewOf(
        [price('bondPrice', 5 * Math.exp(2 * move)), price('marketPrice', 2_000 * Math.exp(move))],
        { at },
      )
    })
    const readings = readingsOver([Capital.beta], views).map(([reading]) => reading!.value)
    expect(readings[166]).toBeNull()
    expect(readings.at(-1)).toBeCloseTo(2, 1)
  })

  it('WACC: $300M of stake at 4% + 1.5 · 6% beside $100M of cover that earns 5%', () => {
    const view = viewOf(
      [...rates, ...cover, measure('stake', 'alice', 200e6), measure('stake', 'bob', 100e6)],
      {
        values: new Map([['beta', 1.5]]),
      },
    )
    expect(numberOf(Capital.wacc, view)).toBeCloseTo(0.75 * 0.13 + 0.25 * 0.05, 12)
    expect(whyOf(Capital.wacc, { ...view, values: new Map() })).toBe('there is no β of the bonded token')
  })

  it('break-even: $12 a year to protect $400 is 3%, under a hurdle of 8% − 4%, and over one of 6% − 4%', () => {
    const fed = [measure('securityCost', '', 12), measure('lockedYield', '', 0.04)]
    const at = (wacc: number) =>
      sightOf(Capital.breakEven, viewOf(fed, { values: new Map([['wacc', wacc]]) }))
    expect(at(0.08)).toMatchObject({ value: expect.closeTo(-0.01, 12), scale: expect.closeTo(0.375, 12) })
    expect(at(0.06)).toMatchObject({
      value: expect.closeTo(0.01, 12),
      scale: expect.closeTo(0.75, 12),
      says: 'security costs 3.00% of what it protects, above the hurdle of 2.00%: time to rebalance',
    })
  })
})
