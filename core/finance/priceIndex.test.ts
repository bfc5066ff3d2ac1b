import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceIndex } from './priceIndex.ts'

const positive = fc.double({ min: 0.01, max: 1e6, noNaN: true })
const basket = fc.array(fc.record({ quantity: positive, base: positive, price: positive }), {
  minLength: 1,
  maxLength: 6,
})

describe('price index', () => {
  it('gives two textbook examples', () => {
    // assignmentexpert.com, question 252583: 100 in 2018, 119.6 in 2019, 127 in 2020
    const [quantities, base] = [
      [15, 20, 10],
      [20, 80, 60],
    ]
    const at = (prices: number[]) =>
      priceIndex(prices.map((price, i) => ({ quantity: quantities[i]!, base: base[i]!, price })))
    expect([at([20, 80, 60]), at([40, 82, 75]), at([45, 90, 70])]).toEqual([
      100,
      expect.closeTo(119.6, 9),
      127,
    ])
    // askanewquestion.com, question 3003040: 106.12
    const others = [
      { quantity: 50, base: 60, price: 70 },
      { quantity: 20, base: 50, price: 40 },
      { quantity: 30, base: 30, price: 30 },
    ]
    expect(priceIndex(others)).toBeCloseTo(106.12, 2)
  })

  it('refuses an empty basket and prices below nothing', () => {
    expect(() => priceIndex([])).toThrow('[PRICE_INDEX_EMPTY]')
    expect(() => priceIndex([{ quantity: 1, base: 1, price: -1 }])).toThrow('[FINANCE_INPUT_INVALID]')
  })

  it('law: prices that all grow k-fold give 100·k, and the index lies between the smallest and largest growth', () => {
    fc.assert(
      fc.property(basket, positive, (items, k) => {
        expect(priceIndex(items.map((item) => ({ ...item, price: k * item.base }))) / (100 * k)).toBeCloseTo(
          1,
          9,
        )
        const growths = items.map(({ base, price }) => (100 * price) / base)
        expect(priceIndex(items)).toBeGreaterThanOrEqual(Math.min(...growths) * (1 - 1e-9))
        expect(priceIndex(items)).toBeLessThanOrEqual(Math.max(...growths) * (1 + 1e-9))
      }),
    )
  })
})
