import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Black76 from './Black76.ts'
import { kind, uniform } from './option.fixture.ts'
import { strikeOfDelta } from './strikeOfDelta.ts'

const option = fc.record({
  kind,
  delta: uniform(0.001, 0.98),
  forward: uniform(9, 6000),
  years: uniform(1 / 365, 2),
})

/** A smile as quoted: a level, a slope by ln(K/F)/√T, and curvature; flat beyond three deviations either side. */
const smile = fc.record({
  level: uniform(0.08, 1.5),
  slope: uniform(-0.25, 0.25),
  curvature: uniform(0, 0.1),
})

describe('strikeOfDelta', () => {
  it('law: at the strike that is found, the option has the delta', () => {
    fc.assert(
      fc.property(option, smile, (wanted, { level, slope, curvature }) => {
        const volatility = (strike: number) => {
          const z = Math.log(strike / wanted.forward) / Math.sqrt(wanted.years) / level
          const bounded = Math.max(-3, Math.min(3, z))
          return level * Math.max(0.3, 1 + slope * bounded + curvature * bounded * bounded)
        }
        let asked = 0
        const strike = strikeOfDelta(wanted, (at) => {
          asked++
          return volatility(at)
        })
        const given = { ...wanted, strike, volatility: volatility(strike), discount: 1 }
        expect(Math.abs(Black76.greeks(given).delta)).toBeCloseTo(wanted.delta, 10)
        expect(asked).toBeLessThan(60)
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees with the closed form where the smile is flat, and a put of 0.2 is a call of 0.8', () => {
    // K = F e^(s²/2 − d₁ s) with d₁ = N⁻¹(0.8) = 0.8416212
    const wanted = { kind: 'put', delta: -0.2, forward: 4000, years: 30 / 365 } as const
    const s = 0.2 * Math.sqrt(30 / 365)
    const strike = strikeOfDelta(wanted, () => 0.2)
    expect(strike).toBeCloseTo(4000 * Math.exp(s * s * 0.5 - 0.8416212335729143 * s), 8)
    expect(strikeOfDelta({ ...wanted, kind: 'call', delta: 0.8 }, () => 0.2)).toBeCloseTo(strike, 8)
  })

  it('refuses a delta no option has, and a smile without volatility', () => {
    const wanted = { kind: 'call', delta: 0.2, forward: 20, years: 0.1 } as const
    expect(() => strikeOfDelta({ ...wanted, delta: 1 }, () => 0.2)).toThrow('[FINANCE_INPUT_INVALID]')
    expect(() => strikeOfDelta({ ...wanted, years: 0 }, () => 0.2)).toThrow('years is 0')
    expect(() => strikeOfDelta(wanted, () => Number.NaN)).toThrow('the volatility at 20 is NaN')
    // The further out, the more volatile: no strike is ever far enough.
    const escaping = (strike: number) => 1 + 4 * Math.abs(Math.log(strike / 20))
    expect(() => strikeOfDelta({ ...wanted, delta: 0.01, years: 1 }, escaping)).toThrow('[STRIKE_NOT_FOUND]')
  })
})
