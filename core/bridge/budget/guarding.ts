import { year } from '../../units/UnixTime.ts'
import type { Usd } from '../../units/Usd.ts'
import type { Economy } from '../Protection.ts'
import { type Curves, unreached } from './Curves.ts'

/** What the guard layer is worth at a yearly spending; money in cents. */
export type Guarding = {
  /** chance that no watcher sees what could be seen */
  readonly missChance: number
  /** people's time to a stop, as a share of what they needed in the record */
  readonly peopleShare: number
  /** C: what a full limit lets pass */
  readonly limitUsd: Usd
  /** r: what comes back a second */
  readonly refillPerSecond: number
  /** the most that a seen attack takes */
  readonly unprovenUsd: Usd
  /** honest value held, by what the wait costs its owners and the bridge */
  readonly frictionPerYearUsd: Usd
  /** what is spent and gone: watchers and people */
  readonly consumedPerYearUsd: Usd
}

export type Spending = {
  readonly spendUsd: Usd
  readonly lockedUsd: Usd
  readonly economy: Economy
  readonly curves: Curves
  /** what watchers were bought with, where it differs: nobody hires a watcher in the hour of an alarm */
  readonly standingUsd?: Usd
}

/**
 * The guard's curve: watchers that miss less together, people on call who come sooner, and limits as tight as the
 * friction allowance pays for.
 *
 * `miss = a^n`, n the watchers paid for; people need `floor + (1 − floor)·2^(−spend ÷ half)` of their time; a limit of
 * c·V holds `e^(−c ÷ c0)` of the honest flow, and c is the least whose friction the allowance pays. All saturate.
 * Sources and ranges: docs/decisions/0013-simulated-attacks.md.
 */
export function guarding({
  spendUsd,
  lockedUsd,
  economy,
  curves,
  standingUsd = spendUsd,
}: Spending): Guarding {
  const { watchShare, onCallShare, watcherDollars, onCallDollars, onCallFloor, flowScale } = curves
  const watchers = (standingUsd * watchShare) / (watcherDollars * 100)
  const onCallUsd = spendUsd * onCallShare
  const heldCost = (curves.holdSeconds / year) * economy.frictionPerYear + curves.holdLossShare
  const frictionUsd = curves.flowPerDay * daysPerYear * lockedUsd * heldCost
  const allowanceUsd = spendUsd * Math.max(0, 1 - watchShare - onCallShare)
  const share = limitShare(frictionUsd, allowanceUsd, curves)
  return {
    missChance: curves.missPerWatcher ** watchers,
    peopleShare: onCallFloor + (1 - onCallFloor) * unreached(onCallUsd, onCallDollars * 100),
    limitUsd: share * lockedUsd,
    refillPerSecond: (share * lockedUsd) / curves.windowSeconds,
    unprovenUsd: curves.hardShare * lockedUsd,
    frictionPerYearUsd: frictionUsd * Math.exp(-share / flowScale),
    consumedPerYearUsd: standingUsd * watchShare + onCallUsd,
  }
}

const daysPerYear = 365.25

// Without any allowance the limit is all there is, which is none.
function limitShare(frictionUsd: Usd, allowanceUsd: Usd, { limitFloor, flowScale }: Curves): number {
  if (allowanceUsd >= frictionUsd) return limitFloor
  if (allowanceUsd <= 0) return 1
  return Math.min(1, Math.max(limitFloor, flowScale * Math.log(frictionUsd / allowanceUsd)))
}
