import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as CoverPrice from './CoverPrice.ts'

const risk = fc.record({
  perYear: fc.double({ min: 0.001, max: 3, noNaN: true }),
  losses: fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 12 }),
  capUsd: fc.double({ min: 1, max: 1e9, noNaN: true }),
})

describe('the price of cover', () => {
  it('agrees with an example by hand: one loss of $1M every ten years', () => {
    // the worst 1% of years: P(2 or more) = 1 − e^−0.1·1.1 = 0.467885%, P(3 or more) = 0.015465%, all of the rest has 1:
    // TVaR99 = (1% + 0.467885% + 0.015465% + 0.000385%) ÷ 1% = 1.48374 losses
    const losses = { perYear: 0.1, losses: [1e6], capUsd: 1e6 }
    const { expectedUsd, tailUsd, premiumUsd, ratePerYear } = CoverPrice.of(losses, {
      loading: 0.1,
      expense: 0.2,
    })
    expect(expectedUsd).toBeCloseTo(100_000, 6)
    expect(tailUsd / 1e6).toBeCloseTo(1.48374, 3)
    expect(premiumUsd).toBeCloseTo((100_000 + 0.1 * (tailUsd - 100_000)) / 0.8, 3)
    expect(ratePerYear).toBeCloseTo(premiumUsd / 1e6, 12)
  })

  it('costs nothing where nothing happens or nothing can be lost', () => {
    const nothing = { expectedUsd: 0, tailUsd: 0 }
    expect(CoverPrice.year({ perYear: 0, losses: [5], capUsd: 9 })).toEqual(nothing)
    expect(CoverPrice.of({ perYear: 1, losses: [5], capUsd: 0 }, { loading: 1, expense: 0 })).toEqual({
      ...nothing,
      premiumUsd: 0,
      ratePerYear: 0,
    })
  })

  it('takes a loss of nearly nothing as nothing', () => {
    expect(CoverPrice.year({ perYear: 0.001, losses: [5e-324], capUsd: 1 }).tailUsd).toBe(0)
  })

  it('refuses a risk that is none', () => {
    const sound = { perYear: 1, losses: [1], capUsd: 1 }
    for (const bad of [
      { perYear: -1 },
      { perYear: Number.NaN },
      { losses: [] },
      { losses: [Infinity] },
      { capUsd: -1 },
    ]) {
      expect(() => CoverPrice.year({ ...sound, ...bad })).toThrow('[COVER_RISK_INVALID]')
    }
    expect(() => CoverPrice.of(sound, { loading: 0, expense: 1 })).toThrow('[FINANCE_INPUT_INVALID]')
  })

  it('law: mean ≤ tail, and a tighter cap makes both smaller: speed buys down capital', () => {
    fc.assert(
      fc.property(risk, (some) => {
        const { expectedUsd, tailUsd } = CoverPrice.year(some)
        expect(tailUsd).toBeGreaterThanOrEqual(expectedUsd)
        // The two grids differ by less than a cell.
        const cell = Math.min(some.capUsd, Math.max(...some.losses)) / 256
        const tighter = CoverPrice.year({ ...some, capUsd: some.capUsd / 2 })
        expect(tighter.expectedUsd).toBeLessThanOrEqual(expectedUsd * (1 + 1e-9))
        expect(tighter.tailUsd).toBeLessThanOrEqual(tailUsd * (1 + 2e-2) + cell)
      }),
      { numRuns: 60 },
    )
  })

  it('law: mean = λ · E[min(loss, cap)], and dollars by the thousand give a thousandth', () => {
    fc.assert(
      fc.property(risk, ({ perYear, losses, capUsd }) => {
        const mean = losses.reduce((sum, loss) => sum + Math.min(loss, capUsd), 0) / losses.length
        const whole = CoverPrice.year({ perYear, losses, capUsd })
        expect(whole.expectedUsd).toBeCloseTo(perYear * mean, 3)
        const thousandth = CoverPrice.year({
          perYear,
          losses: losses.map((loss) => loss / 1_000),
          capUsd: capUsd / 1_000,
        })
        expect(thousandth.tailUsd * 1_000).toBeCloseTo(whole.tailUsd, 0)
      }),
      { numRuns: 40 },
    )
  })

  it('a fund holds the tail less what the bond gives back, and never less than nothing', () => {
    expect([CoverPrice.fundUsd(10, 4), CoverPrice.fundUsd(10, 40)]).toEqual([6, 0])
  })
})
