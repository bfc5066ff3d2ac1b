import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, hour, minute } from '../units/UnixTime.ts'
import * as Ratchet from './Ratchet.ts'

// Adding zero makes 0 of -0, which no law here tells apart but `toBe` does.
const level = fc.double({ min: -10, max: 10, noNaN: true }).map((value) => value + 0)
const span = fc.integer({ min: 0, max: 2 * day })
const settings: fc.Arbitrary<Ratchet.Settings> = fc.record({
  halfLifeSeconds: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 * day })),
  dwellSeconds: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: day })),
  maxPerHour: fc.oneof(
    fc.constant(0),
    fc.double({ min: 0.001, max: 20, noNaN: true }),
    fc.constant(Infinity),
  ),
})
const walk = fc.array(fc.record({ target: level, wait: fc.integer({ min: -hour, max: day }) }), {
  maxLength: 40,
})

describe('Ratchet', () => {
  it('law: the value is never below the target', () => {
    checkWalk((_before, target, value) => {
      expect(value).toBeGreaterThanOrEqual(target)
    })
  })

  it('law: a higher target counts at once, and nothing else ever raises the value', () => {
    checkWalk((before, target, value) => {
      if (target >= before.value) expect(value).toBe(target)
      else expect(value).toBeLessThanOrEqual(before.value)
    })
  })

  it('law: the value falls by no more than maxPerHour allows', () => {
    checkWalk((before, _target, value, after, { maxPerHour }) => {
      const hours = (after.at - before.at) / hour
      const allowed = hours === 0 ? 0 : hours * maxPerHour
      expect(before.value - value).toBeLessThanOrEqual(allowed + 1e-12)
    })
  })

  it('law: nothing falls within the dwell time after a rise', () => {
    checkWalk((before, target, value, after, { dwellSeconds }) => {
      if (target < before.value && after.at <= before.raisedAt + dwellSeconds)
        expect(value).toBe(before.value)
    })
  })

  it('law: the gap falls no faster than its half-life', () => {
    checkWalk((before, target, value, after, { halfLifeSeconds }) => {
      if (target >= before.value || halfLifeSeconds === 0) return
      const least = (before.value - target) * 2 ** (-(after.at - before.at) / halfLifeSeconds)
      expect(value - target).toBeGreaterThanOrEqual(least - 1e-12)
    })
  })

  it('law: with a constant target, steps at any cadence agree within 1e-9', () => {
    const given = fc.tuple(level, level, settings, fc.array(span, { minLength: 1, maxLength: 50 }))
    fc.assert(
      fc.property(given, ([from, target, knobs, waits]) => {
        const often = Ratchet.start(Math.max(from, target), 0)
        const once = { ...often }
        let at = 0
        for (const wait of waits) {
          at += wait
          Ratchet.step(often, target, at, knobs)
        }
        const value = Ratchet.step(once, target, at, knobs)
        expect(Math.abs(value - often.value)).toBeLessThanOrEqual(1e-9)
        expect(once.at).toBe(often.at)
      }),
      { numRuns: 1000 },
    )
  })

  it('law: a step back in time takes nothing off and does not turn the clock back', () => {
    fc.assert(
      fc.property(level, level, span, settings, (value, target, back, knobs) => {
        const ratchet = Ratchet.start(value, 10 * day)
        expect(Ratchet.step(ratchet, target, 10 * day - back, knobs)).toBe(Math.max(value, target))
        expect(ratchet.at).toBe(10 * day)
      }),
    )
  })

  it('falls in a straight line while the half-life alone would be too fast, then by the half-life', () => {
    // From 1 with a half-life of one hour and 0.25 an hour: the two speeds meet at a gap of 0.25 / ln 2.
    const knobs = { halfLifeSeconds: hour, dwellSeconds: 0, maxPerHour: 0.25 }
    const bend = 0.25 / Math.LN2
    const untilBend = ((1 - bend) / 0.25) * hour
    const value = (after: number) => Ratchet.step(Ratchet.start(1, 0), 0, after, knobs)
    expect(value(hour)).toBeCloseTo(0.75, 12)
    expect(value(2 * hour)).toBeCloseTo(0.5, 12)
    expect(value(untilBend)).toBeCloseTo(bend, 12)
    expect(value(untilBend + 2 * hour)).toBeCloseTo(bend / 4, 12)
  })

  it('agrees with the differential equation integrated in small steps', () => {
    const knobs = { halfLifeSeconds: 2 * hour, dwellSeconds: 30 * minute, maxPerHour: 0.2 }
    const exact = Ratchet.step(Ratchet.start(1, 0), 0.1, 8 * hour, knobs)
    let value = 1
    for (let at = 30 * minute; at < 8 * hour; at++) {
      value -= Math.min(((value - 0.1) * Math.LN2) / knobs.halfLifeSeconds, knobs.maxPerHour / hour)
    }
    expect(exact).toBeCloseTo(value, 4)
  })

  it('a second rise starts the dwell time again', () => {
    const knobs = { halfLifeSeconds: 0, dwellSeconds: hour, maxPerHour: Infinity }
    const ratchet = Ratchet.start(0, 0)
    Ratchet.step(ratchet, 0.5, minute, knobs)
    Ratchet.step(ratchet, 0.6, 50 * minute, knobs)
    expect(Ratchet.step(ratchet, 0, 90 * minute, knobs)).toBe(0.6)
    expect(Ratchet.step(ratchet, 0, 111 * minute, knobs)).toBe(0)
  })

  it('refuses what is no number and leaves the state as it was', () => {
    const knobs = { halfLifeSeconds: 1, dwellSeconds: 1, maxPerHour: 1 }
    const ratchet = Ratchet.start(0.5, 100)
    expect(() => Ratchet.step(ratchet, Number.NaN, 200, knobs)).toThrow('[RATCHET_STEP_INVALID]')
    expect(() => Ratchet.step(ratchet, 1, Number.NaN, knobs)).toThrow('[RATCHET_STEP_INVALID]')
    for (const wrong of [-1, Number.NaN]) {
      for (const key of ['halfLifeSeconds', 'dwellSeconds', 'maxPerHour'] as const) {
        const step = () => Ratchet.step(ratchet, 1, 200, { ...knobs, [key]: wrong })
        expect(step).toThrow('[RATCHET_SETTINGS_INVALID]')
      }
    }
    expect(ratchet).toEqual({ value: 0.5, at: 100, raisedAt: 100 })
  })
})

type Check = (
  before: Ratchet.State,
  target: number,
  value: number,
  after: Ratchet.State,
  knobs: Ratchet.Settings,
) => void

/** Checks each step of a walk whose targets rise and fall and whose clock sometimes jumps back. */
function checkWalk(check: Check): void {
  fc.assert(
    fc.property(level, settings, walk, (first, knobs, steps) => {
      const ratchet = Ratchet.start(first, 0)
      for (const { target, wait } of steps) {
        const before = { ...ratchet }
        const value = Ratchet.step(ratchet, target, before.at + wait, knobs)
        expect(value).toBe(ratchet.value)
        check(before, target, value, ratchet, knobs)
      }
    }),
    { numRuns: 300 },
  )
}
