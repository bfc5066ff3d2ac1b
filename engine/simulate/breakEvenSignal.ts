import type { PostureName } from '@cutwater/core/ladder/Posture.ts'
import { expectedAttack } from '@cutwater/core/simulation/attack/expectedAttack.ts'
import * as Model from '@cutwater/core/simulation/attack/Model.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { normalQuantile } from '@cutwater/core/simulation/Distribution.ts'
import { sum } from '@cutwater/core/units/sum.ts'
import { hour, year } from '@cutwater/core/units/UnixTime.ts'

/** How informative a signal must be before moving with it beats standing still. */
export type BreakEvenSignal = {
  /** share of signs caught that the false-alarm rate beside it goes with: as assumed */
  readonly hitRate: number
  /**
   * false alarms a year up to which adaptive costs no more than static, at that hit rate; 0 where it never pays, null
   * where it pays at any: then the ladder should stand tighter all the time
   */
  readonly falseAlarmRate: number | null
  /** the same for a signal that catches every sign there is */
  readonly falseAlarmRateIfPerfect: number | null
  /** share of the recorded incidents before which a sign could be seen: no signal can catch more */
  readonly recordHitRate: number
  /** shortfall that one caught sign saves, dollars */
  readonly gainPerHitUsd: number
  /** what one acute signal costs, dollars: held traffic and people on call */
  readonly costPerAlarmUsd: number
  /** signs a year on this bridge */
  readonly signsPerYear: number
}

/**
 * Weighs what acute hours save against what they cost, by the rate of false alarms, and finds where they are equal.
 *
 * Without noise: the expected shortfall of an attack by the hour since the last signal, over the law of leads and the
 * wait since the last false alarm, which is exponential; costs of the same hours. Of the plan that simulations run.
 */
export function breakEvenSignal(model: Model.Model, posture: PostureName = 'balanced'): BreakEvenSignal {
  const plan = Plan.of(Plan.recipeOf('adaptive', posture), model)
  const { hitRate, precursorShare } = model.assumptions
  const attacksPerYear = attacksThatHappen(model, plan)
  const scales: Scales = {
    savedUsd: savedByHour(model, plan),
    costUsd: costByHour(plan),
    leadHours: leadHours(model),
    attacksPerYear,
    signShare: precursorShare,
  }
  const costPerAlarmUsd = sum(scales.costUsd)
  return {
    hitRate,
    falseAlarmRate: breakEven(scales, hitRate),
    falseAlarmRateIfPerfect: breakEven(scales, 1),
    recordHitRate: precursorShare,
    gainPerHitUsd: mean(scales.leadHours.map((at) => savedAt(scales, at))),
    costPerAlarmUsd,
    signsPerYear: attacksPerYear * precursorShare,
  }
}

/** What an hour after the last signal saves of one attack, and what it costs; beyond the lists it is calm. */
type Scales = {
  readonly savedUsd: readonly number[]
  readonly costUsd: readonly number[]
  readonly leadHours: readonly number[]
  readonly attacksPerYear: number
  readonly signShare: number
}

const [fewest, most] = [1e-5, 1e5]

function breakEven(scales: Scales, hitRate: number): number | null {
  if (netPerYear(scales, hitRate, fewest) <= 0) return 0
  if (netPerYear(scales, hitRate, most) > 0) return null
  let [low, high] = [Math.log(fewest), Math.log(most)]
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (netPerYear(scales, hitRate, Math.exp(middle)) > 0) low = middle
    else high = middle
  }
  return Math.exp(low)
}

// Saved less spent. Hours in which a false alarm is still acute save by luck, and a sign adds little to them.
function netPerYear(scales: Scales, hitRate: number, alarmsPerYear: number): number {
  const { costUsd, leadHours, attacksPerYear, signShare } = scales
  const perHour = (alarmsPerYear * hour) / year
  const caught = hitRate * signShare
  const hours = costUsd.length
  let savedByLuck = 0
  let spent = 0
  let savedByHits = 0
  const ofLead = leadHours.map((at) => savedAt(scales, at))
  for (let at = 0; at <= hours; at++) {
    const chance = at < hours ? Math.exp(-perHour * at) * -Math.expm1(-perHour) : Math.exp(-perHour * hours)
    const saved = savedAt(scales, at)
    savedByLuck += chance * saved
    savedByHits += chance * mean(ofLead.map((each) => Math.max(each, saved)))
    spent += (chance * (costUsd[at] ?? 0) * year) / hour
  }
  const calm = Math.exp(-perHour * hours)
  const spentOnHits = attacksPerYear * caught * sum(costUsd) * calm
  return attacksPerYear * ((1 - caught) * savedByLuck + caught * savedByHits) - spent - spentOnHits
}

function savedAt({ savedUsd }: Scales, at: number): number {
  return savedUsd[at] ?? 0
}

// Worked out at some hours, linear between: it only relaxes.
function savedByHour(model: Model.Model, plan: Plan.Plan): readonly number[] {
  const calm = expectedAttack(model, plan).shortfallUsd
  const last = plan.limitUsd.length - 1
  const saved = (at: number) =>
    calm - expectedAttack(model, plan, { sinceSignalSeconds: at * hour }).shortfallUsd
  const knots: { at: number; usd: number }[] = [{ at: 0, usd: saved(0) }]
  for (let at = 6; at < last; at = Math.ceil(at * 1.3)) knots.push({ at, usd: saved(at) })
  knots.push({ at: last, usd: 0 })
  return Array.from({ length: last }, (_, at) => {
    const next = knots.findIndex((knot) => knot.at > at)
    const [before, after] = [knots[next - 1]!, knots[next]!]
    return before.usd + ((after.usd - before.usd) * (at - before.at)) / (after.at - before.at)
  })
}

function costByHour({ extraUpToUsd }: Plan.Plan): readonly number[] {
  return extraUpToUsd.slice(1).map((upTo, at) => (upTo - extraUpToUsd[at]!) / 100)
}

function leadHours(model: Model.Model): readonly number[] {
  const { leadSeconds, leadSigma } = model.assumptions
  return Array.from({ length: leadPoints }, (_, point) =>
    Math.floor((leadSeconds * Math.exp(leadSigma * normalQuantile((point + 0.5) / leadPoints))) / hour),
  )
}

const leadPoints = 100

// Review prevents some attempts; an audit's age is as likely to be any.
function attacksThatHappen(model: Model.Model, plan: Plan.Plan): number {
  const { auditHalfLifeSeconds, auditIntervalSeconds } = model.assumptions
  const intervals = auditIntervalSeconds / auditHalfLifeSeconds
  const meanFreshness = (1 - 2 ** -intervals) / (intervals * Math.LN2)
  let happening = 0
  model.familyUpTo.forEach((upTo, family) => {
    const share = upTo - (model.familyUpTo[family - 1] ?? 0)
    happening += share * (1 - (Model.isReviewable[family] ? plan.bugCut * meanFreshness : 0))
  })
  return model.attacksPerSecond * year * happening
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length
}
