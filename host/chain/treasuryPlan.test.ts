import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stepTowards } from './treasuryPlan.ts'

// Two splits in basis points, and how far any share may move.
const split = fc
  .tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }))
  .map(([a, b]) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)]
    return [low, high - low, 10_000 - high] as const
  })

test('law: a step is whole, moves no share faster than allowed, and none beyond its way by more than rounding', () => {
  fc.assert(
    fc.property(split, split, fc.integer({ min: 0, max: 10_000 }), (from, to, most) => {
      const next = stepTowards(from, to, most)
      expect(next[0] + next[1] + next[2]).toBe(10_000)
      for (const layer of [0, 1, 2] as const) {
        expect(Math.abs(next[layer] - from[layer])).toBeLessThanOrEqual(most)
        expect(next[layer]).toBeGreaterThanOrEqual(Math.min(from[layer], to[layer]) - 2)
        expect(next[layer]).toBeLessThanOrEqual(Math.max(from[layer], to[layer]) + 2)
      }
    }),
  )
})

test('what is within reach is reached, and what is not in parts', () => {
  expect(stepTowards([4_000, 4_000, 2_000], [3_500, 4_600, 1_900], 1_000)).toEqual([3_500, 4_600, 1_900])
  // 300 of 600 less two points for rounding: 298/600 of the way.
  expect(stepTowards([4_000, 4_000, 2_000], [3_400, 4_600, 2_000], 300)).toEqual([3_702, 4_298, 2_000])
  expect(stepTowards([4_000, 4_000, 2_000], [3_400, 4_600, 2_000], 0)).toEqual([4_000, 4_000, 2_000])
})
