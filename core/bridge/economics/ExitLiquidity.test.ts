import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as ExitLiquidity from './ExitLiquidity.ts'

const usd = fc.double({ min: 1, max: 1e9, noNaN: true })
const pool = fc.record({ wrappedUsd: usd, canonicalUsd: usd, fee: fc.constantFrom(0, 0.0005, 0.003, 0.01) })

describe('exit liquidity', () => {
  it('agrees with the public record: a billion fake DOT at 0.3% into a pool of $237k fetched less than the pool', () => {
    const dot = { wrappedUsd: 237_000, canonicalUsd: 237_000, fee: 0.003 }
    expect(ExitLiquidity.of(1e9, [dot], [])).toBeCloseTo(236_943.8, 0)
    expect(ExitLiquidity.most([dot], [])).toBe(237_000)
  })

  it('is nothing where there is nowhere to sell', () => {
    expect(ExitLiquidity.of(1e6, [], [])).toBe(0)
    expect(ExitLiquidity.of(1e6, [{ wrappedUsd: 0, canonicalUsd: 100, fee: 0 }], [])).toBe(0)
    expect(ExitLiquidity.of(0, [{ wrappedUsd: 1, canonicalUsd: 1, fee: 0 }], [])).toBe(0)
  })

  it('law: 0 ≤ fetched < what pools hold, it grows with the amount, and a split is never worse than one pool', () => {
    fc.assert(
      fc.property(fc.array(pool, { minLength: 1, maxLength: 4 }), usd, (pools, amount) => {
        const fetched = ExitLiquidity.of(amount, pools, [])
        expect(fetched).toBeGreaterThanOrEqual(0)
        expect(fetched).toBeLessThan(ExitLiquidity.most(pools, []))
        expect(ExitLiquidity.of(2 * amount, pools, [])).toBeGreaterThanOrEqual(fetched * (1 - 1e-9))
        for (const each of pools)
          expect(fetched).toBeGreaterThanOrEqual(ExitLiquidity.ofPool(amount, each) * (1 - 1e-9))
      }),
    )
  })

  it('law: no other split of two pools fetches more', () => {
    fc.assert(
      fc.property(pool, pool, usd, fc.double({ min: 0, max: 1, noNaN: true }), (one, two, amount, share) => {
        const other =
          ExitLiquidity.ofPool(share * amount, one) + ExitLiquidity.ofPool((1 - share) * amount, two)
        expect(ExitLiquidity.of(amount, [one, two], [])).toBeGreaterThanOrEqual(other * (1 - 1e-9))
      }),
    )
  })
})
