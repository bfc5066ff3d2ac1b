import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Rate from './Rate.ts'
import { year } from './UnixTime.ts'

const seconds = fc.double({ min: 0, max: 100 * year, noNaN: true })
const halfLife = fc.double({ min: 1, max: 10 * year, noNaN: true })

describe('Rate', () => {
  it('law: a rate over a year is the rate itself, and over(r, s) = s · perSecond(r)', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), seconds, (rate, span) => {
        expect(Rate.over(rate, year)).toBeCloseTo(rate, 12)
        expect(Rate.over(rate, span)).toBeCloseTo(span * Rate.perSecond(rate), 9)
      }),
    )
  })

  it('law: decay over a + b = decay over a, then over b', () => {
    fc.assert(
      fc.property(halfLife, seconds, seconds, (life, a, b) => {
        expect(Rate.decay(life, a + b)).toBeCloseTo(Rate.decay(life, a) * Rate.decay(life, b), 12)
      }),
    )
  })

  it('law: after n half-lives 2^−n is left', () => {
    fc.assert(
      fc.property(halfLife, fc.nat(50), (life, n) => {
        expect(Rate.decay(life, n * life)).toBeCloseTo(2 ** -n, 14)
      }),
    )
  })

  it('leaves nothing at once with no half-life, and all of it with an endless one', () => {
    expect([0, 1, 1e9].map((elapsed) => Rate.decay(0, elapsed))).toEqual([1, 0, 0])
    expect([0, 1, 1e9].map((elapsed) => Rate.decay(Number.POSITIVE_INFINITY, elapsed))).toEqual([1, 1, 1])
  })

  it('refuses negative times and NaN', () => {
    for (const [life, elapsed] of [
      [-1, 1],
      [1, -1],
      [Number.NaN, 1],
      [1, Number.NaN],
    ] as const) {
      expect(() => Rate.decay(life, elapsed)).toThrow('[RATE_DECAY_INVALID]')
    }
  })
})
