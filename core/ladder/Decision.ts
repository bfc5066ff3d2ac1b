import * as UnixTime from '../units/UnixTime.ts'
import type { PerLayer } from './Layer.ts'
import * as Layer from './Layer.ts'
import type { Weights } from './Weights.ts'

/** What the ladder decided, with a reason for each part of it. */
export type Decision = {
  readonly at: UnixTime.UnixTime
  readonly weights: Weights
  readonly stress: PerLayer<number>
  readonly reasons: readonly Reason[]
  readonly actions: readonly Action[]
  /** what was fed and is not believed, one clause each; left out where all is */
  readonly doubts?: readonly string[]
  /** the whole of it as one sentence */
  readonly sentence: string
}

/** One signal's part in the tilt. */
export type Reason = {
  readonly signal: string
  readonly value: number
  readonly unit: string
  readonly rank: number
  /** its share of each layer's stress, summing to one per layer */
  readonly share: PerLayer<number>
}

/** Something done, and the finding it answers. */
export type Action = { readonly what: string; readonly because: string }

export type Parts = Omit<Decision, 'sentence'>

/**
 * A decision with its sentence: where the weights stand, which signal presses hardest, what is done.
 *
 * @param names what the book calls its layers
 *
 * @example
 * Decision.of({ at: 1659389551, weights: { near: 0.6, mid: 0.3, far: 0.1 }, stress: { near: 1, mid: 0.5, far: 0.5 },
 *   reasons: [], actions: [{ what: 'pause route Moonbeam→Ethereum', because: 'a release without source' }] }).sentence
 * // '2022-08-01T21:32:31Z: near 60%, mid 30%, far 10%; pause route Moonbeam→Ethereum, because a release without source.'
 */
export function of(parts: Parts, names: PerLayer<string> = Layer.map((layer) => layer)): Decision {
  const weights = Layer.layers.map((layer) => `${names[layer]} ${percent(parts.weights[layer])}`).join(', ')
  const pressed = strongest(parts.reasons)
  const pressure = pressed
    ? `; ${names[pressed.layer]} pressed most by ${pressed.reason.signal} (rank ${pressed.reason.rank.toFixed(2)})`
    : ''
  const actions = parts.actions.map(({ what, because }) => `; ${what}, because ${because}`).join('')
  const doubts = (parts.doubts ?? []).map((doubt) => `; not believed: ${doubt}`).join('')
  return { ...parts, sentence: `${UnixTime.format(parts.at)}: ${weights}${pressure}${actions}${doubts}.` }
}

function strongest(reasons: readonly Reason[]): { layer: Layer.Layer; reason: Reason } | undefined {
  let best: { layer: Layer.Layer; reason: Reason; part: number } | undefined
  for (const reason of reasons) {
    for (const layer of Layer.layers) {
      const part = reason.share[layer] * reason.rank
      if (part > (best?.part ?? 0)) best = { layer, reason, part }
    }
  }
  return best
}

function percent(weight: number): string {
  return `${Math.round(weight * 100)}%`
}
