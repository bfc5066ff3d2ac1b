import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as HighPrecision from './highPrecision.fixture.ts'
import * as NormalisedBlack from './NormalisedBlack.ts'
import { logUniform, uniform } from './option.fixture.ts'

const { exactly } = HighPrecision

// x and s as doubles give h and t in decimals, so that only the formula's own error is left.
const place = fc.record({ h: uniform(-37, 0), t: logUniform(1e-6, 3) })

const exact = (x: number, s: number) => {
  const [h, t] = [exactly(x).div(exactly(s)), exactly(s).div(2)]
  const mills = (z: HighPrecision.Decimal) => HighPrecision.cdf(z).div(HighPrecision.pdf(z))
  return mills(h.add(t)).sub(mills(h.sub(t)))
}

describe('NormalisedBlack', () => {
  it('law: the price in units of vega is that of decimal arithmetic to 5e-14 relative, in all its forms', () => {
    fc.assert(
      fc.property(place, ({ h, t }) => {
        const [x, s] = [2 * h * t, 2 * t]
        expect(HighPrecision.distance(NormalisedBlack.perVega(x, s), exact(x, s))).toBeLessThan(5e-14)
      }),
      { numRuns: 300 },
    )
  })

  it('law: right below where the series ends it is as exact as right above', () => {
    fc.assert(
      fc.property(uniform(-2, 0), (h) => {
        for (const t of [0.1999, 0.2001]) {
          const [x, s] = [2 * h * t, 2 * t]
          expect(HighPrecision.distance(NormalisedBlack.perVega(x, s), exact(x, s))).toBeLessThan(5e-15)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('law: price and shortfall make up the highest price', () => {
    fc.assert(
      fc.property(place, ({ h, t }) => {
        const [x, s] = [2 * h * t, 2 * t]
        const sum = NormalisedBlack.price(x, s) + NormalisedBlack.shortfall(x, s)
        expect(sum / Math.exp(0.5 * x)).toBeCloseTo(1, 12)
      }),
    )
  })
})
