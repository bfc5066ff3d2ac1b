import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Fees from './Fees.ts'

const wei = fc.bigInt({ min: 0n, max: 10n ** 15n })
const none = 10n ** 30n

test('a first offer has room for the base fee to double, and tips what was paid of late', () => {
  expect(Fees.first({ baseFee: 100n, tips: [3n, 9n], floor: 5n, cap: none })).toEqual({
    maxFeePerGas: 209n,
    maxPriorityFeePerGas: 9n,
  })
  expect(Fees.first({ baseFee: 100n, tips: [], floor: 5n, cap: none }).maxPriorityFeePerGas).toBe(5n)
})

test('law: an offer above another comes before it, by tip and by price', () => {
  fc.assert(
    fc.property(wei, wei, wei, wei, (baseFee, floor, price, tip) => {
      const above = { maxFeePerGas: price, maxPriorityFeePerGas: tip }
      const offer = Fees.first({ baseFee, tips: [], floor, cap: none, above })
      expect(offer.maxFeePerGas).toBeGreaterThan(price)
      expect(offer.maxPriorityFeePerGas).toBeGreaterThan(tip)
    }),
  )
})

test('law: a replacement pays at least an eighth more of both, or there is none', () => {
  fc.assert(
    fc.property(wei, wei, wei, (price, tip, cap) => {
      const fees = { maxFeePerGas: price + tip, maxPriorityFeePerGas: tip }
      const next = Fees.bumped(fees, cap)
      if (!next) {
        expect((fees.maxFeePerGas * 9n) / 8n + 1n).toBeGreaterThanOrEqual(cap)
        return
      }
      expect(next.maxFeePerGas).toBeLessThanOrEqual(cap)
      expect(next.maxFeePerGas * 8n).toBeGreaterThanOrEqual(fees.maxFeePerGas * 9n)
      expect(next.maxPriorityFeePerGas * 8n).toBeGreaterThanOrEqual(tip * 9n)
    }),
  )
})

test('law: no offer passes the cap, and no tip its price', () => {
  fc.assert(
    fc.property(wei, wei, wei, wei, (baseFee, floor, cap, tip) => {
      const offer = Fees.first({ baseFee, tips: [tip], floor, cap })
      expect(offer.maxFeePerGas).toBeLessThanOrEqual(cap)
      expect(offer.maxPriorityFeePerGas).toBeLessThanOrEqual(offer.maxFeePerGas)
    }),
  )
})
