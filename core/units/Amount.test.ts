import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Amount from './Amount.ts'

const raw = fc.bigInt(-(2n ** 256n), 2n ** 256n)
const amount = fc.record({ raw, decimals: fc.integer({ min: 0, max: 40 }) })

describe('Amount', () => {
  it('law: parse(format(a)) = a', () => {
    fc.assert(
      fc.property(amount, (a) => {
        expect(Amount.parse(Amount.format(a), a.decimals)).toEqual(a)
      }),
    )
  })

  it('law: format has no zero at the end of a fraction, and no bare point', () => {
    fc.assert(
      fc.property(amount, (a) => {
        expect(Amount.format(a)).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/)
      }),
    )
  })

  it('law: rescaling finer and back is the same amount', () => {
    fc.assert(
      fc.property(amount, fc.nat(40), (a, more) => {
        const finer = Amount.rescale(a, a.decimals + more)
        expect(Amount.compare(finer, a)).toBe(0)
        expect(Amount.rescale(finer, a.decimals)).toEqual(a)
      }),
    )
  })

  it('law: rescaling is exact or refuses', () => {
    fc.assert(
      fc.property(amount, fc.nat(40), (a, decimals) => {
        const fits = decimals >= a.decimals || a.raw % 10n ** BigInt(a.decimals - decimals) === 0n
        if (fits) expect(Amount.compare(Amount.rescale(a, decimals), a)).toBe(0)
        else expect(() => Amount.rescale(a, decimals)).toThrow('[AMOUNT_TOO_FINE]')
      }),
    )
  })

  it('law: (a + b) − b = a, and a + b = b + a', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(Amount.compare(Amount.subtract(Amount.add(a, b), b), a)).toBe(0)
        expect(Amount.add(a, b)).toEqual(Amount.add(b, a))
      }),
    )
  })

  it('law: compare has the sign of the difference', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const difference = Amount.subtract(a, b).raw
        expect(Amount.compare(a, b)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0)
      }),
    )
  })

  it('reads zeros that say nothing', () => {
    expect(Amount.parse('007.5000000', 6)).toEqual(Amount.of(7_500_000n, 6))
    expect(Amount.parse('-0', 6)).toEqual(Amount.of(0n, 6))
    expect(Amount.parse('42', 0)).toEqual(Amount.of(42n, 0))
  })

  it('refuses what is not decimal text, and says where it stands', () => {
    for (const text of [
      '',
      ' ',
      '.',
      '.5',
      '5.',
      '1,000',
      '1_000',
      '1e3',
      '0x10',
      '+1',
      '--1',
      '1.2.3',
      '١',
      '1\n',
    ]) {
      expect(() => Amount.parse(text, 6), JSON.stringify(text)).toThrow('[AMOUNT_MALFORMED]')
    }
    expect(() => Amount.parse('12x', 6, 'events.csv:7')).toThrow(
      'events.csv:7: "12x" is not an amount; expected digits with at most one point, such as 13.5 [AMOUNT_MALFORMED]',
    )
    expect(() => Amount.parse('9'.repeat(1000).concat('x'), 6)).toThrow(/^"9{80}…" is not/)
  })

  it('refuses more digits than the token has, and decimals no token has', () => {
    expect(() => Amount.parse('1.0000001', 6, 'a:1')).toThrow(
      'a:1: "1.0000001" is finer than 6 decimals can hold; expected at most 6 digits after the point [AMOUNT_TOO_FINE]',
    )
    for (const decimals of [-1, 1.5, 256, Number.NaN]) {
      expect(() => Amount.parse('1', decimals)).toThrow('[AMOUNT_DECIMALS_INVALID]')
      expect(() => Amount.of(1n, decimals)).toThrow('[AMOUNT_DECIMALS_INVALID]')
      expect(() => Amount.rescale(Amount.of(1n, 6), decimals)).toThrow('[AMOUNT_DECIMALS_INVALID]')
    }
  })
})
