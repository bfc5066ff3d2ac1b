import * as PercentileRank from '../../signals/PercentileRank.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import { day, hour } from '../../units/UnixTime.ts'
import * as Recent from '../Recent.ts'

/**
 * Who has received on a route lately: for crowds of first-time claimants and for probes before a drain.
 *
 * Memory is bounded: the newest beneficiaries, as many as it was made for. One forgotten counts as new again.
 */
export type Claimants = {
  readonly beneficiaries: Recent.Recent
  /** time, size and token of the last in leg, by place of its beneficiary */
  readonly at: UnixTime[]
  readonly units: number[]
  readonly token: number[]
  hourStart: UnixTime
  newInHour: number
  reportedHour: UnixTime
  readonly pastHours: PercentileRank.State
}

/** What a leg's beneficiary gives away. */
export type Signs = {
  /** first-time claimants this hour, once the hour stands out; 0 otherwise */
  readonly crowd: number
  /** size of the small leg to the same beneficiary within a day before, 0 when there was none */
  readonly probeUnits: number
}

/** How many beneficiaries a route remembers, unless it is told otherwise. */
export const limit = 16_384

/** A probe is at most this share of what follows. */
export const probeShare = 0.01

/** Fewer first-time claimants in an hour than this are never a crowd. */
export const leastCrowd = 10

export function create(most = limit): Claimants {
  return {
    beneficiaries: Recent.create(most),
    at: [],
    units: [],
    token: [],
    hourStart: 0,
    newInHour: 0,
    reportedHour: 0,
    pastHours: PercentileRank.create({ window: 720, minimum: 48 }),
  }
}

/** Notes an in leg and says what stands out. */
export function note(
  claimants: Claimants,
  beneficiary: string,
  token: number,
  units: number,
  at: UnixTime,
): Signs {
  if (at >= claimants.hourStart + hour) closeHour(claimants, at)
  const known = Recent.placeOf(claimants.beneficiaries, beneficiary)
  const probeUnits = known === undefined ? 0 : probeBefore(claimants, known, token, units, at)
  const place = known ?? Recent.add(claimants.beneficiaries, beneficiary)
  claimants.at[place] = at
  claimants.units[place] = units
  claimants.token[place] = token
  if (known !== undefined) return probeUnits > 0 ? { crowd: 0, probeUnits } : nothing
  claimants.newInHour += 1
  return isCrowd(claimants) ? { crowd: claimants.newInHour, probeUnits: 0 } : nothing
}

function probeBefore(
  claimants: Claimants,
  place: number,
  token: number,
  units: number,
  at: UnixTime,
): number {
  const before = claimants.units[place]!
  const isNear = claimants.token[place] === token && at - claimants.at[place]! <= day
  return isNear && before <= probeShare * units ? before : 0
}

// The hour stands out when it is above everything in its trailing window; it is reported once.
function isCrowd(claimants: Claimants): boolean {
  if (claimants.newInHour < leastCrowd || claimants.reportedHour === claimants.hourStart) return false
  if (PercentileRank.peek(claimants.pastHours, claimants.newInHour) < 1) return false
  claimants.reportedHour = claimants.hourStart
  return true
}

function closeHour(claimants: Claimants, at: UnixTime): void {
  if (claimants.hourStart > 0) PercentileRank.step(claimants.pastHours, claimants.newInHour)
  claimants.hourStart = at - (at % hour)
  claimants.newInHour = 0
}

const nothing: Signs = { crowd: 0, probeUnits: 0 }
