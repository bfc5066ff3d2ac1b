import * as Pressure from '@cutwater/core/bridge/Pressure.ts'
import * as Signals from '@cutwater/core/bridge/signals/Signals.ts'
import type { Layer, PerLayer } from '@cutwater/core/ladder/Layer.ts'
import * as Layers from '@cutwater/core/ladder/Layer.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { SignalState } from './Assessment.ts'
import type { Observed } from './observe.ts'

/** Every signal as it stands: the six that a log alone feeds, then those of feeds, then those that are only watched. */
export function signalStates({ book, board, dayBefore }: Observed): readonly SignalState[] {
  const six = Object.keys(Pressure.signals).map((name) => {
    const reading = book.readings.find((each) => each.name === name)
    const before = dayBefore.find((each) => each.name === name)
    return ofPressure(name as Pressure.SignalName, reading, before, book.now)
  })
  const others = board.readings.map(({ weight, ...reading }, index): SignalState => {
    const { layer } = Signals.all[index]!
    return { ...reading, layer, presses: sum(weight) > 0 }
  })
  return [...six, ...(others.length > 0 ? others : silent())]
}

function ofPressure(
  name: Pressure.SignalName,
  reading: Pressure.Reading | undefined,
  before: Pressure.Reading | undefined,
  at: UnixTime,
): SignalState {
  const { unit, weight } = Pressure.signals[name]
  const common = { name, unit, layer: heaviest(weight), presses: true }
  if (reading === undefined || Number.isNaN(reading.value)) {
    const sentence = `${concepts[name]}: no value, because it has seen too few hours; it counts as neutral.`
    return { ...common, value: null, rank: 0.5, trend: null, asOf: null, sentence }
  }
  const { value, rank } = reading
  const trend = before === undefined || Number.isNaN(before.value) ? null : value - before.value
  const sentence = `${concepts[name]}: ${says[name](value)}; rank ${rank.toFixed(2)} in its own past.`
  return { ...common, value, rank, trend, asOf: at, sentence }
}

const concepts: Readonly<Record<Pressure.SignalName, string>> = {
  breadth: 'RSI of the A/D line',
  lockedRsi: 'RSI of value locked',
  flow: 'MACD of net flow',
  findings: 'Findings',
  exposure: 'Exposure',
  concentration: 'Concentration',
}

const says: Readonly<Record<Pressure.SignalName, (value: number) => string>> = {
  breadth: (value) => `tokens that gain against tokens that lose stand at ${value.toFixed(0)} of 100`,
  lockedRsi: (value) =>
    `value locked ${value < 50 ? 'has mostly fallen' : 'has mostly risen'} (${value.toFixed(0)} of 100)`,
  flow: (value) =>
    `outflow is ${value < -1e-9 ? 'speeding up' : 'not speeding up'} (${(100 * value).toFixed(3)}% of value locked)`,
  findings: (value) => `what the rules found in the last days weighs ${value.toFixed(1)}`,
  exposure: (value) => `$${Math.round(value).toLocaleString('en-US')} are locked`,
  concentration: (value) =>
    `value locked is as concentrated as in ${(value > 0 ? 1 / value : 0).toFixed(1)} equal tokens`,
}

/** A bridge without a closed hour: every signal, and that it has seen none. */
function silent(): SignalState[] {
  return Signals.all.map(({ name, unit, layer, concept }) => {
    const sentence = `${concept}: no value, because no hour has closed yet; it counts as neutral and presses nothing.`
    return { name, unit, layer, value: null, rank: 0.5, presses: false, trend: null, asOf: null, sentence }
  })
}

function heaviest(weight: PerLayer<number>): Layer {
  return Layers.layers.reduce((best, layer) => (weight[layer] > weight[best] ? layer : best))
}

function sum({ near, mid, far }: PerLayer<number>): number {
  return near + mid + far
}
