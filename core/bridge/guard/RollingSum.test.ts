import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as RollingSum from './RollingSum.ts'

const window = 100
const legs = fc.array(fc.record({ wait: fc.nat(60), units: fc.nat(1_000) }), { maxLength: 80 })

describe('RollingSum', () => {
  it('sums what passed within the window, both ends of it counted', () => {
    const rolling = RollingSum.create(window)
    expect(RollingSum.add(rolling, 5, 1_000)).toBe(5)
    expect(RollingSum.add(rolling, 7, 1_100)).toBe(12)
    expect(RollingSum.add(rolling, 1, 1_101)).toBe(8)
  })

  it('law: it is the sum of all legs of the last seconds', () => {
    fc.assert(
      fc.property(legs, (walk) => {
        const rolling = RollingSum.create(window)
        const seen: { at: number; units: number }[] = []
        let at = 1_000
        for (const { wait, units } of walk) {
          at += wait
          seen.push({ at, units })
          const recent = seen.filter((leg) => leg.at >= at - window)
          const sum = recent.reduce((total, leg) => total + leg.units, 0)
          expect(RollingSum.add(rolling, units, at)).toBe(sum)
        }
      }),
    )
  })

  it('law: what it keeps is what is in the window, and no error of rounding outlives it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e30, noNaN: true }), { maxLength: 50 }), (sizes) => {
        const rolling = RollingSum.create(window)
        for (const [i, units] of sizes.entries()) RollingSum.add(rolling, units, i)
        expect(RollingSum.add(rolling, 3, sizes.length + window)).toBe(3)
        expect(rolling.at.length - rolling.head).toBe(1)
      }),
    )
  })

  it('law: of a window with very many legs it keeps few pieces, and a sum that is never too small', () => {
    const walks = fc.array(fc.record({ wait: fc.nat(2), units: fc.nat(1_000) }), {
      minLength: 2 * RollingSum.mostPieces,
      maxLength: 6 * RollingSum.mostPieces,
    })
    fc.assert(
      fc.property(walks, (walk) => {
        const wide = 4 * RollingSum.mostPieces
        const rolling = RollingSum.create(wide)
        const seen: { at: number; units: number }[] = []
        let at = 1_000
        for (const { wait, units } of walk) {
          at += wait
          seen.push({ at, units })
          RollingSum.add(rolling, units, at)
        }
        const within = (seconds: number) =>
          seen.filter((leg) => leg.at >= at - seconds).reduce((sum, leg) => sum + leg.units, 0)
        expect(rolling.at.length - rolling.head).toBeLessThanOrEqual(RollingSum.mostPieces)
        expect(rolling.sum).toBeGreaterThanOrEqual(within(wide))
        // A piece is of so many seconds at most.
        expect(rolling.sum).toBeLessThanOrEqual(within(wide + wide / (RollingSum.mostPieces / 2)))
      }),
      { numRuns: 30 },
    )
  })

  it('forgets in bulk, so that a busy lane does not grow for ever', () => {
    const rolling = RollingSum.create(window)
    for (let i = 0; i < 20_000; i++) RollingSum.add(rolling, 1, i)
    expect(rolling.sum).toBe(101)
    expect(rolling.at.length).toBeLessThan(1_000)
  })
})
