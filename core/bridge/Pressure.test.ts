import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, hour } from '../units/UnixTime.ts'
import * as Pressure from './Pressure.ts'

const begin = 1_599_998_400

describe('the signals of a bridge', () => {
  it('are read in their order, each with its unit and the layers it presses', () => {
    const readings = Pressure.step(Pressure.create(1), [100], [1], begin)
    expect(readings.map(({ name }) => name)).toEqual(Object.keys(Pressure.signals))
    for (const { name, unit, weight } of readings)
      expect({ unit, weight }).toEqual(Pressure.signals[name as Pressure.SignalName])
  })

  it('are neutral for two days: what has no past has no rank', () => {
    const pressure = Pressure.create(2)
    for (let i = 0; i < 48; i++) {
      pressure.netUnits[0] = i
      for (const { rank } of Pressure.step(pressure, [100 + i, 5], [1, 1], begin + i * hour))
        expect(rank).toBe(0.5)
    }
    const ranks = Pressure.step(pressure, [1_000, 5], [1, 1], begin + 48 * hour)
    expect(ranks.find(({ name }) => name === 'exposure')!.rank).toBe(1)
  })

  it('turn acute when value leaves on all sides', () => {
    const pressure = Pressure.create(3)
    let locked = 3_000
    const run = (net: number, hours: number) => {
      let readings: readonly Pressure.Reading[] = []
      for (let i = 0; i < hours; i++) {
        pressure.netUnits.fill(net + (i % 3))
        locked += 3 * (net + (i % 3))
        readings = Pressure.step(pressure, [locked / 3, locked / 3, locked / 3], [1, 1, 1], begin + i * hour)
      }
      return Object.fromEntries(readings.map(({ name, rank }) => [name, rank]))
    }
    const calm = run(1, 200)
    const flight = run(-9, 10)
    for (const name of ['breadth', 'lockedRsi', 'flow']) expect(flight[name]).toBeGreaterThan(calm[name]!)
    for (const name of ['breadth', 'lockedRsi', 'flow']) expect(flight[name]).toBeGreaterThan(0.9)
  })

  it('count a finding by its severity at once, and half of it a day later', () => {
    const pressure = Pressure.create(1)
    Pressure.noteFinding(pressure, 'high', begin)
    const counted = (at: number) =>
      Pressure.step(pressure, [1], [1], at).find(({ name }) => name === 'findings')!.value
    expect(counted(begin)).toBeCloseTo(10, 9)
    expect(counted(begin + day)).toBeCloseTo(5, 9)
  })

  it('measure concentration from one token to many, of what has a price', () => {
    const concentration = (locked: number[], cents: number[]) => {
      return Pressure.step(Pressure.create(locked.length), locked, cents, begin).at(-1)!.value
    }
    expect(concentration([100], [1])).toBe(1)
    expect(concentration([100, 100, 100, 100], [1, 1, 1, 1])).toBe(0.25)
    expect(concentration([100, 1e9], [1, Number.NaN])).toBe(1)
    expect(concentration([0, 0], [1, 1])).toBe(0)
  })

  it('law: a finding that comes late counts for what is left of it, in whatever order they come', () => {
    const findings = fc.array(
      fc.record({ severity: fc.constantFrom('low', 'medium', 'high', 'critical' as const), at: fc.nat(day) }),
      { maxLength: 10 },
    )
    fc.assert(
      fc.property(findings, (some) => {
        const read = (order: typeof some) => {
          const pressure = Pressure.create(1)
          for (const { severity, at } of order) Pressure.noteFinding(pressure, severity, begin + at)
          return Pressure.step(pressure, [1], [1], begin + 2 * day).find(({ name }) => name === 'findings')!
            .value
        }
        expect(read(some.toReversed())).toBeCloseTo(read(some), 9)
      }),
    )
  })

  it('law: every rank is between calm and acute, and a step forgets the flows it has read', () => {
    const flows = fc.array(
      fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: -1e9, max: 1e9 })),
      {
        maxLength: 120,
      },
    )
    fc.assert(
      fc.property(flows, (walk) => {
        const pressure = Pressure.create(2)
        const locked = [1e10, 1e10]
        for (const [i, net] of walk.entries()) {
          for (const token of [0, 1] as const) {
            pressure.netUnits[token] = net[token]
            locked[token]! += net[token]
          }
          const readings = Pressure.step(pressure, locked, [1, 1], begin + i * hour)
          for (const { rank } of readings) expect(rank >= 0 && rank <= 1).toBe(true)
          expect(pressure.netUnits).toEqual([0, 0])
        }
      }),
      { numRuns: 30 },
    )
  })
})
