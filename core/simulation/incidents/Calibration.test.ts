import { describe, expect, test } from 'vitest'
import * as UnixTime from '../../units/UnixTime.ts'
import { calibrate, intervals } from './Calibration.ts'
import { profileOf } from './Incident.ts'
import { from, incident, to } from './incident.fixture.ts'

const many = Array.from({ length: 40 }, (_, index) => incident(index))

describe('a calibration', () => {
  test('counts attempts a year by family, thwarted ones included, and leaves other scopes out', () => {
    const mixed = [
      ...many,
      incident(3, { name: 'thwarted', loss: 0, cause: 'unbacked-mint' }),
      incident(4, { name: 'beside', scope: 'adjacent' }),
    ]
    const { perYear, count, severity } = calibrate(mixed, to)
    expect(count).toBe(41)
    expect(perYear.keys).toBeCloseTo(10, 9)
    expect(perYear.proof).toBeCloseTo(0.25, 9)
    expect(severity.keys).toMatchObject({ count: 40, pooled: false })
    expect(severity.proof).toMatchObject({ count: 0, pooled: true })
    expect(severity.proof.median).toBe(severity.keys.median)
  })

  test('takes a window that is longer than its incidents as it is', () => {
    expect(calibrate(many, to, from - 4 * UnixTime.year).perYear.keys).toBeCloseTo(5, 9)
  })

  test('reads profiles, leads and notices where they are known', () => {
    const timed = many.map((each, index) =>
      index < 10
        ? incident(index, { spanSeconds: 60, precursor: 'peer-changed', precursorLeadSeconds: 7_200 })
        : index < 20
          ? incident(index, { spanSeconds: 7_200, detectSeconds: 3_600, pauseWouldLimit: 'no' })
          : each,
    )
    const { profiles, precursorShare, lead, notice, spans, unstoppableShare } = calibrate(timed, to)
    expect(profiles).toEqual({ single: 0.5, burst: 0, hours: 0.5, days: 0 })
    expect(precursorShare).toBe(0.25)
    expect(lead.median).toBeCloseTo(7_200, 6)
    expect(notice.median).toBeCloseTo(3_600, 6)
    expect(spans.hours.median).toBeCloseTo(7_200, 6)
    expect(spans.burst.median).toBe(600)
    expect(unstoppableShare).toBe(0.25)
  })

  test('has intervals that hold its values, the same for the same seed', () => {
    const found = intervals(many, to, { seed: 5, rounds: 100 })
    expect(found).toEqual(intervals(many, to, { seed: 5, rounds: 100 }))
    for (const { value, low, high } of [found.perYear, found.medianLoss, found.sigma]) {
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
    }
  })
})

test.each([
  [{ spanSeconds: 115, badTxs: 2 as const, pauseWouldLimit: 'no' as const }, 'single'],
  [{ spanSeconds: 1_200, badTxs: 11 as const }, 'burst'],
  [{ spanSeconds: 100_800, badTxs: 'several' as const }, 'days'],
  [{ detectSeconds: 604_800, badTxs: 'many' as const }, 'days'],
  [{ pauseWouldLimit: 'partial' as const }, 'burst'],
  [{ pauseWouldLimit: 'unknown' as const }, undefined],
])('profile of %j is %s', (facts, profile) => expect(profileOf(incident(0, facts))).toBe(profile))
