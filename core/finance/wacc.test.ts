import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Capm from './Capm.ts'
import { wacc } from './wacc.ts'

describe('weighted average cost of capital', () => {
  it('gives two textbook examples', () => {
    // studylib.net/doc/27182821: 75% × 10.1% + 25% × 3.5% × 0.82 = 8.29%
    expect(
      wacc([
        { amount: 75e6, cost: 0.101 },
        { amount: 25e6, cost: 0.035, taxShield: 0.18 },
      ]),
    ).toBeCloseTo(0.082925, 12)
    // ismahelps.com, Introduction to Finance, problem IF101, step 5: 9.27%
    const equity = Capm.cost({ riskFree: 0.03, beta: 1.06, premium: 0.08 })
    expect(
      wacc([
        { amount: 500_000, cost: equity },
        { amount: 200_000, cost: 0.05, taxShield: 0.25 },
      ]),
    ).toBeCloseTo(0.0927, 4)
  })

  it('refuses no capital, less than none, and more tax than there is cost', () => {
    expect(() => wacc([])).toThrow('[WACC_NO_CAPITAL]')
    expect(() => wacc([{ amount: 0, cost: 0.1 }])).toThrow('[WACC_NO_CAPITAL]')
    expect(() => wacc([{ amount: -1, cost: 0.1 }])).toThrow('[FINANCE_INPUT_INVALID]')
    expect(() => wacc([{ amount: 1, cost: 0.1, taxShield: 1.1 }])).toThrow('[FINANCE_INPUT_INVALID]')
  })

  it('law: min(cost) ≤ wacc ≤ max(cost), and only shares count', () => {
    const part = fc.record({
      amount: fc.double({ min: 0.01, max: 1e9, noNaN: true }),
      cost: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const costs = parts.map(({ cost }) => cost)
        const average = wacc(parts)
        expect(average).toBeGreaterThanOrEqual(Math.min(...costs) - 1e-12)
        expect(average).toBeLessThanOrEqual(Math.max(...costs) + 1e-12)
        expect(wacc(parts.map(({ amount, cost }) => ({ amount: 3 * amount, cost })))).toBeCloseTo(average, 12)
      }),
    )
  })
})
