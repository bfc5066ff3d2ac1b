import type { UnixTime } from '../../units/UnixTime.ts'
import { hour } from '../../units/UnixTime.ts'
import type { Measure } from '../Observation.ts'
import { begin, gold, lead, silver } from '../testing/sampleBridge.ts'
import * as Board from './Board.ts'
import type { FeedName } from './Feed.ts'
import * as Feed from './Feed.ts'
import * as Measures from './Measures.ts'
import type { Signal } from './Signal.ts'
import * as Tally from './Tally.ts'
import type { View } from './View.ts'

/** A reading that fits its feed, taken at `begin` unless it says otherwise. */
export function measure(name: FeedName, of: string, value: number, parts: Partial<Measure> = {}): Measure {
  const at = parts.at ?? begin
  return {
    kind: 'measure',
    at,
    asOf: at,
    name,
    of,
    value,
    unit: Feed.feeds[name].unit,
    source: 'test',
    ...parts,
  }
}

/** What there is to see at `begin`: $300 of gold and $100 of silver locked, and what is fed. */
export function viewOf(measures: readonly Measure[] = [], parts: Partial<View> = {}): View {
  const state = Measures.create()
  for (const each of measures) Measures.take(state, each)
  return {
    at: begin,
    tokens: [gold, silver, lead],
    lockedByToken: [300, 100, Number.NaN],
    locked: 400,
    measures: state,
    tally: null,
    values: new Map(),
    ...parts,
  }
}

/** A tally of nothing for the three tokens. */
export function emptyTally(): Tally.State {
  return Tally.create(3)
}

/** One step of one signal. */
export function sightOf(signal: Signal<unknown>, view: View) {
  return signal.step(signal.create(), view)
}

/** The value of one step; fails where there is none. */
export function numberOf(signal: Signal<unknown>, view: View): number {
  const sight = sightOf(signal, view)
  if ('why' in sight) throw new Error(`${signal.name} sees nothing: ${sight.why}`)
  return sight.value
}

/** Why one step sees nothing; '' where it sees something. */
export function whyOf(signal: Signal<unknown>, view: View): string {
  const sight = sightOf(signal, view)
  return 'why' in sight ? sight.why : ''
}

/** The readings of a list of signals over views, one an hour. */
export function readingsOver(
  signals: readonly Signal<unknown>[],
  views: readonly View[],
): (readonly Board.Reading[])[] {
  const board = Board.create(signals)
  return views.map((view) => Board.step(board, signals, view))
}

export function hoursAfter(hours: number): UnixTime {
  return begin + hours * hour
}
