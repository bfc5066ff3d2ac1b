import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, hour } from '../../units/UnixTime.ts'
import * as Claimants from './Claimants.ts'

const begin = 1_599_998_400

describe('a probe', () => {
  const probe = (units: number, wait = hour, token = 0) => {
    const claimants = Claimants.create()
    Claimants.note(claimants, 'mallory', 0, units, begin)
    return Claimants.note(claimants, 'mallory', token, 1_000, begin + wait).probeUnits
  }

  it('is a leg of at most a hundredth, of the same token, within a day before', () => {
    expect([probe(10), probe(11)]).toEqual([10, 0])
    expect([probe(10, day), probe(10, day + 1)]).toEqual([10, 0])
    expect(probe(10, hour, 1)).toBe(0)
  })

  it('is the leg right before: after a usual one there is none', () => {
    const claimants = Claimants.create()
    const note = (units: number) => Claimants.note(claimants, 'mallory', 0, units, begin).probeUnits
    expect([note(10), note(1_000), note(1_000), note(1)]).toEqual([0, 10, 0, 0])
  })
})

describe('a crowd', () => {
  it('needs two days of hours to stand out from, and ten newcomers', () => {
    expect(crowdAfter(47, 1, 50)).toBe(0)
    expect(crowdAfter(48, 1, 50)).toBe(10)
    expect(crowdAfter(48, 1, 9)).toBe(0)
  })

  it('stands out when it is more than any hour of the window, and is told once an hour', () => {
    expect(crowdAfter(60, 20, 20)).toBe(0)
    expect(crowdAfter(60, 20, 21)).toBe(21)
    const claimants = busy(60, 1)
    const told = arrive(claimants, 61, 50).filter((crowd) => crowd > 0)
    expect(told).toEqual([10])
    expect(arrive(claimants, 62, 60).filter((crowd) => crowd > 0)).toEqual([51])
  })

  it('is not made of people who have been here before', () => {
    const claimants = busy(60, 1)
    const old = Array.from(
      { length: 50 },
      () => Claimants.note(claimants, '1-0', 0, 1, begin + 61 * hour).crowd,
    )
    expect(old.every((crowd) => crowd === 0)).toBe(true)
  })
})

describe('memory', () => {
  it('law: it holds the newest newcomers and no more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (more) => {
        const claimants = Claimants.create()
        for (let i = 0; i < Claimants.limit + more; i++) Claimants.note(claimants, `u${i}`, 0, 1, begin)
        expect(claimants.beneficiaries.places.size).toBe(Claimants.limit)
        expect(claimants.beneficiaries.places.has(`u${more}`)).toBe(true)
        if (more > 0) expect(claimants.beneficiaries.places.has(`u${more - 1}`)).toBe(false)
      }),
      { numRuns: 5 },
    )
  })
})

/** What an hour of `newcomers` is called after `hours` with `usual` ones each. */
function crowdAfter(hours: number, usual: number, newcomers: number): number {
  const claimants = busy(hours, usual)
  return Math.max(...arrive(claimants, hours + 1, newcomers))
}

function busy(hours: number, usual: number): Claimants.Claimants {
  const claimants = Claimants.create()
  for (let i = 1; i <= hours; i++) arrive(claimants, i, usual)
  return claimants
}

function arrive(claimants: Claimants.Claimants, hours: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    return Claimants.note(claimants, `${hours}-${i}`, 0, 1, begin + hours * hour).crowd
  })
}
