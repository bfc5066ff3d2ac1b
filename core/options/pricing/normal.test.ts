import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as HighPrecision from './highPrecision.fixture.ts'
import * as normal from './normal.ts'
import { uniform } from './option.fixture.ts'

const { exactly } = HighPrecision

describe('the normal distribution', () => {
  it('law: density and tail are those of decimal arithmetic to 1e-15 relative and a rounding of x, far into the tails', () => {
    fc.assert(
      fc.property(uniform(-37, 9), (x) => {
        // A last place of x moves the tail by x² of its own.
        const tolerance = 1e-15 + 4e-16 * x * x
        expect(HighPrecision.distance(normal.pdf(x), HighPrecision.pdf(exactly(x)))).toBeLessThan(2e-15)
        expect(HighPrecision.distance(normal.cdf(x), HighPrecision.cdf(exactly(x)))).toBeLessThan(tolerance)
      }),
      { numRuns: 300 },
    )
  })

  it('law: erfc and erfcx are those of decimal arithmetic to 3e-15 relative', () => {
    fc.assert(
      fc.property(uniform(-8, 26), (x) => {
        const reference = HighPrecision.erfc(exactly(x))
        expect(HighPrecision.distance(normal.erfc(x), reference)).toBeLessThan(3e-15)
        const scaled = reference.mul(HighPrecision.Decimal.exp(exactly(x).pow(2)))
        expect(HighPrecision.distance(normal.erfcx(x), scaled)).toBeLessThan(3e-15)
      }),
      { numRuns: 300 },
    )
  })

  it('law: the quantile of a probability has that probability', () => {
    const exponent = uniform(-700, -1e-9)
    fc.assert(
      fc.property(exponent, (power) => {
        const probability = Math.exp(power)
        const x = exactly(normal.inverseCdf(probability))
        // By how much x is off, from the tail and the density there.
        const off = HighPrecision.cdf(x).sub(exactly(probability)).div(HighPrecision.pdf(x))
        expect(off.abs().toNumber()).toBeLessThan(2e-15 * (1 + x.abs().toNumber()))
      }),
      { numRuns: 300 },
    )
  })

  it('agrees with printed percentage points', () => {
    // M. J. Wichura, Applied Statistics 37 (1988), the check values of AS 241
    expect(normal.inverseCdf(0.25)).toBeCloseTo(-0.6744897501960817, 15)
    expect(normal.inverseCdf(0.001)).toBeCloseTo(-3.090232306167814, 14)
    expect(normal.inverseCdf(1e-20)).toBeCloseTo(-9.2623400897984, 13)
  })

  it('ends where a double ends, and refuses what is no number', () => {
    expect([normal.cdf(-40), normal.cdf(40), normal.pdf(1e300)]).toEqual([0, 1, 0])
    expect([normal.cdf(Number.NEGATIVE_INFINITY), normal.cdf(Number.POSITIVE_INFINITY)]).toEqual([0, 1])
    for (const call of [normal.pdf, normal.cdf, normal.erfc, normal.erfcx, normal.inverseCdf])
      expect(() => call(Number.NaN)).toThrow('[FINANCE_INPUT_INVALID]')
    expect(() => normal.inverseCdf(0)).toThrow('[FINANCE_INPUT_INVALID]')
    expect(() => normal.erfcx(-30)).toThrow('[FINANCE_INPUT_INVALID]')
  })
})
