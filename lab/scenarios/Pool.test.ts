import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Pool from './Pool.ts'

const reserve = fc.bigInt({ min: 1_000n, max: 10n ** 24n })
const amount = fc.bigInt({ min: 1n, max: 10n ** 24n })

test('a trade never makes the product of the reserves smaller, and never empties the pair', () => {
  fc.assert(
    fc.property(reserve, reserve, amount, (x, y, a) => {
      const out = Pool.paid(x, y, a)
      expect(out).toBeLessThan(y)
      expect((x + a) * (y - out)).toBeGreaterThanOrEqual(x * y)
    }),
  )
})

test('there and back again leaves less than before', () => {
  fc.assert(
    fc.property(reserve, reserve, amount, (x, y, a) => {
      const bought = Pool.paid(x, y, a)
      expect(Pool.paid(y - bought, x + a, bought)).toBeLessThanOrEqual(a)
    }),
  )
})
