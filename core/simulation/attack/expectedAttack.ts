import { cdf } from '../../options/pricing/normal.ts'
import { normalQuantile } from '../Distribution.ts'
import type { Model } from './Model.ts'
import * as PathDraws from './PathDraws.ts'
import { type Plan, rowAt } from './Plan.ts'
import { blindBelow, type Outcome, outcome, settlePath } from './settlePath.ts'

/** What an attacker has decided; what is left out is as the record has it. */
export type Choice = {
  /** seconds since the signal was last acute; left out: long ago */
  readonly sinceSignalSeconds?: number
  /** position of the family in `families` */
  readonly family?: number
  /** cents */
  readonly lossUsd?: number
  /** all in one transaction, or evenly over a time; left out: the profiles of the record */
  readonly pace?: { readonly firstShare: number; readonly spanSeconds: number }
}

/** Means over all that is not chosen, in dollars. */
export type Expected = { readonly lostUsd: number; readonly shortfallUsd: number }

/**
 * What one attack that nobody prevented is expected to take under a plan: the model's own settlement, integrated over
 * what chance decides by the middles of equal shares of probability. No noise, so small differences can be seen.
 */
export function expectedAttack(model: Model, plan: Plan, choice: Choice = {}): Expected {
  const draws = single(model, choice)
  const out = outcome()
  let lost = 0
  let shortfall = 0
  for (const [family, familyShare] of parts(model.familyUpTo, choice.family)) {
    draws.family[0] = family
    for (const lossUsd of losses(model, family, choice)) {
      draws.lossUsd[0] = lossUsd
      for (const [profile, profileShare] of paces(model, choice)) {
        draws.firstShare[0] = choice.pace?.firstShare ?? model.firstShare[profile]!
        draws.spanSeconds[0] = choice.pace?.spanSeconds ?? model.spanMedianSeconds[profile]!
        const weight = (familyShare * profileShare) / lossCount(choice)
        const mean = overFailures(model, plan, draws, out)
        lost += weight * mean.lostUsd
        shortfall += weight * mean.shortfallUsd
      }
    }
  }
  return { lostUsd: lost / 100, shortfallUsd: shortfall / 100 }
}

const lossPoints = 48
const reactionPoints = 12

function single(model: Model, { sinceSignalSeconds }: Choice): PathDraws.PathDraws {
  const draws = PathDraws.create(1)
  draws.attacks = 1
  draws.at[0] = model.horizonSeconds / 2
  // Beyond any prevention: the attack is taking place.
  draws.prevention[0] = 1
  if (sinceSignalSeconds !== undefined) {
    draws.signals = 1
    draws.signalAt[0] = draws.at[0]! - sinceSignalSeconds
  }
  return draws
}

function overFailures(model: Model, plan: Plan, draws: PathDraws.PathDraws, out: Outcome): Expected {
  const family = draws.family[0]!
  const bypass = plan.hasGuard ? model.bypassChance[family]! : 1
  const blind = plan.hasGuard ? blindBelow(model, plan, family) : 1
  let lostUsd = 0
  let shortfallUsd = 0
  const add = (failure: number, weight: number) => {
    if (weight <= 0) return
    draws.failure[0] = failure
    settlePath(model, plan, draws, out)
    lostUsd += weight * (out.baselineUsd - out.preventedUsd)
    shortfallUsd += weight * out.shortfallUsd
  }
  draws.reaction[0] = 1
  add(bypass / 2, bypass)
  add((blind + 1) / 2, 1 - blind)
  for (const { reaction, chance } of reactions(model, plan, draws)) {
    draws.reaction[0] = reaction
    add((bypass + blind) / 2, (blind - bypass) * chance)
  }
  return { lostUsd, shortfallUsd }
}

type Reaction = { readonly reaction: number; readonly chance: number }

// People who come later than what is held passes by itself come too late, whatever the hour: a jump that equal shares
// of probability would step over. Below it, shares; above it, one.
function reactions(model: Model, plan: Plan, draws: PathDraws.PathDraws): readonly Reaction[] {
  if (!plan.hasGuard) return []
  const { holdSeconds, humanSeconds, reactionSigma } = model.assumptions
  const since = draws.signals === 0 ? Number.POSITIVE_INFINITY : draws.at[0]! - draws.signalAt[0]!
  const share = plan.peopleShare[plan.adapts ? rowAt(plan, since) : 0]!
  const latest = holdSeconds / (humanSeconds * share)
  const inTime = reactionSigma === 0 ? Number(latest >= 1) : cdf(Math.log(latest) / reactionSigma)
  const early = Array.from({ length: reactionPoints }, (_, point) => {
    const p = (inTime * (point + 0.5)) / reactionPoints
    const reaction = p > 0 ? Math.exp(reactionSigma * normalQuantile(p)) : 0
    return { reaction: Math.min(reaction, latest), chance: inTime / reactionPoints }
  })
  return [...early, { reaction: latest * 2, chance: 1 - inTime }]
}

function parts(upTo: readonly number[], chosen: number | undefined): readonly (readonly [number, number])[] {
  if (chosen !== undefined) return [[chosen, 1]]
  return upTo
    .map((up, index) => [index, up - (upTo[index - 1] ?? 0)] as const)
    .filter(([, share]) => share > 0)
}

function paces(model: Model, { pace }: Choice): readonly (readonly [number, number])[] {
  return pace === undefined ? parts(model.profileUpTo, undefined) : [[0, 1]]
}

function lossCount({ lossUsd }: Choice): number {
  return lossUsd === undefined ? lossPoints : 1
}

function losses(model: Model, family: number, { lossUsd }: Choice): readonly number[] {
  if (lossUsd !== undefined) return [lossUsd]
  return Array.from(
    { length: lossPoints },
    (_, point) =>
      model.medianLossUsd[family]! * Math.exp(model.lossSigma[family]! * middle(point, lossPoints)),
  )
}

/** The normal value in the middle of a share of probability. */
function middle(point: number, points: number): number {
  return normalQuantile((point + 0.5) / points)
}
