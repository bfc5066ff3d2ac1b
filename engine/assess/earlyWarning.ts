import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { isLeg } from '@cutwater/core/bridge/Observation.ts'
import * as Pressure from '@cutwater/core/bridge/Pressure.ts'
import * as Signals from '@cutwater/core/bridge/signals/Signals.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { day, format, hour, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { History } from '../replay/History.ts'
import { type Hour, observe } from './observe.ts'

/** How a signal stood in the days before an attack, and how often it cries in quiet times. */
export type Warning = {
  readonly name: string
  /** highest rank within one, three and seven days before; null where it had none */
  readonly peak: {
    readonly day: number | null
    readonly threeDays: number | null
    readonly week: number | null
  }
  /** hours from its last crossing before the attack to it; null where there was none within a week */
  readonly leadHours: number | null
  /** times it became acute in quiet times, per thirty days */
  readonly crossingsPerMonth: number | null
  /** share of quiet weeks in which it would have cried */
  readonly chance: number | null
  readonly verdict: Verdict
}

export type Verdict = 'says nothing' | 'silent before the attack' | 'no better than chance' | 'stood out'

export type EarlyWarning = {
  readonly attackAt: UnixTime
  readonly quietFrom: UnixTime
  readonly quietTo: UnixTime
  readonly warnings: readonly Warning[]
}

/** A rank from here on counts as a cry. */
export const acute = 0.95

/**
 * Where a signal cries in more quiet weeks than this, a cry before an attack is worth nothing: some ten signals have
 * data, and of ten that cry in a tenth of all weeks one is expected to cry before any attack.
 */
export const chanceLimit = 0.05

/**
 * How every signal stood before the first attack leg of a history, hour by hour with what was known then, against the
 * quiet time before: all but the last week, from the first hour in which the signal had a rank.
 *
 * One attack is one case: it can show that a signal says nothing, and never that it warns. Throws
 * HISTORY_WITHOUT_ATTACK where there is none.
 */
export function earlyWarning(history: History): EarlyWarning {
  const attackAt = firstAttack(history)
  const quietTo = attackAt - 7 * day
  const ranks = new Map<string, (number | null)[]>(namesOf().map((name) => [name, []]))
  const times: UnixTime[] = []
  const onHour = (each: Hour) => {
    times.push(each.at)
    for (const { name, value, rank } of each.pressing)
      ranks.get(name)!.push(Number.isNaN(value) ? null : rank)
    for (const { name, value, rank } of each.others) ranks.get(name)!.push(value === null ? null : rank)
  }
  observe(history, Policy.of('adaptive', { level: 0 }), { until: attackAt - 1, onHour })
  const warnings = [...ranks].map(([name, series]) => warningOf(name, series, times, attackAt))
  const quietFrom = history.observations.find(isLeg)!.at
  return { attackAt, quietFrom, quietTo, warnings }
}

function warningOf(
  name: string,
  ranks: readonly (number | null)[],
  times: readonly UnixTime[],
  attackAt: UnixTime,
): Warning {
  const peakWithin = (seconds: number) => {
    const within = ranks.filter((rank, i): rank is number => rank !== null && times[i]! > attackAt - seconds)
    return within.length === 0 ? null : Math.max(...within)
  }
  const peak = { day: peakWithin(day), threeDays: peakWithin(3 * day), week: peakWithin(7 * day) }
  const crossings = crossingsOf(ranks, times)
  const last = crossings.filter((at) => at > attackAt - 7 * day).at(-1)
  const leadHours = last === undefined ? null : (attackAt - last) / hour
  const quiet = quietOf(name, ranks, times, crossings, attackAt - 7 * day)
  const cried = peak.week !== null && peak.week >= acute
  return { name, peak, leadHours, ...quiet, verdict: verdictOf(peak.week, cried, quiet.chance) }
}

/** Hours in which the rank becomes acute, after at least a day in which it was not. */
function crossingsOf(ranks: readonly (number | null)[], times: readonly UnixTime[]): UnixTime[] {
  const crossings: UnixTime[] = []
  let lastAcute = Number.NEGATIVE_INFINITY
  for (const [i, rank] of ranks.entries()) {
    if (rank === null || rank < acute) continue
    if (times[i]! - lastAcute > day) crossings.push(times[i]!)
    lastAcute = times[i]!
  }
  return crossings
}

function quietOf(
  name: string,
  ranks: readonly (number | null)[],
  times: readonly UnixTime[],
  crossings: readonly UnixTime[],
  to: UnixTime,
) {
  const first = times.find((_, i) => ranks[i] !== null && (hasScale(name) || ranks[i] !== neutral))
  if (first === undefined || to - first < 14 * day) return { crossingsPerMonth: null, chance: null }
  const inQuiet = crossings.filter((at) => at >= first && at <= to)
  const acuteTimes = times.filter((at, i) => at >= first && at <= to && (ranks[i] ?? 0) >= acute)
  let [weeks, cries] = [0, 0]
  for (let start = first; start + 7 * day <= to; start += day) {
    weeks += 1
    if (acuteTimes.some((at) => at >= start && at < start + 7 * day)) cries += 1
  }
  return { crossingsPerMonth: (inQuiet.length * 30 * day) / (to - first), chance: cries / weeks }
}

function verdictOf(peak: number | null, cried: boolean, chance: number | null): Verdict {
  if (peak === null || chance === null) return 'says nothing'
  if (!cried) return 'silent before the attack'
  return chance > chanceLimit ? 'no better than chance' : 'stood out'
}

const neutral = 0.5

/** On a fixed scale the middle is a rank like any other; against its own past it means that there is none yet. */
function hasScale(name: string): boolean {
  return Signals.all.some((signal) => signal.name === name && signal.acute === 'scale')
}

function namesOf(): string[] {
  return [...Object.keys(Pressure.signals), ...Signals.all.map(({ name }) => name)]
}

function firstAttack({ observations, attack, source }: History): UnixTime {
  for (const observation of observations) {
    if (isLeg(observation) && attack.has(Event.id(observation))) return observation.at
  }
  throw new CutwaterError('HISTORY_WITHOUT_ATTACK', 'no leg of this history is labelled as an attack', {
    where: source,
    right: `a labels table with rows "attack", such as that of ${format(1_659_389_551)}`,
  })
}
