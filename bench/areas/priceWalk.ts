import { normal } from '@cutwater/core/simulation/Distribution.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'

/** A walk of `length` prices about 100 that never stands still: the same at each run. */
export function priceWalk(length: number): Float64Array {
  const rng = Rng.create(14)
  let logPrice = Math.log(100)
  return Float64Array.from({ length }, () => {
    logPrice += 0.01 * normal(rng)
    return Math.exp(logPrice)
  })
}
