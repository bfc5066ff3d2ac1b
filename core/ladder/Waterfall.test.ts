import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Waterfall from './Waterfall.ts'

// Up to 10 trillion dollars, in cents.
const cents = fc.integer({ min: 0, max: 1e15 })
const loss: fc.Arbitrary<Waterfall.Loss> = fc
  .tuple(cents, cents, cents, cents)
  .map(([a, b, cover, reserve]) => ({ baseline: Math.max(a, b), lost: Math.min(a, b), cover, reserve }))

describe('Waterfall', () => {
  it('law: prevented + covered + backstopped + shortfall = baseline, to the cent', () => {
    checkLaw((given, { prevented, covered, backstopped, shortfall }) => {
      expect(prevented + covered + backstopped + shortfall).toBe(given.baseline)
    })
  })

  it('law: each part is whole cents, 0 or more', () => {
    checkLaw((_given, settled) => {
      for (const part of Object.values(settled)) {
        expect(Number.isSafeInteger(part) && part >= 0).toBe(true)
      }
    })
  })

  it('law: no layer pays more than it has', () => {
    checkLaw((given, { covered, backstopped }) => {
      expect(covered).toBeLessThanOrEqual(given.cover)
      expect(backstopped).toBeLessThanOrEqual(given.reserve)
    })
  })

  it('law: the reserve pays only when cover is spent, users only when both are', () => {
    checkLaw((given, { covered, backstopped, shortfall }) => {
      if (backstopped > 0) expect(covered).toBe(given.cover)
      if (shortfall > 0) expect([covered, backstopped]).toEqual([given.cover, given.reserve])
    })
  })

  it('law: a loss prevented costs no layer anything', () => {
    checkLaw(({ baseline, cover, reserve }) => {
      const settled = Waterfall.settle({ baseline, lost: 0, cover, reserve })
      expect(settled).toEqual({ prevented: baseline, covered: 0, backstopped: 0, shortfall: 0 })
    })
  })

  it('refuses a loss above the baseline', () => {
    expect(() => Waterfall.settle({ baseline: 100, lost: 101, cover: 0, reserve: 0 })).toThrow(
      '101 cents were lost, more than the 100 that could be; expected a loss of at most the baseline',
    )
  })

  it('refuses what is not whole cents, by name', () => {
    const given = { baseline: 100, lost: 50, cover: 10, reserve: 10 }
    for (const name of ['baseline', 'lost', 'cover', 'reserve'] as const) {
      for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
        expect(() => Waterfall.settle({ ...given, [name]: wrong })).toThrow(`${name} is ${wrong}`)
      }
    }
  })
})

function checkLaw(law: (given: Waterfall.Loss, settled: Waterfall.Waterfall) => void): void {
  fc.assert(
    fc.property(loss, (given) => {
      law(given, Waterfall.settle(given))
    }),
    { numRuns: 500 },
  )
}
