import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quickRatio } from './quickRatio.ts'

const money = fc.double({ min: 0.01, max: 1e12, noNaN: true })

describe('quick ratio', () => {
  it('gives a textbook example', () => {
    // forum.theanalystspace.com, thread 105166: 12M of cash and securities and 3M of receivables to 60M due, 0.25
    const position = { liquid: 12e6 + 3e6, cover: 0, claims: 60e6, withdrawals: 0 }
    expect(quickRatio(position)).toBe(0.25)
  })

  it('refuses less than nothing, and is null where nothing is due', () => {
    expect(() => quickRatio({ liquid: -1, cover: 0, claims: 1, withdrawals: 0 })).toThrow(
      '[FINANCE_INPUT_INVALID]',
    )
    expect(quickRatio({ liquid: 1, cover: 0, claims: 0, withdrawals: 0 })).toBeNull()
  })

  it('law: cover counts as cash, withdrawals count as claims, and the currency does not count', () => {
    fc.assert(
      fc.property(money, money, money, money, (liquid, cover, claims, withdrawals) => {
        const ratio = quickRatio({ liquid, cover, claims, withdrawals })!
        expect(quickRatio({ liquid: cover, cover: liquid, claims: withdrawals, withdrawals: claims })).toBe(
          ratio,
        )
        const others = {
          liquid: 2 * liquid,
          cover: 2 * cover,
          claims: 2 * claims,
          withdrawals: 2 * withdrawals,
        }
        expect(quickRatio(others)).toBe(ratio)
      }),
    )
  })
})
