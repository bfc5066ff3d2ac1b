import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { describe, expect, test } from 'vitest'
import { drawTransfer, sizes } from './drawTransfer.ts'

describe('honest transfers', () => {
  const draw = (seed: number, count: number) => {
    const rng = Rng.create(seed)
    return Array.from({ length: count }, () => drawTransfer(rng))
  }

  test('are the same for the same seed', () => {
    expect(draw(7, 50)).toEqual(draw(7, 50))
    expect(draw(8, 50)).not.toEqual(draw(7, 50))
  })

  test('go both ways in every coin, half of them below the median, none above the most', () => {
    const drawn = draw(1, 6_000)
    const lanes = new Set(drawn.map(({ coin, from }) => `${coin.symbol} ${from}`))
    expect(lanes.size).toBe(6)
    const below = drawn.filter(({ dollars }) => dollars < sizes.medianDollars).length / drawn.length
    // Four standard errors of a half from 6,000 draws: 4 × 0.5 ÷ √6000 = 0.026.
    expect(Math.abs(below - 0.5)).toBeLessThan(0.026)
    expect(Math.max(...drawn.map(({ dollars }) => dollars))).toBeLessThanOrEqual(sizes.mostDollars)
    expect(Math.min(...drawn.map(({ dollars }) => dollars))).toBeGreaterThanOrEqual(1)
  })
})
