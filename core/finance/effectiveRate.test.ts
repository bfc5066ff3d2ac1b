import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectiveRate } from './effectiveRate.ts'

const positive = fc.double({ min: 0.01, max: 100, noNaN: true })
const partners = fc.array(
  fc.record({ rate: positive, weight: positive, levelHere: positive, levelThere: positive }),
  { minLength: 1, maxLength: 6 },
)

describe('real effective rate', () => {
  it('agrees with an example by hand', () => {
    // 1.10^0.6 · 0.95^0.4 = 1.05883 · 0.97969 = 1.03733, and 2% more inflation here makes it 2% more
    const nominal = [
      { rate: 1.1, weight: 0.6, levelHere: 1, levelThere: 1 },
      { rate: 0.95, weight: 0.4, levelHere: 1, levelThere: 1 },
    ]
    expect(effectiveRate(nominal)).toBeCloseTo(1.03733, 4)
    const real = nominal.map((each) => ({ ...each, levelHere: 1.02 }))
    expect(effectiveRate(real) / effectiveRate(nominal)).toBeCloseTo(1.02, 12)
  })

  it('refuses partners without weight and a rate of nothing', () => {
    expect(() => effectiveRate([])).toThrow('[EFFECTIVE_RATE_NO_WEIGHT]')
    expect(() => effectiveRate([{ rate: 0, weight: 1, levelHere: 1, levelThere: 1 }])).toThrow(
      '[FINANCE_INPUT_INVALID]',
    )
  })

  it('law: seen from the other side it is one over itself, and only shares of weight count', () => {
    fc.assert(
      fc.property(partners, (some) => {
        const here = effectiveRate(some)
        const there = some.map(({ rate, weight, levelHere, levelThere }) => {
          return { rate: 1 / rate, weight: 3 * weight, levelHere: levelThere, levelThere: levelHere }
        })
        expect(effectiveRate(there) * here).toBeCloseTo(1, 9)
      }),
    )
  })
})
