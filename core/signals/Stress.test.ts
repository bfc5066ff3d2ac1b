import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Stress from './Stress.ts'

const anyWeight = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e3, noNaN: true }))
const anyReading = fc.record({
  rank: fc.nat(1000).map((thousandths) => thousandths / 1000),
  weight: fc.record({ near: anyWeight, mid: anyWeight, far: anyWeight }),
})
const anyReadings = fc.array(anyReading, { maxLength: 12 })
const layers = ['near', 'mid', 'far'] as const

describe('Stress', () => {
  test('least rank ≤ stress ≤ greatest rank, for layers with weight', () => {
    fc.assert(
      fc.property(anyReadings, (readings) => {
        const stress = Stress.combine(readings)
        for (const layer of layers) {
          const ranks = readings.filter(({ weight }) => weight[layer] > 0).map(({ rank }) => rank)
          if (ranks.length === 0) expect(stress[layer]).toBe(0.5)
          else {
            expect(stress[layer]).toBeGreaterThanOrEqual(Math.min(...ranks) - 1e-12)
            expect(stress[layer]).toBeLessThanOrEqual(Math.max(...ranks) + 1e-12)
          }
          expect(stress[layer] >= 0 && stress[layer] <= 1).toBe(true)
        }
      }),
    )
  })

  test('a rank that rises never lowers the stress', () => {
    fc.assert(
      fc.property(anyReadings, anyReading, (others, reading) => {
        const before = Stress.combine([...others, reading])
        const after = Stress.combine([...others, { ...reading, rank: (reading.rank + 1) / 2 }])
        for (const layer of layers) expect(after[layer]).toBeGreaterThanOrEqual(before[layer])
      }),
    )
  })

  test('weights count only relative to each other', () => {
    fc.assert(
      fc.property(anyReadings, (readings) => {
        const quadrupled = readings.map(({ rank, weight: { near, mid, far } }) => ({
          rank,
          weight: { near: near * 4, mid: mid * 4, far: far * 4 },
        }))
        expect(Stress.combine(quadrupled)).toEqual(Stress.combine(readings))
      }),
    )
  })

  test('Σ shares = 1 for a layer under stress, and all are 0 for one without', () => {
    fc.assert(
      fc.property(anyReadings, (readings) => {
        const shares = Stress.shares(readings)
        expect(shares).toHaveLength(readings.length)
        for (const layer of layers) {
          const pull = readings.reduce((sum, { rank, weight }) => sum + rank * weight[layer], 0)
          const total = shares.reduce((sum, share) => sum + share[layer], 0)
          expect(total).toBeCloseTo(pull === 0 ? 0 : 1, 12)
        }
      }),
    )
  })

  test('a share is rank × weight over the sum of them', () => {
    const readings = [
      { rank: 0.9, weight: { near: 2, mid: 1, far: 0 } },
      { rank: 0.3, weight: { near: 2, mid: 0, far: 0 } },
    ]
    expect(Stress.combine(readings)).toEqual({ near: 0.6, mid: 0.9, far: 0.5 })
    expect(Stress.shares(readings).map(({ near }) => near)).toEqual([
      expect.closeTo(0.75),
      expect.closeTo(0.25),
    ])
  })

  test('without readings nothing is known', () => {
    expect(Stress.combine([])).toEqual({ near: 0.5, mid: 0.5, far: 0.5 })
    expect(Stress.shares([])).toEqual([])
  })

  test('refuses a rank outside 0..1 and a weight that is negative or not finite', () => {
    const weight = { near: 1, mid: 1, far: 1 }
    for (const rank of [-0.1, 1.1, Number.NaN]) {
      expect(() => Stress.combine([{ rank, weight }])).toThrow(
        /reading 0: rank is .*STRESS_RANK_OUT_OF_RANGE/,
      )
    }
    for (const far of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const readings = [
        { rank: 1, weight },
        { rank: 0, weight: { ...weight, far } },
      ]
      expect(() => Stress.combine(readings)).toThrow(/reading 1: weight\.far is .*STRESS_WEIGHT_MALFORMED/)
      expect(() => Stress.shares(readings)).toThrow('STRESS_WEIGHT_MALFORMED')
    }
  })
})
