import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as PercentileRank from './PercentileRank.ts'
import { anyValues, signalContract } from './signal.contract.ts'

const settings = { window: 20, minimum: 5 }

signalContract<PercentileRank.State>('PercentileRank', {
  create: () => PercentileRank.create(settings),
  step: PercentileRank.step,
  series: (values, out) => PercentileRank.series(values, settings, out),
})

describe('PercentileRank', () => {
  test('rank = (past below + half of the ties) / past, the past being the values before this one', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        PercentileRank.series(values, settings).forEach((rank, i) => {
          const past = values.slice(Math.max(0, i - 20), i)
          const below = past.filter((other) => other < values[i]!).length
          const ties = past.filter((other) => other === values[i]!).length
          expect(rank).toBeCloseTo(past.length < 5 ? 0.5 : (below + ties / 2) / past.length, 12)
        })
      }),
    )
  })

  test('0 ≤ rank ≤ 1', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        expect(PercentileRank.series(values, settings).every((rank) => rank >= 0 && rank <= 1)).toBe(true)
      }),
    )
  })

  test('rank(f(values)) = rank(values) for a rising f', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 60 }), (numbers) => {
        const values = Float64Array.from(numbers)
        const cubes = values.map((value) => value ** 3 + 1)
        expect(PercentileRank.series(cubes, settings)).toEqual(PercentileRank.series(values, settings))
      }),
    )
  })

  test('is neutral until the minimum has been seen, and for a value like all of its past', () => {
    const ranks = PercentileRank.series(Float64Array.of(1, 2, 9, 9, 9, 9), { window: 3, minimum: 2 })
    expect([...ranks]).toEqual([0.5, 0.5, 1, 2.5 / 3, 2 / 3, 0.5])
  })

  test('peek gives the rank that step would, and changes nothing', () => {
    const state = PercentileRank.create({ window: 4, minimum: 1 })
    for (const value of [4, 1, 3, 2, 5]) PercentileRank.step(state, value)
    expect(PercentileRank.peek(state, 3)).toBe(2.5 / 4)
    expect(PercentileRank.step(state, 3)).toBe(2.5 / 4)
    expect(PercentileRank.peek(state, 3)).toBe((1 + 2 / 2) / 4)
  })

  test('refuses a minimum that the window can never reach', () => {
    expect(() => PercentileRank.create({ window: 4, minimum: 5 })).toThrow(
      'minimum is 5 of a window of 4; expected no more than the window can hold',
    )
    expect(() => PercentileRank.create({ window: 4, minimum: 0 })).toThrow('minimum is 0')
  })
})
