import * as Layer from '../../ladder/Layer.ts'
import { base } from '../../ladder/Weights.ts'
import { type Instrument, multiplier } from '../account/Instrument.ts'
import type { OptionsBook } from '../book/OptionsBook.ts'
import { quote } from '../view/quote.ts'
import type { View } from '../view/View.ts'

/**
 * Calls that each layer should hold: ten for ten condors, shared out by the weights, 4/4/2 at rest (R3).
 *
 * By `premium` the weights share out the money that 4/4/2 would cost instead, at the prices of the day.
 */
export function callTargets(
  { policy: { hedge }, weights, unit }: OptionsBook,
  view: View,
  wanted: (layer: Layer.Layer) => Instrument | undefined,
): Layer.PerLayer<number> {
  const calls = hedge.perCondor * unit
  if (hedge.sizing === 'contracts') return Layer.map((layer) => calls * weights[layer])
  const prices = Layer.map((layer) => priceOf(view, wanted(layer)))
  const total = Layer.layers.reduce((sum, layer) => sum + calls * base[layer] * prices[layer], 0)
  return Layer.map((layer) => (prices[layer] > 0 ? (total * weights[layer]) / prices[layer] : 0))
}

/**
 * Whole contracts of an instrument that stand for so many calls. Futures and funds are counted by what they move with
 * VIX: a call at half a delta is 50 times the future.
 */
export function contractsFor(view: View, instrument: Instrument, calls: number): number {
  if (instrument.type === 'option') return Math.round(calls)
  const exposure = calls * 100 * halfDelta
  if (instrument.type === 'future') return Math.round(exposure / multiplier(instrument))
  const front = view.day.futures[0]?.settle
  const price = priceOf(view, instrument)
  return front === undefined || price === 0 ? 0 : Math.round((exposure * front) / price)
}

function priceOf(view: View, instrument: Instrument | undefined): number {
  return (instrument && quote(view, instrument)?.mid) ?? 0
}

const halfDelta = 0.5
