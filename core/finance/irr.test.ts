import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day } from '../units/UnixTime.ts'
import * as CashFlow from './CashFlow.ts'
import { excelFlows } from './cashFlows.fixture.ts'
import { irr } from './irr.ts'

describe('internal rate of return', () => {
  it('gives what Excel documents for XIRR', () => {
    // support.microsoft.com, "XIRR function", example: 0.373362535
    expect(irr(excelFlows)).toBeCloseTo(0.373362535, 8)
  })

  it('gives what Excel documents for IRR, in years of 365 days', () => {
    const flows = [-70_000, 12_000, 15_000, 18_000, 21_000, 26_000].map((amount, i) => {
      return { at: i * CashFlow.yearSeconds, amount }
    })
    // support.microsoft.com, "IRR function": after four years −2.1%, after five 8.7%
    expect(irr(flows.slice(0, 5))).toBeCloseTo(-0.021, 3)
    expect(irr(flows)).toBeCloseTo(0.087, 3)
  })

  it.each([
    { paid: 1_000, received: 10, days: 366 },
    { paid: 1_000, received: 1, days: 366 },
    { paid: 1_000, received: 1_000_000, days: 366 },
    { paid: 1_000, received: 10, days: 31 },
    { paid: 1, received: 1.0000001, days: 3_650 },
  ])('finds what $paid for $received after $days days comes to', ({ paid, received, days }) => {
    const rate = irr([
      { at: 0, amount: -paid },
      { at: days * day, amount: received },
    ])
    expect(rate / ((received / paid) ** (365 / days) - 1)).toBeCloseTo(1, 6)
  })

  it('takes the rate nearest to zero where several fit', () => {
    // 100·(1 + r)² − 250·(1 + r) + 154 is nothing at 10% and at 40%
    const flows = [-100, 250, -154].map((amount, i) => ({ at: i * CashFlow.yearSeconds, amount }))
    expect(irr(flows)).toBeCloseTo(0.1, 9)
  })

  it('refuses money that goes one way, and flows that no rate evens out', () => {
    expect(() => irr([])).toThrow('[IRR_ONE_SIDED]')
    expect(() => irr([{ at: 0, amount: 5 }])).toThrow('[IRR_ONE_SIDED]')
    expect(() => irr([-1, 1].map((amount) => ({ at: 0, amount })))).toThrow('[IRR_ONE_SIDED]')
    expect(() => irr([{ at: Number.NaN, amount: 5 }])).toThrow('[FINANCE_INPUT_INVALID]')
    // 100 − 100·v + 100·v² is above nothing for every v
    const never = [100, -100, 100].map((amount, i) => ({ at: i * CashFlow.yearSeconds, amount }))
    expect(() => irr(never)).toThrow('[IRR_NOT_FOUND]')
  })

  it('says so where a rate is beyond any number: sevenfold in a day is e^710 a year', () => {
    const flows = [
      { at: 0, amount: -1 },
      { at: day, amount: 7 },
    ]
    expect(() => irr(flows)).toThrow('internal rate of return is Infinity')
  })

  it('is exact to what a double can say of it, next to −1 as well', () => {
    const flows = [
      { at: 0, amount: -6 },
      { at: 30 * day, amount: 1 },
    ]
    expect(irr(flows)).toBe((1 / 6) ** (365 / 30) - 1)
    expect(CashFlow.npv(irr(flows), flows)).toBeCloseTo(0, 6)
  })

  it('law: npv(irr(flows), flows) = 0, at any scale, in any order, begun at any time', () => {
    const received = fc.array(
      fc.record({ days: fc.integer({ min: 30, max: 1_000 }), amount: fc.integer({ min: 1, max: 500 }) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), received, fc.nat(1e9), (paid, payments, start) => {
        const flows = [
          { at: 0, amount: -paid },
          ...payments.map(({ days, amount }) => ({ at: days * day, amount })),
        ]
        // A rate next to −1 is a double with few digits left: see the case above.
        fc.pre(2 * payments.reduce((sum, { amount }) => sum + amount, 0) > paid)
        const rate = irr(flows)
        const size = flows.reduce((sum, { amount }) => sum + Math.abs(amount), 0)
        expect(CashFlow.npv(rate, flows, 0) / size).toBeCloseTo(0, 9)
        const moved = flows.map(({ at, amount }) => ({ at: at + start, amount: 7 * amount })).reverse()
        expect(Math.log1p(irr(moved))).toBeCloseTo(Math.log1p(rate), 9)
      }),
      { numRuns: 40 },
    )
  })
})
