import type { PerLayer } from '../../ladder/Layer.ts'
import * as PercentileRank from '../../signals/PercentileRank.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import type * as Pressure from '../Pressure.ts'
import { rankWindow } from '../Pressure.ts'
import type { Sight, Signal } from './Signal.ts'
import type { View } from './View.ts'

/** What a list of signals remembers, in the list's order; plain data. */
export type State = { readonly memories: readonly Memory[]; readings: readonly Reading[] }

type Memory = { readonly state: unknown; readonly ranks: PercentileRank.State | null; readonly day: number[] }

/** One signal at one hour; without a value it is neutral, and the sentence says why. */
export type Reading = {
  readonly name: string
  readonly unit: string
  /** null where there is no data, or none that can be believed */
  readonly value: number | null
  /** 0 calm to 1 acute; 0.5 while there is no value or not enough past */
  readonly rank: number
  /** what it counts for: nothing while the rank says nothing */
  readonly weight: PerLayer<number>
  /** change of the value within a day; null until it is known */
  readonly trend: number | null
  readonly asOf: UnixTime | null
  readonly sentence: string
}

export function create(signals: readonly Signal<unknown>[]): State {
  return { memories: signals.map(remember), readings: [] }
}

/** Closes an hour: every signal takes one step, in order, and may read the values of those before it. */
export function step(board: State, signals: readonly Signal<unknown>[], view: View): readonly Reading[] {
  board.readings = signals.map((signal, index) => {
    const memory = board.memories[index]!
    const reading = read(signal, memory, signal.step(memory.state, view))
    if (reading.value !== null) view.values.set(signal.name, reading.value)
    return reading
  })
  return board.readings
}

/** Those that press: with a value, a rank and a weight. */
export function pressing({ readings }: State): Pressure.Reading[] {
  return readings.flatMap(({ name, value, unit, rank, weight }) => {
    const presses = weight.near + weight.mid + weight.far > 0
    return value === null || !presses ? [] : [{ name, value, unit, rank, weight }]
  })
}

function remember(signal: Signal<unknown>): Memory {
  return {
    state: signal.create(),
    ranks: signal.acute === 'scale' ? null : PercentileRank.create(rankWindow),
    day: [],
  }
}

function read(signal: Signal<unknown>, memory: Memory, sight: Sight): Reading {
  const { name, unit, presses, concept } = signal
  if ('why' in sight) {
    const sentence = `${concept}: no value, because ${sight.why}; it counts as neutral and presses nothing.`
    return {
      name,
      unit,
      value: null,
      rank: PercentileRank.neutral,
      weight: none,
      trend: null,
      asOf: null,
      sentence,
    }
  }
  const { value, asOf, says, scale } = sight
  const { rank, isRanked } = rankOf(signal, memory, value, scale)
  const trend = trendOf(memory, value)
  const standing = isRanked
    ? `rank ${rank.toFixed(2)}${memory.ranks === null ? ' on its scale' : ' in its own past'}`
    : 'too little past to rank it'
  const sentence = `${concept}: ${says}; ${standing}.`
  return { name, unit, value, rank, weight: isRanked ? presses : none, trend, asOf, sentence }
}

function rankOf({ acute }: Signal<unknown>, { ranks }: Memory, value: number, scale: number | undefined) {
  if (ranks === null) return { rank: scale ?? PercentileRank.neutral, isRanked: scale !== undefined }
  const isRanked = ranks.past.size >= ranks.minimum
  return { rank: PercentileRank.step(ranks, acute === 'low' ? -value : value), isRanked }
}

function trendOf({ day }: Memory, value: number): number | null {
  day.push(value)
  return day.length > hoursADay ? value - day.shift()! : null
}

const hoursADay = 24
const none = { near: 0, mid: 0, far: 0 }
