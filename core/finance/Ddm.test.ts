import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Ddm from './Ddm.ts'

describe('dividend discount model', () => {
  it('gives two textbook examples', () => {
    // studylib.net/doc/8233338, "Two-stage dividend growth": 36.930057, of which 46.224 is the value in three years
    const stock = { next: 2 * 1.2, growth: 0.2, years: 3, growthAfter: 0.07, cost: 0.15 }
    expect(Ddm.twoStage(stock)).toBeCloseTo(36.930057, 5)
    expect(Ddm.constantGrowth({ next: 3.69792, growth: 0.07, cost: 0.15 })).toBeCloseTo(46.224, 9)
    // wyzant.com, answer 748217: D1 = 15, three payments growing at 10%, then 5%, at 12%: 233.25
    expect(Ddm.twoStage({ next: 15, growth: 0.1, years: 3, growthAfter: 0.05, cost: 0.12 })).toBeCloseTo(
      233.25,
      2,
    )
  })

  it('refuses growth for ever that outruns the cost of capital', () => {
    expect(() => Ddm.constantGrowth({ next: 1, growth: 0.1, cost: 0.1 })).toThrow('[DDM_GROWTH_TOO_HIGH]')
    expect(() => Ddm.twoStage({ next: 1, growth: 0, years: 2, growthAfter: 0.2, cost: 0.1 })).toThrow(
      '[DDM_GROWTH_TOO_HIGH]',
    )
    expect(() => Ddm.constantGrowth({ next: Number.NaN, growth: 0, cost: 0.1 })).toThrow(
      '[FINANCE_INPUT_INVALID]',
    )
  })

  const rates = fc.record({
    next: fc.double({ min: 0.01, max: 100, noNaN: true }),
    growth: fc.double({ min: -0.2, max: 0.08, noNaN: true }),
    cost: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
  })

  it('law: two stages of one growth are one stage, however long the first', () => {
    fc.assert(
      fc.property(rates, fc.nat(40), (stream, years) => {
        const one = Ddm.constantGrowth(stream)
        expect(Ddm.twoStage({ ...stream, years, growthAfter: stream.growth }) / one).toBeCloseTo(1, 9)
      }),
    )
  })

  it('law: more growth is worth more, a higher cost of capital less', () => {
    fc.assert(
      fc.property(rates, (stream) => {
        const value = Ddm.constantGrowth(stream)
        expect(Ddm.constantGrowth({ ...stream, growth: stream.growth + 0.01 })).toBeGreaterThan(value)
        expect(Ddm.constantGrowth({ ...stream, cost: stream.cost + 0.01 })).toBeLessThan(value)
      }),
    )
  })
})
