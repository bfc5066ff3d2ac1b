import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { year } from '../units/UnixTime.ts'
import { parityGap } from './parityGap.ts'

const free = { fee: 0, gas: 0, seconds: 0, rate: 0 }

describe('parity gap', () => {
  it('agrees with the parity example of the CFA study notes', () => {
    // analystnotes.com, "An arbitrage opportunity": fiduciary call 7.5 + 100 ÷ 1.1^0.5 = 102.85 against a protective
    // put of 4.25 + 99 = 103.25, a gap of 0.40 before costs
    const gap = parityGap({ ...free, price: (7.5 + 100 / Math.sqrt(1.1)) / (4.25 + 99) })
    expect(103.25 * (1 - Math.exp(-gap))).toBeCloseTo(0.4, 2)
  })

  it('counts the carry: half a year at 10% eats a gap of 5%', () => {
    const price = Math.exp(-0.05)
    expect(parityGap({ ...free, price, seconds: year / 2, rate: 0.1 })).toBeCloseTo(0, 12)
    expect(parityGap({ ...free, price, seconds: year / 4, rate: 0.1 })).toBeCloseTo(0.025, 12)
  })

  it('refuses a price of nothing and costs below nothing', () => {
    expect(() => parityGap({ ...free, price: 0 })).toThrow('[FINANCE_INPUT_INVALID]')
    expect(() => parityGap({ ...free, price: 1, fee: -0.1 })).toThrow('[FINANCE_INPUT_INVALID]')
  })

  it('law: |gap| ≤ |ln price|, the gap of 1/price is its mirror, and costs only close it', () => {
    const price = fc.double({ min: 0.01, max: 100, noNaN: true })
    const cost = fc.double({ min: 0, max: 0.1, noNaN: true })
    fc.assert(
      fc.property(price, cost, cost, (at, fee, gas) => {
        const gap = parityGap({ ...free, price: at, fee, gas })
        expect(Math.abs(gap)).toBeLessThanOrEqual(Math.abs(Math.log(at)))
        expect(parityGap({ ...free, price: 1 / at, fee, gas })).toBeCloseTo(-gap, 12)
        expect(Math.abs(parityGap({ ...free, price: at, fee, gas: gas + 0.01 }))).toBeLessThanOrEqual(
          Math.abs(gap),
        )
      }),
    )
  })
})
