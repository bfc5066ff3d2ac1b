import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Usd from './Usd.ts'

describe('Usd', () => {
  it('law: what is not nothing is worth a cent at least', () => {
    const price = fc.double({ min: 1e-9, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 30n),
        price,
        fc.integer({ min: 0, max: 24 }),
        (raw, dollars, decimals) => {
          expect(Usd.ofUnits(Number(raw), Usd.centsPerUnit(dollars, decimals))).toBeGreaterThanOrEqual(1)
        },
      ),
    )
  })

  it('law: a value is the exact one rounded up to the cent', () => {
    // Prices of four decimals and amounts worth at most 90 million dollars: the exact value in whole numbers.
    const decimals = fc.integer({ min: 0, max: 18 })
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 10n), fc.bigInt(1n, 10n ** 5n), decimals, (units, price, decimals) => {
        const exact = units * price
        const scale = 10n ** BigInt(decimals + 2)
        fc.pre(exact <= 9_000_000_000n * scale)
        const cents = Usd.ofUnits(Number(units), Usd.centsPerUnit(Number(price) / 1e4, decimals))
        expect(cents).toBe(Number((exact + scale - 1n) / scale))
      }),
      { numRuns: 1000 },
    )
  })

  it('law: a whole number of cents is not rounded up, to a billion dollars and beyond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 2, max: 18 }), (cents, decimals) => {
        const raw = BigInt(cents) * 10n ** BigInt(decimals - 2)
        expect(Usd.ofUnits(Number(raw), Usd.centsPerUnit(1, decimals))).toBe(cents)
      }),
      { numRuns: 1000 },
    )
  })

  it('law: dollars there and back are the same cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (cents) => {
        expect(Usd.fromDollars(Usd.toDollars(cents))).toBe(cents)
      }),
    )
  })

  it('is never the negative zero that JSON and charts would trip over', () => {
    expect(Object.is(Usd.ofUnits(0, 1), 0)).toBe(true)
    expect(Object.is(Usd.fromDollars(-0.001), 0)).toBe(true)
  })

  it('rounds half a cent up', () => {
    expect([0.125, -0.125, 0.375].map(Usd.fromDollars)).toEqual([13, -12, 38])
  })

  it('writes each size to the precision worth reading', () => {
    const texts = new Map([
      [0, '$0.00'],
      [-1301, '-$13.01'],
      [999_999, '$9999.99'],
      [1_000_000, '$10.0k'],
      [99_994_999, '$999.9k'],
      [99_995_000, '$1.00M'],
      [99_999_499_999, '$999.99M'],
      [99_999_500_000, '$1.00B'],
      [99_999_500_000_000, '$1.00T'],
      [-15_957_768_491, '-$159.58M'],
    ])
    expect([...texts.keys()].map(Usd.format)).toEqual([...texts.values()])
  })
})
