import { describe, expect, it } from 'vitest'
import { bootstrap, wilson } from './bootstrap.ts'

describe('bootstrap', () => {
  it('gives the same interval for the same seed, and another for another', () => {
    const values = Array.from({ length: 300 }, (_, i) => Math.sin(i * i))
    const mean = (indices: Int32Array) => [indices.reduce((sum, i) => sum + values[i]!, 0) / indices.length]
    const run = (seed: number) => bootstrap(values.length, mean, { seed, draws: 200, block: 5 })
    expect(run(1)).toEqual(run(1))
    expect(run(2)).not.toEqual(run(1))
  })

  it('covers the mean of independent numbers about as wide as theory says', () => {
    const values = Array.from({ length: 400 }, (_, i) => (Math.sin(i * 12.9898) * 43_758.5453) % 1)
    const spread = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length)
    const [[low, high]] = bootstrap(
      400,
      (indices) => [indices.reduce((sum, i) => sum + values[i]!, 0) / 400],
      { seed: 3, draws: 1000, block: 1 },
    ) as [[number, number]]
    expect((high - low) / 2 / ((1.96 * spread) / 20)).toBeGreaterThan(0.85)
    expect((high - low) / 2 / ((1.96 * spread) / 20)).toBeLessThan(1.15)
  })

  it('takes blocks that stay together', () => {
    bootstrap(
      1000,
      (indices) => {
        const joined = indices.reduce(
          (count, index, i) => count + Number(i > 0 && index === (indices[i - 1]! + 1) % 1000),
          0,
        )
        expect(joined / 999).toBeGreaterThan(0.9)
        return [0]
      },
      { seed: 1, draws: 3, block: 21 },
    )
  })

  it('gives shares the interval of Wilson', () => {
    // Agresti and Coull, The American Statistician 52 (1998): 0 of 10 leaves 0 to 0.278.
    expect(wilson(0, 10)[1]).toBeCloseTo(0.278, 3)
    expect(wilson(0, 0)).toEqual([0, 1])
  })
})
