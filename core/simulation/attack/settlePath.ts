import * as Waterfall from '../../ladder/Waterfall.ts'
import * as Rate from '../../units/Rate.ts'
import type { Usd } from '../../units/Usd.ts'
import { isReviewable, keysFamily, type Model } from './Model.ts'
import type { PathDraws } from './PathDraws.ts'
import * as Plan from './Plan.ts'

/** What one path came to under one plan, in cents; filled in place. */
export type Outcome = {
  attacks: number
  baselineUsd: Usd
  preventedUsd: Usd
  coveredUsd: Usd
  backstoppedUsd: Usd
  shortfallUsd: Usd
  frictionUsd: number
  carryUsd: number
  /** carry, friction, what the reserve paid and what users lost */
  costUsd: number
  ruined: boolean
}

export function outcome(): Outcome {
  return {
    attacks: 0,
    baselineUsd: 0,
    preventedUsd: 0,
    coveredUsd: 0,
    backstoppedUsd: 0,
    shortfallUsd: 0,
    frictionUsd: 0,
    carryUsd: 0,
    costUsd: 0,
    ruined: false,
  }
}

/**
 * Runs one path through one plan, from event to event.
 *
 * Each attempt meets, in this order: review and walls that keep it from happening; the guard, which fails, is
 * deceived or sees it; cover in force; the reserve; users. What is paid is gone for the next attempt. A shortfall of
 * `ruinShare` of the value locked ends the bridge, and the path.
 */
export function settlePath(model: Model, plan: Plan.Plan, draws: PathDraws, out: Outcome): void {
  const { lockedUsd, horizonSeconds, assumptions } = model
  clear(out)
  let paidByCover = 0
  let paidByReserve = 0
  let endsAt = horizonSeconds
  for (let index = 0; index < draws.attacks; index++) {
    const at = draws.at[index]!
    const baseline = Math.round(Math.min(draws.lossUsd[index]!, lockedUsd - out.shortfallUsd))
    out.baselineUsd += baseline
    if (isPrevented(model, plan, draws, index)) {
      out.preventedUsd += baseline
      continue
    }
    out.attacks++
    const row = plan.adapts ? Plan.rowAt(plan, at - lastSignal(draws, at)) : 0
    const lost = Math.min(baseline, Math.round(lossOf(model, plan, draws, index, row, baseline)))
    const reserve = plan.reserveUsd + plan.reservePerSecond * at - paidByReserve
    const fall = Waterfall.settle({
      baseline,
      lost,
      cover: Math.max(0, Math.floor(coverFor(model, plan, draws, index, row) - paidByCover)),
      reserve: Math.max(0, Math.floor(reserve)),
    })
    paidByCover += fall.covered
    paidByReserve += fall.backstopped
    out.preventedUsd += fall.prevented
    out.coveredUsd += fall.covered
    out.backstoppedUsd += fall.backstopped
    out.shortfallUsd += fall.shortfall
    if (out.shortfallUsd >= assumptions.ruinShare * lockedUsd) {
      out.ruined = true
      endsAt = at
      break
    }
  }
  out.carryUsd = plan.carryPerSecond * endsAt
  out.frictionUsd = plan.frictionPerSecond * endsAt + (plan.adapts ? signalsUsd(plan, draws, endsAt) : 0)
  out.costUsd = out.carryUsd + out.frictionUsd + out.backstoppedUsd + out.shortfallUsd
}

/**
 * What an attack of `baseline` takes past the guard, in cents.
 *
 * Failed: all of it. Deceived or missed: what people leave, through the total limit, `C + r·D`, unless they come later
 * than what is held passes by itself. Seen: what leaves before the stop, at most the unproven allowance. Sources:
 * docs/decisions/0004-loss-bound.md.
 */
export function lossOf(
  model: Model,
  plan: Plan.Plan,
  draws: PathDraws,
  index: number,
  row: number,
  baseline: Usd,
): Usd {
  if (!plan.hasGuard) return baseline
  const { assumptions } = model
  const family = draws.family[index]!
  const failure = draws.failure[index]!
  const first = draws.firstShare[index]!
  if (failure < model.bypassChance[family]!) return baseline
  if (failure < blindBelow(model, plan, family)) {
    const share = plan.peopleShare[row]!
    const left = baseline * (first + (1 - first) * share)
    const seconds = assumptions.humanSeconds * share * draws.reaction[index]!
    if (seconds > assumptions.holdSeconds) return left
    return Math.min(left, plan.limitUsd[row]! + plan.refillPerSecond[row]! * seconds)
  }
  // People may be there before the watchers' stop is in force: an attack of a few seconds.
  const drained = Math.min(plan.peopleShare[row]!, plan.watcherSeconds / draws.spanSeconds[index]!)
  return Math.min(baseline * (first + (1 - first) * drained), plan.unprovenUsd)
}

/** The failure draw below which a guard is blind or has failed altogether. */
export function blindBelow(model: Model, plan: Plan.Plan, family: number): number {
  const bypass = model.bypassChance[family]!
  const blind = 1 - (1 - model.deceivedChance[family]!) * (1 - plan.missChance)
  return bypass + (1 - bypass) * blind
}

// An audit ages; what it was worth when the attack was tried decides.
function isPrevented(model: Model, plan: Plan.Plan, draws: PathDraws, index: number): boolean {
  const family = draws.family[index]!
  const chance = draws.prevention[index]!
  if (family === keysFamily) return chance < plan.keyCut
  if (!isReviewable[family] || plan.bugCut === 0) return false
  const { auditIntervalSeconds, auditHalfLifeSeconds } = model.assumptions
  const age = (draws.auditPhase * auditIntervalSeconds + draws.at[index]!) % auditIntervalSeconds
  return chance < plan.bugCut * Rate.decay(auditHalfLifeSeconds, age)
}

// Operators who are taken lose their own stake first: in that case it covers nothing.
function coverFor(model: Model, plan: Plan.Plan, draws: PathDraws, index: number, row: number): Usd {
  const family = draws.family[index]!
  const isOperatorsFall = family === keysFamily && draws.failure[index]! < model.bypassChance[family]!
  return isOperatorsFall ? plan.coverUsd[row]! - plan.stakeUsd[row]! : plan.coverUsd[row]!
}

function lastSignal(draws: PathDraws, at: number): number {
  let index = draws.signals - 1
  while (index >= 0 && draws.signalAt[index]! > at) index--
  return index < 0 ? Number.NEGATIVE_INFINITY : draws.signalAt[index]!
}

// Each signal costs until the next one begins anew, or the path ends.
function signalsUsd(plan: Plan.Plan, { signals, signalAt }: PathDraws, endsAt: number): number {
  let sum = 0
  for (let index = 0; index < signals && signalAt[index]! < endsAt; index++) {
    const at = signalAt[index]!
    const next = index + 1 < signals ? Math.min(endsAt, signalAt[index + 1]!) : endsAt
    if (next > 0) sum += Plan.extraUsd(plan, next - at) - (at < 0 ? Plan.extraUsd(plan, -at) : 0)
  }
  return sum
}

function clear(out: Outcome): void {
  out.attacks = 0
  out.baselineUsd = 0
  out.preventedUsd = 0
  out.coveredUsd = 0
  out.backstoppedUsd = 0
  out.shortfallUsd = 0
  out.ruined = false
}
