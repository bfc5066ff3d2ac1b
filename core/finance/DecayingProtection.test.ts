import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, year } from '../units/UnixTime.ts'
import * as DecayingProtection from './DecayingProtection.ts'

const part = fc.record({
  ageSeconds: fc.nat(5 * year),
  halfLifeSeconds: fc.integer({ min: day, max: 5 * year }),
})
const parts = fc.array(part, { minLength: 1, maxLength: 5 })

describe('decaying protection', () => {
  it('agrees with an example by hand', () => {
    // an audit a half-life old and keys two half-lives old: 1/2 · 1/4
    const audit = { ageSeconds: year, halfLifeSeconds: year }
    const keys = { ageSeconds: year, halfLifeSeconds: year / 2 }
    expect(DecayingProtection.left([audit, keys])).toBeCloseTo(0.125, 12)
    // theta of it: 0.125 · (1 − 2^(−1/365.25 − 2/365.25)) = 0.125 · 0.0056770 = 0.00070963
    expect(DecayingProtection.theta([audit, keys])).toBeCloseTo(0.00070963, 7)
  })

  it('is whole without parts, and refuses an age below nothing and a half-life of nothing', () => {
    expect([DecayingProtection.left([]), DecayingProtection.theta([])]).toEqual([1, 0])
    const bad = [
      { ageSeconds: -1, halfLifeSeconds: 1 },
      { ageSeconds: 1, halfLifeSeconds: 0 },
    ]
    for (const each of bad) expect(() => DecayingProtection.left([each])).toThrow('[FINANCE_INPUT_INVALID]')
    expect(() => DecayingProtection.value([], 1, 0)).toThrow('[FINANCE_INPUT_INVALID]')
  })

  it('law: theta is what is left today less what is left tomorrow', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const tomorrow = some.map((each) => ({ ...each, ageSeconds: each.ageSeconds + day }))
        const lost = DecayingProtection.left(some) - DecayingProtection.left(tomorrow)
        expect(DecayingProtection.theta(some)).toBeCloseTo(lost, 12)
      }),
    )
  })

  it('law: 0 ≤ left ≤ 1, and one more part never adds any', () => {
    fc.assert(
      fc.property(parts, part, (some, more) => {
        const left = DecayingProtection.left(some)
        expect(left >= 0 && left <= 1).toBe(true)
        expect(DecayingProtection.left([...some, more])).toBeLessThanOrEqual(left)
      }),
    )
  })

  it('law: its value is the sum of its days, to the width of a day', () => {
    const young = fc.record({
      ageSeconds: fc.nat(year),
      halfLifeSeconds: fc.integer({ min: 60 * day, max: 400 * day }),
    })
    fc.assert(
      fc.property(young, fc.double({ min: 0, max: 0.2, noNaN: true }), (only, rate) => {
        let sum = 0
        for (let t = 0.5; t < 6_000; t++) {
          const aged = { ...only, ageSeconds: only.ageSeconds + t * day }
          sum += (DecayingProtection.left([aged]) * Math.exp((-rate * t * day) / year) * day) / year
        }
        expect(DecayingProtection.value([only], 1, rate) / sum).toBeCloseTo(1, 3)
      }),
      { numRuns: 20 },
    )
  })
})
