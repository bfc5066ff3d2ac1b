import type { Calibration, Intervals } from '@cutwater/core/simulation/incidents/Calibration.ts'
import { calibrate, intervals, lossesOf } from '@cutwater/core/simulation/incidents/Calibration.ts'
import type { Family, Incident } from '@cutwater/core/simulation/incidents/Incident.ts'
import { families, familyOf } from '@cutwater/core/simulation/incidents/Incident.ts'
import * as Severity from '@cutwater/core/simulation/incidents/Severity.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { sum } from '@cutwater/core/units/sum.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'

/** What the incidents say together; losses in dollars. */
export type Survey = {
  readonly incidents: readonly Incident[]
  readonly families: readonly FamilySurvey[]
  /** over all families */
  readonly severity: Severity.Comparison
  readonly calibration: Calibration
  readonly intervals: Intervals
  /** what a reader must know before using any of it */
  readonly limits: readonly string[]
}

export type FamilySurvey = {
  readonly family: Family
  readonly count: number
  readonly grossUsd: number
  readonly shareOfGross: number
  readonly medianUsd: number | null
  readonly perYear: number
}

export type Selection = {
  readonly incidents: readonly Incident[]
  /** leave out what happened before */
  readonly since?: UnixTime
  readonly family?: Family
  /** the end of the time that was searched for incidents */
  readonly to: UnixTime
  readonly seed?: number
}

/**
 * Browses and fits a record of incidents: those that match, their totals by family, severity, profile and intervals.
 *
 * Throws INCIDENTS_TOO_FEW where fewer than three losses match.
 */
export function survey({ incidents, since, family, to, seed = 1 }: Selection): Survey {
  const chosen = incidents.filter(
    ({ date, cause }) => date >= (since ?? 0) && (family === undefined || familyOf(cause) === family),
  )
  const core = chosen.filter(({ scope }) => scope === 'core')
  const losses = lossesOf(core)
  if (losses.length < 3) throw tooFew(losses.length)
  const calibration = calibrate(chosen, to, since)
  const gross = sum(losses)
  return {
    incidents: chosen,
    families: families.flatMap((each) => {
      const members = core.filter(({ cause }) => familyOf(cause) === each)
      return members.length === 0 ? [] : [familySurvey(each, members, calibration, gross)]
    }),
    severity: Severity.compare(losses.map(toDollars)),
    calibration,
    intervals: intervals(chosen, to, { seed, ...(since === undefined ? {} : { from: since }) }),
    limits: [...limits, timingOf(core)],
  }
}

/** The limits of the record, as they are printed beside every figure from it. */
export const limits: readonly string[] = [
  'Selection: public incidents that somebody wrote about. Small and thwarted ones are missing, so the rate is low and the severity high.',
  'Confidence: each row carries its own (high, medium, low); a row with one secondary source is at most medium.',
  'Scope: only "core" rows are fitted; adjacent ones happened beside a bridge, disputed ones may be none.',
  'Losses are gross, and what was taken in spite of whatever stood in the way at the time.',
]

function timingOf(core: readonly Incident[]): string {
  const known = (read: (incident: Incident) => unknown) => core.filter((each) => read(each) !== null).length
  const notices = known(({ detectSeconds }) => detectSeconds)
  const spans = known(({ spanSeconds }) => spanSeconds)
  return `Timing: of ${core.length} incidents ${notices} have a known public notice and ${spans} a known span. Signs are those that somebody reported.`
}

function familySurvey(
  family: Family,
  members: readonly Incident[],
  { perYear }: Calibration,
  gross: number,
): FamilySurvey {
  const losses = lossesOf(members)
  return {
    family,
    count: members.length,
    grossUsd: toDollars(sum(losses)),
    shareOfGross: sum(losses) / gross,
    medianUsd: losses.length === 0 ? null : toDollars(Severity.describe(losses).p50),
    perYear: perYear[family],
  }
}

function tooFew(count: number): CutwaterError {
  return new CutwaterError('INCIDENTS_TOO_FEW', `${count} incidents with a known loss match`, {
    where: '--since, --class',
    right: 'a selection of three or more',
  })
}
