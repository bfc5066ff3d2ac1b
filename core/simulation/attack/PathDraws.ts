import { normalQuantile } from '../Distribution.ts'
import * as Rng from '../Rng.ts'
import type { Model } from './Model.ts'

/**
 * Everything that chance decides on one path, before any policy: the same for every policy that is compared. Columns,
 * filled up to `attacks` and `signals`; times in seconds from the beginning, money in cents.
 */
export type PathDraws = {
  attacks: number
  signals: number
  /** age of the last audit at the beginning, as a share of the time between audits */
  auditPhase: number
  readonly at: Float64Array
  readonly family: Uint8Array
  /** uniform: whether review or a better wall prevents the attempt */
  readonly prevention: Float64Array
  readonly lossUsd: Float64Array
  readonly firstShare: Float64Array
  readonly spanSeconds: Float64Array
  /** people's reaction as a multiple of its median */
  readonly reaction: Float64Array
  /** uniform: whether the guard fails, is deceived or sees */
  readonly failure: Float64Array
  /** when the signal becomes acute, rightly or for nothing, in order of time; below zero is before the beginning */
  readonly signalAt: Float64Array
}

/** Room for all that a path may hold: ten standard deviations and twenty more than it holds on average. */
export function roomFor({ attacksPerSecond, alarmsPerSecond, horizonSeconds }: Model): number {
  const most = (attacksPerSecond * 2 + alarmsPerSecond) * horizonSeconds
  return Math.ceil(most + 10 * Math.sqrt(most) + 20)
}

/**
 * An empty path.
 *
 * @param room the most attempts, and the most signals, that it can hold; what comes after is left out
 */
export function create(room: number): PathDraws {
  const column = () => new Float64Array(room)
  return {
    attacks: 0,
    signals: 0,
    auditPhase: 0,
    at: column(),
    family: new Uint8Array(room),
    prevention: column(),
    lossUsd: column(),
    firstShare: column(),
    spanSeconds: column(),
    reaction: column(),
    failure: column(),
    signalAt: column(),
  }
}

/**
 * Draws paths of a seed in place, each a function of model, seed and its number, and of nothing else.
 *
 * @param withSignals whether false alarms are drawn too, after all else, so that leaving them out changes nothing else
 */
export function drawer(
  draws: PathDraws,
  model: Model,
  seed: number,
  withSignals: boolean,
): (path: number) => void {
  const rng = Rng.create(seed)
  const next = () => Rng.uniformOpen(rng)
  return (path) => {
    Rng.restart(rng, path)
    fill(draws, model, next, withSignals)
  }
}

/**
 * Turns uniform numbers into a path: one for the audit, one for each wait, nine for each attempt, alarms last.
 *
 * @param next open uniforms, in (0, 1)
 */
export function fill(draws: PathDraws, model: Model, next: () => number, withSignals: boolean): void {
  draws.auditPhase = next()
  draws.attacks = 0
  draws.signals = 0
  const { attacksPerSecond, alarmsPerSecond, horizonSeconds } = model
  if (attacksPerSecond > 0) {
    let at = -Math.log(next()) / attacksPerSecond
    while (at < horizonSeconds && draws.attacks < draws.at.length) {
      addAttack(draws, model, at, next)
      at -= Math.log(next()) / attacksPerSecond
    }
  }
  if (!withSignals || alarmsPerSecond === 0) return
  let at = -Math.log(next()) / alarmsPerSecond
  while (at < horizonSeconds && draws.signals < draws.at.length) {
    addSignal(draws, at)
    at -= Math.log(next()) / alarmsPerSecond
  }
}

function addAttack(draws: PathDraws, model: Model, at: number, next: () => number): void {
  const { assumptions } = model
  const index = draws.attacks++
  const family = pick(model.familyUpTo, next())
  draws.at[index] = at
  draws.family[index] = family
  draws.prevention[index] = next()
  draws.lossUsd[index] =
    model.medianLossUsd[family]! * Math.exp(model.lossSigma[family]! * normalQuantile(next()))
  const profile = pick(model.profileUpTo, next())
  draws.firstShare[index] = model.firstShare[profile]!
  draws.spanSeconds[index] =
    model.spanMedianSeconds[profile]! * Math.exp(model.spanSigma[profile]! * normalQuantile(next()))
  draws.reaction[index] = Math.exp(assumptions.reactionSigma * normalQuantile(next()))
  draws.failure[index] = next()
  // One uniform for both: the sign is there, and it is caught.
  const isSeen = next() < assumptions.precursorShare * assumptions.hitRate
  const lead = assumptions.leadSeconds * Math.exp(assumptions.leadSigma * normalQuantile(next()))
  if (isSeen) addSignal(draws, at - lead)
}

// Nearly always the latest so far, so that it goes to the end.
function addSignal(draws: PathDraws, at: number): void {
  const { signalAt } = draws
  let place = draws.signals++
  for (; place > 0 && signalAt[place - 1]! > at; place--) signalAt[place] = signalAt[place - 1]!
  signalAt[place] = at
}

function pick(upTo: readonly number[], u: number): number {
  let index = 0
  while (index < upTo.length - 1 && u >= upTo[index]!) index++
  return index
}
