import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromDollars } from '../../units/Usd.ts'
import * as Severity from './Severity.ts'

const order: readonly Severity.Severity[] = ['low', 'medium', 'high', 'critical']
const usd = fc.nat(1e15)

describe('Severity', () => {
  it('goes by the share of what is locked', () => {
    const of = (dollars: number) => Severity.of(fromDollars(dollars), fromDollars(100e6))
    expect([of(9_999), of(10_000), of(99_999), of(100_000)]).toEqual(['low', 'medium', 'medium', 'high'])
    expect([of(999_999), of(1_000_000)]).toEqual(['high', 'critical'])
  })

  it('where nothing is locked everything is critical, from an oddity on', () => {
    expect(Severity.of(Severity.oddity - 1, 0)).toBe('low')
    expect(Severity.of(Severity.oddity, 0)).toBe('critical')
  })

  it('law: less than an oddity is low on a bridge of any size', () => {
    fc.assert(
      fc.property(fc.nat(Severity.oddity - 1), usd, (little, locked) => {
        expect(Severity.of(little, locked)).toBe('low')
      }),
    )
  })

  it('law: it never falls as the value grows, and never rises as the bridge does', () => {
    fc.assert(
      fc.property(usd, usd, usd, (a, b, locked) => {
        const rank = (value: number, of: number) => order.indexOf(Severity.of(value, of))
        expect(rank(Math.min(a, b), locked)).toBeLessThanOrEqual(rank(Math.max(a, b), locked))
        expect(rank(locked, Math.min(a, b))).toBeGreaterThanOrEqual(rank(locked, Math.max(a, b)))
      }),
    )
  })

  it('of an unknown value is medium: somebody looks, nothing stops', () => {
    expect(Severity.of(null, 0)).toBe('medium')
    expect(Severity.isHard('medium')).toBe(false)
  })

  it('is hard from high on; what is only a sign is softened to medium at most', () => {
    expect(order.map(Severity.isHard)).toEqual([false, false, true, true])
    expect(order.map(Severity.soften)).toEqual(['low', 'medium', 'medium', 'medium'])
  })
})
