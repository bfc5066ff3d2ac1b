import * as Rsi from '@cutwater/core/signals/Rsi.ts'
import { RSI } from 'trading-signals'
import type { Area } from '../harness.ts'
import { areClose } from '../harness.ts'
import { priceWalk } from './priceWalk.ts'

const period = 14
const length = 300_000

/** RSI value by value, as a live feed brings them. Both seed as Wilder does, so each value must agree. */
export const rsiStream: Area = {
  name: 'rsi-stream',
  prepare: async () => {
    const values = Array.from(priceWalk(length))
    const state = Rsi.create({ period })
    const indicator = new RSI(period)
    const agrees = areClose(
      values.map((value) => Rsi.step(state, value)),
      values.map((value) => indicator.update(value, false) ?? Number.NaN),
      1e-9,
    )
    return {
      unit: 'M values/s',
      items: length,
      target: 8,
      peer: 'trading-signals',
      agrees,
      note: 'one call per value, from a new state on; all values agree to 1e-9',
      ours: () => ourStream(values),
      theirs: () => peerStream(values),
    }
  },
}

// A loop each, since a shared one would make the engine guess whom it calls; by index, since an iterator would be
// half of what is measured.

function ourStream(values: readonly number[]): number {
  const state = Rsi.create({ period })
  let result = Number.NaN
  for (let i = 0; i < values.length; i++) result = Rsi.step(state, values[i]!)
  return result
}

function peerStream(values: readonly number[]): number | null {
  const indicator = new RSI(period)
  let result: number | null = null
  for (let i = 0; i < values.length; i++) result = indicator.update(values[i]!, false)
  return result
}
