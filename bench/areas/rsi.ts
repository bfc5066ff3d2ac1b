import * as Rsi from '@cutwater/core/signals/Rsi.ts'
import { IndicatorsSync } from '@ixjb94/indicators'
import type { Area } from '../harness.ts'
import { areClose } from '../harness.ts'
import { priceWalk } from './priceWalk.ts'

const period = 14
const length = 1_000_000

/** Batch RSI against the fastest batch peer found on npm. Both seed as Wilder does, so each value must agree. */
export const rsi: Area = {
  name: 'rsi',
  prepare: async () => {
    const values = priceWalk(length)
    const plain = Array.from(values)
    const out = new Float64Array(length)
    const peer = new IndicatorsSync()
    const agrees = areClose(Rsi.series(values, { period }).subarray(period), peer.rsi(plain, period), 1e-9)
    return {
      unit: 'M values/s',
      items: length,
      target: 3,
      peer: '@ixjb94/indicators',
      agrees,
      note: 'ours writes into an array that is used again, which the peer has no way to do; all values agree to 1e-9',
      ours: () => Rsi.series(values, { period }, out),
      theirs: () => peer.rsi(plain, period),
      variants: [
        { name: 'with a new array each time', of: 'ours', run: () => Rsi.series(values, { period }) },
      ],
    }
  },
}
