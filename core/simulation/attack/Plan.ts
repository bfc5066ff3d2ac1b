import * as BridgePolicy from '../../bridge/BridgePolicy.ts'
import { bonding } from '../../bridge/budget/bonding.ts'
import { governing, signerCut } from '../../bridge/budget/governing.ts'
import { guarding } from '../../bridge/budget/guarding.ts'
import * as Layer from '../../ladder/Layer.ts'
import type { PostureName } from '../../ladder/Posture.ts'
import * as Ratchet from '../../ladder/Ratchet.ts'
import { tilt } from '../../ladder/tilt.ts'
import * as Weights from '../../ladder/Weights.ts'
import { hour, year } from '../../units/UnixTime.ts'
import type { Usd } from '../../units/Usd.ts'
import type { Model } from './Model.ts'

/**
 * A way to spend the budget, worked out for one model: everything a path asks of it, by the hour since the signal was
 * last acute. Money in cents.
 *
 * Between signals a ladder only relaxes, so its state is the time since the last one: the tilt and the ratchet are run
 * once per plan, not once per path, and a path jumps from event to event.
 */
export type Plan = {
  readonly name: string
  readonly weights: Weights.Weights
  readonly hasGuard: boolean
  /** whether a signal changes anything: it has more than one hour */
  readonly adapts: boolean
  readonly missChance: number
  readonly watcherSeconds: number
  readonly unprovenUsd: Usd
  /** the last hour of each list is calm and holds from then on */
  readonly peopleShare: readonly number[]
  readonly limitUsd: readonly number[]
  readonly refillPerSecond: readonly number[]
  readonly coverUsd: readonly number[]
  readonly stakeUsd: readonly number[]
  /** friction and spending beyond calm, summed up to the beginning of each hour */
  readonly extraUpToUsd: readonly number[]
  readonly bugCut: number
  readonly keyCut: number
  readonly reserveUsd: Usd
  readonly reservePerSecond: number
  /** spent and gone, and the price of capital kept, by the second */
  readonly carryPerSecond: number
  readonly frictionPerSecond: number
}

/** What a plan is made from. */
export type Recipe = {
  readonly name: string
  readonly base: Weights.Weights
  readonly bounds: Weights.Bounds
  /** κ; 0 keeps the base whatever the signal says */
  readonly conviction: number
  readonly ratchet: Ratchet.Settings
  /** whether the budget is spent at all */
  readonly spends: boolean
  /** the whole budget into one wall of signers */
  readonly rigid: boolean
  /** the stress an acute signal means for each layer; left out: the near layer's */
  readonly acute?: Layer.PerLayer<number>
}

/** The recipe of a policy's name. */
export function recipeOf(name: BridgePolicy.PolicyName, posture: PostureName = 'balanced'): Recipe {
  const policy = BridgePolicy.of(name, { posture })
  return {
    name,
    base: policy.base,
    bounds: policy.bounds,
    conviction: policy.conviction,
    ratchet: policy.posture.ratchet,
    spends: policy.spends,
    rigid: name === 'rigid',
  }
}

/**
 * A fixed split, named by its shares in percent.
 *
 * Throws WEIGHTS_INVALID.
 *
 * @example
 * Plan.recipeOfSplit({ near: 0.4, mid: 0.4, far: 0.2 }).name // '40/40/20'
 */
export function recipeOfSplit(base: Weights.Weights): Recipe {
  Weights.check(base, 'split')
  const percent = (share: number) => String(Math.round(share * 1000) / 10)
  const name = `${percent(base.near)}/${percent(base.mid)}/${percent(base.far)}`
  return { ...recipeOf('static'), name, base, bounds: Weights.unbounded }
}

/** Works a recipe out for a model. */
export function of(recipe: Recipe, model: Model): Plan {
  const { lockedUsd, assumptions } = model
  const budgetUsd = recipe.spends ? assumptions.budgetPerYear * lockedUsd : 0
  const spending = { lockedUsd, economy: assumptionsAsEconomy(model), curves: assumptions }
  const calm = recipe.base
  const hasGuard = calm.near > 0
  const near = hasGuard ? calm.near * budgetUsd : 0
  const hours = recipe.conviction > 0 && hasGuard ? stressedHours(recipe) : [calm]
  const guards = hours.map(({ near: weight }) =>
    guarding({ ...spending, spendUsd: weight * budgetUsd, standingUsd: near }),
  )
  const resting = guards.at(-1)!
  const bonds = hours.map(({ mid }) =>
    bonding({
      ...spending,
      spendUsd: budgetUsd * (calm.mid + (mid - calm.mid) * assumptions.coverFollows),
    }),
  )
  const govern = governing({ ...spending, spendUsd: calm.far * budgetUsd })
  const wallUsd = recipe.rigid ? budgetUsd : 0
  const consumedUsd =
    (hasGuard ? resting.consumedPerYearUsd : 0) + calm.mid * budgetUsd + govern.consumedPerYearUsd + wallUsd
  return {
    name: recipe.name,
    weights: calm,
    hasGuard,
    adapts: hours.length > 1,
    missChance: resting.missChance,
    watcherSeconds: assumptions.watcherSeconds,
    unprovenUsd: resting.unprovenUsd,
    peopleShare: guards.map(({ peopleShare }) => peopleShare),
    limitUsd: guards.map(({ limitUsd }) => limitUsd),
    refillPerSecond: guards.map(({ refillPerSecond }) => refillPerSecond),
    coverUsd: bonds.map(({ coverUsd }) => coverUsd),
    stakeUsd: bonds.map(({ stakeUsd }) => stakeUsd),
    extraUpToUsd: extraUpTo(
      guards.map((guard, at) => {
        const moved = (hours[at]!.mid - calm.mid) * budgetUsd * assumptions.coverFollows
        return guard.frictionPerYearUsd + guard.consumedPerYearUsd + moved
      }),
    ),
    bugCut: govern.bugCut,
    keyCut: signerCut({ spendUsd: wallUsd, curves: assumptions }),
    reserveUsd: govern.reserveUsd,
    reservePerSecond: govern.reservePerYearUsd / year,
    carryPerSecond: (consumedUsd + govern.reserveUsd * assumptions.reserveCostPerYear) / year,
    frictionPerSecond: hasGuard ? resting.frictionPerYearUsd / year : 0,
  }
}

/** The row of a plan's lists that holds a time after the last acute signal. */
export function rowAt(plan: Plan, secondsSinceSignal: number): number {
  const last = plan.limitUsd.length - 1
  return secondsSinceSignal >= last * hour ? last : Math.floor(secondsSinceSignal / hour)
}

/** Friction and spending beyond calm over the time after one acute signal. */
export function extraUsd(plan: Plan, seconds: number): Usd {
  const last = plan.extraUpToUsd.length - 1
  if (seconds >= last * hour) return plan.extraUpToUsd[last]!
  const row = Math.floor(seconds / hour)
  const before = plan.extraUpToUsd[row]!
  return before + ((plan.extraUpToUsd[row + 1]! - before) * (seconds - row * hour)) / hour
}

/** The stress an acute signal means for each layer, where a recipe does not say. */
export const nearAcute: Layer.PerLayer<number> = { near: 1, mid: 0, far: 0 }

/** Stress below which the ladder counts as calm. */
export const calmBelow = 0.001

// The weights hour by hour after one acute signal: up at once, down by the ratchet, until calm.
function stressedHours({ base, bounds, conviction, ratchet, acute = nearAcute }: Recipe) {
  const levels = Layer.map((layer) => Ratchet.start(acute[layer], 0))
  const hours: Weights.Weights[] = []
  for (let at = 0; at <= longestHours; at++) {
    const stress = Layer.map((layer) => Ratchet.step(levels[layer], 0, at * hour, ratchet))
    if (Math.max(stress.near, stress.mid, stress.far) < calmBelow) break
    hours.push(tilt({ base, stress, conviction, bounds }))
  }
  return [...hours, base]
}

/** A ratchet that never lets go stays acute; three months stand for ever. */
const longestHours = 2_184

/** What hours cost beyond the last, which is calm, summed up to the beginning of each. */
function extraUpTo(costPerYearUsd: readonly Usd[]): readonly Usd[] {
  const calm = costPerYearUsd.at(-1)!
  let sum = 0
  return costPerYearUsd.map((cost) => {
    const before = sum
    sum += ((cost - calm) * hour) / year
    return before
  })
}

// Claims are paid at once here: a year's figures do not depend on the days a claim takes.
function assumptionsAsEconomy({ assumptions }: Model) {
  return { ...assumptions, claimSeconds: 0 }
}
