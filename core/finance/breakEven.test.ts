import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakEven } from './breakEven.ts'

describe('break-even', () => {
  it('agrees with an example by hand', () => {
    // $3M a year for $100M is 3%; capital at 9% of which the assets earn 4% asks 5%: two points to spare
    const { point, hurdle, gap } = breakEven({
      costPerYear: 3e6,
      protectedValue: 100e6,
      wacc: 0.09,
      yield: 0.04,
    })
    expect([point, hurdle, gap]).toEqual([0.03, expect.closeTo(0.05, 12), expect.closeTo(-0.02, 12)])
  })

  it('refuses nothing to protect, and a cost below nothing', () => {
    const sound = { costPerYear: 1, protectedValue: 1, wacc: 0.1, yield: 0 }
    expect(() => breakEven({ ...sound, protectedValue: 0 })).toThrow('[FINANCE_INPUT_INVALID]')
    expect(() => breakEven({ ...sound, costPerYear: -1 })).toThrow('[FINANCE_INPUT_INVALID]')
  })

  it('law: the gap opens with cost and yield, and closes with value and WACC', () => {
    const some = fc.double({ min: 0.01, max: 10, noNaN: true })
    fc.assert(
      fc.property(some, some, some, some, (costPerYear, protectedValue, cost, earned) => {
        const security = { costPerYear, protectedValue, wacc: cost, yield: earned }
        const { gap } = breakEven(security)
        expect(breakEven({ ...security, costPerYear: costPerYear + 1 }).gap).toBeGreaterThan(gap)
        expect(breakEven({ ...security, yield: earned + 1 }).gap).toBeGreaterThan(gap)
        expect(breakEven({ ...security, protectedValue: protectedValue + 1 }).gap).toBeLessThan(gap)
        expect(breakEven({ ...security, wacc: cost + 1 }).gap).toBeLessThan(gap)
      }),
    )
  })
})
