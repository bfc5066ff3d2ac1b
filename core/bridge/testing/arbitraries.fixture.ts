import fc from 'fast-check'
import { day, hour } from '../../units/UnixTime.ts'
import type { Wish } from './traffic.ts'

/** Amounts from dust to far beyond what a double can count. */
export const hugeAmount: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt({ min: 1n, max: 1_000n }),
  fc.bigInt({ min: 1n, max: 10n ** 24n }),
  fc.bigInt({ min: 2n ** 60n, max: 2n ** 256n - 1n }),
)

/** Amounts as people send them, in raw units of six to eighteen decimals. */
export const usualAmount: fc.Arbitrary<bigint> = fc.bigInt({ min: 1n, max: 10n ** 22n })

/** What people would like to send, close together or days apart, and how long its in leg takes. */
export function wishes(amount: fc.Arbitrary<bigint> = usualAmount, maxLength = 60): fc.Arbitrary<Wish[]> {
  return fc.array(
    fc.record({
      token: fc.nat(2),
      from: fc.nat(2),
      to: fc.nat(2),
      amount,
      wait: fc.oneof(fc.constant(0), fc.nat(2 * hour), fc.nat(2 * day)),
      delay: fc.oneof(fc.constant(0), fc.nat(hour), fc.nat(2 * day)),
    }),
    { maxLength },
  )
}
