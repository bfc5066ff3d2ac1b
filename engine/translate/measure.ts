import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import * as BridgeBench from './bench/BridgeBench.ts'
import * as OptionsBench from './bench/OptionsBench.ts'
import * as Scores from './bench/Scores.ts'
import type { Ablation, Row } from './concepts/Row.ts'
import type { Concept, Replayed, Side } from './Translation.ts'
import { type Reading, readingOf, usefulBp, verdictOf } from './verdictOf.ts'

/** The benches to measure on; without a market the options side stays unmeasured. */
export type Benches = {
  readonly options: OptionsBench.OptionsBench | undefined
  readonly bridge: BridgeBench.BridgeBench
}

/** A row measured on both sides and judged by the one rule. */
export function measure(row: Row, benches: Benches, replayed: Replayed | null = null): Concept {
  const { name, group, options, bridge, note } = row
  const there = sideOf(options, accountUnit, benches.options && scorer(benches.options))
  const here = sideOf(bridge, bridgeUnit, (kase) => BridgeBench.scores(benches.bridge, kase))
  const [left, right] = [intervalOf(there), intervalOf(here)]
  const says = left === undefined || right === undefined ? missingIn(there, here) : saysOf(left, right)
  return {
    name,
    group,
    options: there,
    bridge: { ...here, ...replayOf(row, replayed) },
    verdict: verdictOf(left, right),
    why: note === undefined ? says : `${says} ${note}`,
  }
}

function replayOf({ replays }: Row, replayed: Replayed | null): Pick<Side, 'replaySavedUsd'> {
  const found = replayed?.signals.find(({ name }) => name === replays)
  return found === undefined ? {} : { replaySavedUsd: found.savedUsd }
}

const accountUnit = 'basis points of the account a year'
const bridgeUnit = 'basis points of the value locked a year'

function saysOf(left: Estimate, right: Estimate): string {
  const [there, here] = [readingOf(left), readingOf(right)]
  if (there === here && there !== 'open') return alike[there]
  const isUseless = here === 'open' && right.high < usefulBp
  return `${options[there]}; ${isUseless ? 'it can be of no use to the bridge' : bridge[here]}.`
}

function missingIn(there: Side, here: Side): string {
  const parts = [
    ...(there.effect === null ? [`In the options book: ${there.measured}.`] : []),
    ...(here.effect === null ? [`On the bridge: ${here.measured}.`] : []),
  ]
  return parts.join(' ')
}

const alike: Readonly<Record<Exclude<Reading, 'open'>, string>> = {
  helps: 'It helps both.',
  harms: 'It costs both more than it saves: what carries over is the loss.',
  nothing: 'It makes no difference worth a basis point to either.',
}

const options: Readonly<Record<Reading, string>> = {
  helps: 'It helps the options book',
  harms: 'It costs the options book more than it saves',
  nothing: 'It makes no difference worth a basis point to the options book',
  open: 'The options record is too short to tell',
}

const bridge: Readonly<Record<Reading, string>> = {
  helps: 'it helps the bridge',
  harms: 'it costs the bridge more than it saves',
  nothing: 'it makes no difference worth a basis point to the bridge',
  open: 'the record of attacks is too short to tell whether it helps the bridge',
}

function scorer(bench: OptionsBench.OptionsBench) {
  return (kase: OptionsBench.OptionsCase) => OptionsBench.scores(bench, kase)
}

function sideOf<Case>(
  ablation: Ablation<Case>,
  unit: string,
  score: ((kase: Case) => Scores.Scores) | undefined,
): Side {
  const { definition } = ablation
  if ('missing' in ablation) return { definition, measured: ablation.missing, ...unmeasured(unit) }
  if ('found' in ablation) {
    const { value, low, high } = ablation.found
    return { definition, measured: ablation.measured, unit, effect: value, low, high }
  }
  if (score === undefined) return { definition, measured: 'no market data', ...unmeasured(unit) }
  const { measured, on, off } = ablation
  const { value, low, high } = Scores.difference(score(on), off.map(score))
  return { definition, measured, unit, effect: value, low, high }
}

function unmeasured(unit: string) {
  return { unit, effect: null, low: null, high: null }
}

function intervalOf({ effect, low, high }: Side) {
  return effect === null ? undefined : { value: effect, low: low!, high: high! }
}
