import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { year } from '../units/UnixTime.ts'
import * as Protection from './Protection.ts'

const weights = { near: 0.4, mid: 0.4, far: 0.2 }
const { defaultEconomy: economy } = Protection

describe('the money of a ladder', () => {
  it('buys cover with the middle layer’s share and saves half of the far layer’s', () => {
    const protection = Protection.create()
    Protection.accrue(protection, economy, weights, 100e6, year, true)
    // 2% of $1M are $20,000 a year: $8,000 for cover at 10% a year, a fifth of it gone with the bridge; $4,000 for
    // the far layer, half of it saved.
    expect(protection.coverUsd).toBeCloseTo(64_000_00, 6)
    expect(protection.reserveUsd).toBeCloseTo(2_000_00, 6)
    expect(protection.carryUsd).toBeCloseTo(20_000_00, 6)
  })

  it('cover is what is in force now, the reserve what was saved so far', () => {
    const protection = Protection.create()
    Protection.accrue(protection, economy, weights, 100e6, year, true)
    Protection.accrue(protection, economy, weights, 0, year, true)
    expect(protection.coverUsd).toBe(0)
    expect(protection.reserveUsd).toBeCloseTo(2_000_00, 6)
  })

  it('is not spent by a policy that spends nothing, nor on less than nothing', () => {
    const protection = Protection.create()
    Protection.accrue(protection, economy, weights, 100e6, year, false)
    expect(protection).toEqual(Protection.create())
    Protection.accrue(protection, economy, weights, -100e6, year, true)
    expect(protection).toEqual(Protection.create())
  })

  it('law: spending by the hour and by the year come to the same', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.nat(1e12), fc.integer({ min: 1, max: 500 }), share, (locked, parts, mid) => {
        const split = { near: 0, mid, far: 1 - mid }
        const [once, often] = [Protection.create(), Protection.create()]
        Protection.accrue(once, economy, split, locked, year, true)
        for (let i = 0; i < parts; i++) Protection.accrue(often, economy, split, locked, year / parts, true)
        for (const key of ['coverUsd', 'reserveUsd', 'carryUsd'] as const) {
          expect(Math.abs(often[key] - once[key])).toBeLessThanOrEqual(1e-9 * once[key])
        }
      }),
    )
  })

  it('names a unit and a source for every parameter', () => {
    const named = Protection.economyParameters.map(({ name }) => name)
    expect(named.toSorted()).toEqual(Object.keys(economy).toSorted())
    for (const { unit, source } of Protection.economyParameters) {
      expect(unit).not.toBe('')
      expect(source.length).toBeGreaterThan(10)
    }
  })
})
