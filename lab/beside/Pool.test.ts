import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Pool from './Pool.ts'

const reserve = fc.bigInt({ min: 1_000n, max: 10n ** 24n })
// Three large numbers that hang together are not made small within an hour.
const atOnce = { endOnFailure: true }
const amount = fc.bigInt({ min: 1n, max: 10n ** 24n })

test('a trade never makes the product of the reserves smaller, and never empties the pair', () => {
  fc.assert(
    fc.property(reserve, reserve, amount, (x, y, a) => {
      const out = Pool.paid(x, y, a)
      return out < y && (x + a) * (y - out) >= x * y
    }),
    atOnce,
  )
})

test('there and back again leaves no more than before', () => {
  fc.assert(
    fc.property(reserve, reserve, amount, (x, y, a) => {
      const bought = Pool.paid(x, y, a)
      return Pool.paid(y - bought, x + a, bought) <= a
    }),
    atOnce,
  )
})

test('selling to par earns, and selling a thousandth more or less earns no more', () => {
  const gain = (x: bigint, y: bigint, a: bigint) => Pool.paid(x, y, a) - a
  fc.assert(
    fc.property(
      fc.bigInt({ min: 10n ** 9n, max: 10n ** 14n }),
      fc.integer({ min: 1_004, max: 1_500 }),
      (x, per) => {
        const y = (x * BigInt(per)) / 1_000n
        const best = Pool.toPar(x, y)
        const most = gain(x, y, best)
        // Two units are what rounding down can be off by.
        const others = [best - best / 1_000n, best + best / 1_000n].map((a) => gain(x, y, a))
        return most > 0n && others.every((each) => each <= most + 2n)
      },
    ),
  )
})

test('within its fee a pair is left alone', () => {
  expect(Pool.toPar(2_000_000n, 2_006_000n)).toBe(0n)
  expect(Pool.toPar(2_000_000n, 2_000_000n)).toBe(0n)
})
