import { CutwaterError } from '../../units/CutwaterError.ts'
import { sum } from '../../units/sum.ts'
import { year } from '../../units/UnixTime.ts'
import type { Usd } from '../../units/Usd.ts'
import type { Calibration } from '../incidents/Calibration.ts'
import { type Family, families, type Profile, profiles } from '../incidents/Incident.ts'
import type { Assumptions } from './Assumptions.ts'

/** One bridge, what is taken for granted about it, and how long it is looked at. */
export type Setting = {
  readonly lockedUsd: Usd
  readonly years: number
  readonly assumptions: Assumptions
  readonly calibration: Calibration
}

/** The setting worked out into what a path needs at each draw; plain numbers, indexed by family and profile. */
export type Model = Setting & {
  readonly horizonSeconds: number
  /** attempts a second on this bridge before audits and walls prevent any */
  readonly attacksPerSecond: number
  /** probability that an attack's family is this one or one before it */
  readonly familyUpTo: readonly number[]
  readonly medianLossUsd: readonly number[]
  readonly lossSigma: readonly number[]
  readonly profileUpTo: readonly number[]
  readonly firstShare: readonly number[]
  readonly spanMedianSeconds: readonly number[]
  readonly spanSigma: readonly number[]
  readonly bypassChance: readonly number[]
  readonly deceivedChance: readonly number[]
  readonly alarmsPerSecond: number
}

/** Positions in a model's lists. */
export const keysFamily = families.indexOf('keys')

/** Families that a review of code and upgrades can prevent. */
export const isReviewable: readonly boolean[] = families.map((family) =>
  (['proof', 'logic', 'upgrade'] as readonly Family[]).includes(family),
)

/**
 * Works a setting out.
 *
 * Throws MODEL_INVALID unless the value locked is whole cents above zero, below $10 trillion, and the years are from
 * 0.01 to 100.
 */
export function of(setting: Setting): Model {
  const { lockedUsd, years, assumptions, calibration } = setting
  if (!(Number.isSafeInteger(lockedUsd) && lockedUsd > 0 && lockedUsd <= 1e15)) throw lockedInvalid(lockedUsd)
  if (!(years >= 0.01 && years <= 100)) throw yearsInvalid(years)
  const perBridge = assumptions.rateFactor / assumptions.liveBridges
  const rates = families.map((family) => calibration.perYear[family] * perBridge)
  const scale =
    assumptions.severityFactor *
    (lockedUsd / (assumptions.typicalLockedDollars * 100)) ** assumptions.severityElasticity
  return {
    ...setting,
    horizonSeconds: years * year,
    attacksPerSecond: sum(rates) / year,
    familyUpTo: cumulative(rates),
    medianLossUsd: families.map((family) => calibration.severity[family].median * scale),
    lossSigma: families.map((family) => calibration.severity[family].sigma),
    profileUpTo: cumulative(profiles.map((profile) => calibration.profiles[profile])),
    firstShare: profiles.map((profile) => firstShare(profile, assumptions)),
    spanMedianSeconds: profiles.map((profile) => calibration.spans[profile].median),
    spanSigma: profiles.map((profile) => calibration.spans[profile].sigma),
    bypassChance: families.map((family) => bypassChance(family, assumptions)),
    deceivedChance: families.map((family) => (family === 'data' ? assumptions.deceivedByData : 0)),
    alarmsPerSecond: assumptions.falseAlarmsPerYear / year,
  }
}

function firstShare(profile: Profile, assumptions: Assumptions): number {
  if (profile === 'single') return 1
  if (profile === 'burst') return assumptions.firstShareBurst
  return profile === 'hours' ? assumptions.firstShareHours : assumptions.firstShareDays
}

// Whoever holds the operators of the bridge may hold those of its watchers: operators are counted, not keys.
function bypassChance(family: Family, { bypassChance, sharedOperators }: Assumptions): number {
  return family === 'keys' ? 1 - (1 - bypassChance) * (1 - sharedOperators) : bypassChance
}

function cumulative(parts: readonly number[]): readonly number[] {
  const whole = sum(parts)
  let up = 0
  return parts.map((part, index) => {
    up += part
    return index === parts.length - 1 || whole === 0 ? 1 : up / whole
  })
}

function lockedInvalid(lockedUsd: number): CutwaterError {
  return new CutwaterError('MODEL_INVALID', `the value locked is ${lockedUsd / 100} dollars`, {
    right: 'more than $0, at most $10 trillion',
  })
}

function yearsInvalid(years: number): CutwaterError {
  return new CutwaterError('MODEL_INVALID', `the horizon is ${years} years`, { right: '0.01 to 100 years' })
}
