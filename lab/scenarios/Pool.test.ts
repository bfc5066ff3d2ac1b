import fc from 'fast-check'
import { test } from 'vitest'
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
