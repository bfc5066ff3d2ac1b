import { sum } from '../../units/sum.ts'
import * as UnixTime from '../../units/UnixTime.ts'
import type { Usd } from '../../units/Usd.ts'
import { bootstrap, type Estimate } from '../bootstrap.ts'
import * as Rng from '../Rng.ts'
import type { Family, Incident, Profile } from './Incident.ts'
import { families, familyOf, profileOf, profiles } from './Incident.ts'
import * as Severity from './Severity.ts'

/** What the record says about attacks on bridges, in numbers a model can draw from. */
export type Calibration = {
  readonly from: UnixTime.UnixTime
  readonly to: UnixTime.UnixTime
  /** attempts a year over all bridges, thwarted ones among them */
  readonly perYear: Readonly<Record<Family, number>>
  /** loss in cents of an attempt that took something */
  readonly severity: Readonly<Record<Family, FamilySeverity>>
  /** share of the incidents whose time profile the record tells */
  readonly profiles: Readonly<Record<Profile, number>>
  /** seconds from the first bad transaction to the last, by profile */
  readonly spans: Readonly<Record<Profile, Severity.Lognormal>>
  /** share of incidents before which a sign could be seen; an incident without a recorded one counts as none */
  readonly precursorShare: number
  /** seconds between the sign and the first bad transaction */
  readonly lead: Severity.Lognormal
  /** seconds from the first bad transaction to the first public notice */
  readonly notice: Severity.Lognormal
  /** share of the judged incidents that a stop within minutes could not have limited */
  readonly unstoppableShare: number
  /** incidents behind it */
  readonly count: number
}

export type FamilySeverity = Severity.Lognormal & {
  readonly count: number
  /** whether the family has too few losses of its own, so that all losses together stand in for them */
  readonly pooled: boolean
}

/**
 * Fits frequency, severity, time profile and precursors to incidents of scope "core".
 *
 * A family with fewer than ten losses takes the law of all losses. Throws SEVERITY_SAMPLE_INVALID where fewer than
 * three losses are left.
 *
 * @param to the end of the time that was searched for incidents, seconds
 * @param from its beginning, else the day of the first incident
 */
export function calibrate(
  incidents: readonly Incident[],
  to: UnixTime.UnixTime,
  from = firstDate(incidents),
): Calibration {
  const core = incidents.filter(({ scope }) => scope === 'core')
  const years = yearsOf(from, to)
  const pool = Severity.fitLognormal(lossesOf(core))
  const judged = core.filter(({ pauseWouldLimit }) => pauseWouldLimit !== 'unknown')
  const profiled = core.flatMap((incident) => profileOf(incident) ?? [])
  return {
    from,
    to,
    perYear: byFamily((family) => ofFamily(core, family).length / years),
    severity: byFamily((family) => severityOf(ofFamily(core, family), pool)),
    profiles: byProfile((profile) => share(profiled, (each) => each === profile, 1 / profiles.length)),
    spans: byProfile((profile) => spanOf(core, profile)),
    precursorShare: share(core, ({ precursor }) => precursor !== null, 0),
    lead: timesOf(core, ({ precursorLeadSeconds }) => precursorLeadSeconds, UnixTime.day),
    notice: timesOf(core, ({ detectSeconds }) => detectSeconds, 3.7 * UnixTime.hour),
    unstoppableShare: share(judged, ({ pauseWouldLimit }) => pauseWouldLimit === 'no', 0.1),
    count: core.length,
  }
}

/** The numbers of a calibration that a reader asks about first, each with its bootstrap interval. */
export type Intervals = {
  /** attempts a year over all bridges */
  readonly perYear: Estimate
  readonly medianLoss: Estimate
  readonly sigma: Estimate
  readonly tailShape: Estimate
  readonly precursorShare: Estimate
  /** null where fewer than three are known, as below */
  readonly leadSeconds: Estimate | null
  readonly noticeSeconds: Estimate | null
  readonly unstoppableShare: Estimate | null
}

/** The same fits over resampled incidents: how far each number may be off by the luck of what happened. */
export function intervals(
  incidents: readonly Incident[],
  to: UnixTime.UnixTime,
  { seed, from = firstDate(incidents), rounds = 500 }: IntervalOptions,
): Intervals {
  const core = incidents.filter(({ scope }) => scope === 'core')
  const root = Rng.create(seed)
  const of = (name: string, statistic: (sample: readonly Incident[]) => number) =>
    bootstrap(core, statistic, Rng.fork(root, name), rounds)
  const ofTimes = (name: string, read: (incident: Incident) => number | null) => {
    const times = timesIn(core, read)
    if (times.length < 3) return null
    return bootstrap(times, (sample) => Severity.fitLognormal(sample).median, Rng.fork(root, name), rounds)
  }
  const judged = core.filter(({ pauseWouldLimit }) => pauseWouldLimit !== 'unknown')
  const years = yearsOf(from, to)
  // The window is fixed, so resampling incidents would leave their number as it is: months are resampled.
  const months = monthly(core, from, to)
  return {
    perYear: bootstrap(months, (counts) => sum(counts) / years, Rng.fork(root, 'perYear'), rounds),
    medianLoss: of('median', (sample) => Severity.fitLognormal(lossesOf(sample)).median),
    sigma: of('sigma', (sample) => Severity.fitLognormal(lossesOf(sample)).sigma),
    tailShape: of('tail', (sample) => Severity.hill(lossesOf(sample)).shape),
    precursorShare: of('precursor', (sample) => share(sample, ({ precursor }) => precursor !== null, 0)),
    leadSeconds: ofTimes('lead', ({ precursorLeadSeconds }) => precursorLeadSeconds),
    noticeSeconds: ofTimes('notice', ({ detectSeconds }) => detectSeconds),
    unstoppableShare:
      judged.length === 0
        ? null
        : bootstrap(
            judged,
            (sample) => share(sample, ({ pauseWouldLimit }) => pauseWouldLimit === 'no', 0),
            Rng.fork(root, 'unstoppable'),
            rounds,
          ),
  }
}

export type IntervalOptions = {
  readonly seed: number
  readonly from?: UnixTime.UnixTime
  readonly rounds?: number
}

/** Losses above zero, in cents. */
export function lossesOf(incidents: readonly Incident[]): readonly Usd[] {
  return incidents.flatMap(({ loss }) => (loss !== null && loss > 0 ? [loss] : []))
}

/** Fewer losses than this say less about a family than all losses together do. */
const ownLosses = 10

function severityOf(incidents: readonly Incident[], pool: Severity.Lognormal): FamilySeverity {
  const losses = lossesOf(incidents)
  const pooled = losses.length < ownLosses
  return { ...(pooled ? pool : Severity.fitLognormal(losses)), count: losses.length, pooled }
}

// Where a profile has fewer than three known spans, the middle of its range stands in.
function spanOf(incidents: readonly Incident[], profile: Profile): Severity.Lognormal {
  const known = incidents.filter((incident) => profileOf(incident) === profile)
  return timesOf(known, ({ spanSeconds }) => spanSeconds, middleSpan[profile], spanSigma)
}

const middleSpan: Readonly<Record<Profile, number>> = {
  single: 1,
  burst: 10 * UnixTime.minute,
  hours: 2 * UnixTime.hour,
  days: 5 * UnixTime.day,
}
const spanSigma = 0.5

function timesOf(
  incidents: readonly Incident[],
  read: (incident: Incident) => number | null,
  otherwise: number,
  sigma = 1,
): Severity.Lognormal {
  const times = timesIn(incidents, read)
  return times.length < 3 ? { median: otherwise, sigma } : Severity.fitLognormal(times)
}

function timesIn(
  incidents: readonly Incident[],
  read: (incident: Incident) => number | null,
): readonly number[] {
  return incidents.map(read).filter((seconds): seconds is number => seconds !== null && seconds > 0)
}

function monthly(
  incidents: readonly Incident[],
  from: UnixTime.UnixTime,
  to: UnixTime.UnixTime,
): readonly number[] {
  const month = UnixTime.year / 12
  const counts = new Array<number>(Math.max(12, Math.ceil((to - from) / month))).fill(0)
  for (const { date } of incidents) counts[Math.min(counts.length - 1, Math.floor((date - from) / month))]!++
  return counts
}

function firstDate(incidents: readonly Incident[]): UnixTime.UnixTime {
  return Math.min(...incidents.filter(({ scope }) => scope === 'core').map(({ date }) => date))
}

// A shorter window would make a rate out of next to nothing.
function yearsOf(from: UnixTime.UnixTime, to: UnixTime.UnixTime): number {
  return Math.max(1, (to - from) / UnixTime.year)
}

function ofFamily(incidents: readonly Incident[], family: Family): readonly Incident[] {
  return incidents.filter(({ cause }) => familyOf(cause) === family)
}

function byFamily<T>(of: (family: Family) => T): Readonly<Record<Family, T>> {
  return Object.fromEntries(families.map((family) => [family, of(family)])) as Record<Family, T>
}

function byProfile<T>(of: (profile: Profile) => T): Readonly<Record<Profile, T>> {
  return Object.fromEntries(profiles.map((profile) => [profile, of(profile)])) as Record<Profile, T>
}

function share<T>(items: readonly T[], is: (item: T) => boolean, otherwise: number): number {
  return items.length === 0 ? otherwise : items.filter(is).length / items.length
}
