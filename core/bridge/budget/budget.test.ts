import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultEconomy } from '../Protection.ts'
import { bonding } from './bonding.ts'
import { defaultCurves } from './Curves.ts'
import { governing, signerCut } from './governing.ts'
import { guarding } from './guarding.ts'

const given = { economy: defaultEconomy, curves: defaultCurves }
const cents = fc.double({ min: 0, max: 1e12, noNaN: true })
const locked = fc.double({ min: 1e6, max: 1e14, noNaN: true })
const two = fc.tuple(cents, cents).map(([a, b]) => (a < b ? [a, b] : [b, a]) as [number, number])

describe('more money', () => {
  test('law: makes a guard miss no more, people come no later, limits no looser', () => {
    fc.assert(
      fc.property(two, locked, ([less, more], lockedUsd) => {
        const weak = guarding({ ...given, spendUsd: less, lockedUsd })
        const strong = guarding({ ...given, spendUsd: more, lockedUsd })
        expect(strong.missChance).toBeLessThanOrEqual(weak.missChance)
        expect(strong.peopleShare).toBeLessThanOrEqual(weak.peopleShare)
        expect(strong.limitUsd).toBeLessThanOrEqual(weak.limitUsd)
        expect(strong.frictionPerYearUsd).toBeGreaterThanOrEqual(weak.frictionPerYearUsd)
      }),
    )
  })

  test('law: buys more cover, at a price that only rises, and never more than it would at the first dollar’s price', () => {
    fc.assert(
      fc.property(two, locked, ([less, more], lockedUsd) => {
        const small = bonding({ ...given, spendUsd: less, lockedUsd }).coverUsd
        const large = bonding({ ...given, spendUsd: more, lockedUsd }).coverUsd
        expect(large).toBeGreaterThanOrEqual(small)
        expect(large * less).toBeLessThanOrEqual(small * more * (1 + 1e-9))
        expect(large).toBeLessThanOrEqual((more * 0.8) / 0.1 + 1e-6)
      }),
    )
  })

  test('law: prevents more bugs and thefts, never more than can be prevented', () => {
    fc.assert(
      fc.property(two, ([less, more]) => {
        const [few, many] = [less, more].map((spendUsd) => governing({ ...given, spendUsd }).bugCut)
        expect(many!).toBeGreaterThanOrEqual(few!)
        expect(many!).toBeLessThanOrEqual(defaultCurves.findableShare)
        expect(signerCut({ ...given, spendUsd: more })).toBeLessThanOrEqual(defaultCurves.signerShare)
      }),
    )
  })
})

test('no money is no guard: all is missed, people take their time, nothing is limited', () => {
  expect(guarding({ ...given, spendUsd: 0, lockedUsd: 1e10 })).toMatchObject({
    missChance: 1,
    peopleShare: 1,
    limitUsd: 1e10,
    consumedPerYearUsd: 0,
  })
})

test('without a surge, cover is the line of the replay: 6.4% of the value locked for 40% of a 2% budget', () => {
  const curves = { ...defaultCurves, coverSurge: 0 }
  const { coverUsd } = bonding({ ...given, curves, spendUsd: 0.4 * 0.02 * 1e10, lockedUsd: 1e10 })
  expect(coverUsd / 1e10).toBeCloseTo(0.064, 12)
})
