import { format, hour, type UnixTime } from '../../units/UnixTime.ts'
import type { Measure } from '../Observation.ts'
import type { FeedName } from './Feed.ts'
import * as Feed from './Feed.ts'

/** The newest reading of each source, by feed and what it is about: as many as there are feeds, never more. */
export type State = Map<string, Map<string, Measure>>

/** What a feed says at a moment. Two sources that agree count as their middle; doubts are said, and count as nothing. */
export type Answer = { readonly known: true; readonly value: number; readonly asOf: UnixTime } | Silence

/** Why a feed says nothing: nobody feeds it, or what is fed is in doubt. */
export type Silence = { readonly known: false; readonly missing: boolean; readonly why: string }

export function create(): State {
  return new Map()
}

/** Takes a reading in place of the same source's last one; an older one changes nothing. */
export function take(measures: State, measure: Measure): void {
  const key = keyOf(measure.name, measure.of)
  const sources = measures.get(key) ?? new Map<string, Measure>()
  const before = sources.get(measure.source)
  if (before === undefined || before.asOf <= measure.asOf) sources.set(measure.source, measure)
  measures.set(key, sources)
}

/**
 * What a feed says at `at`.
 *
 * Stale, absurd and contradictory readings are no readings: the answer is why.
 */
export function read(measures: State, name: FeedName, of: string, at: UnixTime): Answer {
  const sources = measures.get(keyOf(name, of))
  if (sources === undefined) return missing(`${name}${of === '' ? '' : ` of ${of}`}`)
  const sound: Measure[] = []
  let why = ''
  for (const measure of sources.values()) {
    const wrong = faultAt(measures, measure, at)
    if (wrong === null) sound.push(measure)
    else why = wrong
  }
  if (sound.length === 0) return { known: false, missing: false, why }
  sound.sort((a, b) => a.value - b.value)
  const contradiction = contradictionOf(sound)
  if (contradiction !== null) return { known: false, missing: false, why: contradiction }
  const middle = (sound[(sound.length - 1) >> 1]!.value + sound[sound.length >> 1]!.value) / 2
  return { known: true, value: middle, asOf: Math.max(...sound.map(({ asOf }) => asOf)) }
}

/** The answer of a feed that nobody feeds. */
export function missing(what: string): Silence {
  return { known: false, missing: true, why: `no ${what} is fed` }
}

/** What a feed says of everything it is about, in order of first reading. */
export function readAll(measures: State, name: FeedName, at: UnixTime): readonly About[] {
  const answers: About[] = []
  for (const sources of measures.values()) {
    const [first] = sources.values()
    if (first?.name === name) answers.push({ of: first.of, answer: read(measures, name, first.of, at) })
  }
  return answers
}

export type About = { readonly of: string; readonly answer: Answer }

/** Everything that is wrong with what is fed, one clause each. */
export function doubts(measures: State, at: UnixTime): string[] {
  const found: string[] = []
  for (const sources of measures.values()) {
    const sound: Measure[] = []
    for (const measure of sources.values()) {
      const wrong = faultAt(measures, measure, at)
      if (wrong === null) sound.push(measure)
      else found.push(wrong)
    }
    const contradiction = contradictionOf(sound.sort((a, b) => a.value - b.value))
    if (contradiction !== null) found.push(contradiction)
  }
  return found
}

function faultAt(measures: State, measure: Measure, at: UnixTime): string | null {
  const wrong = Feed.fault(measure)
  if (wrong !== null) return wrong
  const feed = Feed.of(measure.name)!
  const age = at - measure.asOf
  if (age > feed.freshSeconds)
    return `${Feed.label(measure)} is ${Math.round(age / hour)} h old (${format(measure.asOf)}); at most ${Math.round(feed.freshSeconds / hour)} h would be right`
  return feed.about === 'token' && measure.name !== 'decimals' ? scaleFault(measures, measure.of) : null
}

// A token whose decimals make no sense makes nonsense of every amount of it.
function scaleFault(measures: State, of: string): string | null {
  for (const measure of measures.get(keyOf('decimals', of))?.values() ?? []) {
    const wrong = Feed.fault(measure)
    if (wrong !== null) return wrong
  }
  return null
}

function contradictionOf(sorted: readonly Measure[]): string | null {
  const [low, high] = [sorted[0], sorted.at(-1)]
  if (low === undefined || high === undefined || low === high) return null
  const middle = (low.value + high.value) / 2
  if (high.value - low.value <= Feed.of(low.name)!.apart * Math.abs(middle)) return null
  return `${Feed.label(low)} says ${low.value} and ${high.source} says ${high.value}`
}

function keyOf(name: string, of: string): string {
  return `${name}:${of}`
}
