import type { PostureName } from '../../ladder/Posture.ts'
import { day, hour } from '../../units/UnixTime.ts'
import { fromDollars, type Usd } from '../../units/Usd.ts'

/** What the guard may do: 0 observe, 1 pause, 2 limit, 3 prove. Each level can do what the ones below it can. */
export type Level = 0 | 1 | 2 | 3

/** Every knob of the guard, with its unit in its name. */
export type GuardSettings = {
  readonly level: Level
  /** seconds from a bad leg to a pause in force: see it, decide, get it into a block */
  readonly detectSeconds: number
  readonly decideSeconds: number
  readonly includeSeconds: number
  /** a total limit refills once in this time */
  readonly windowSeconds: number
  /** total limit as a quantile of the lane's own trailing windows: at level 2 and below, where it stands alone */
  readonly limitQuantile: number
  /** the same at level 3, where proofs come first and the total limit is what stands when they lie */
  readonly looseQuantile: number
  /** allowance for unproven value, as a quantile of the lane's releases; refills once in `unprovenWindowSeconds` */
  readonly unprovenQuantile: number
  readonly unprovenWindowSeconds: number
  /** until a lane has seen so many proven legs its limit comes from the value locked */
  readonly warmLegs: number
  readonly coldShare: number
  readonly coldFloorUsd: Usd
  /** a limit grows by at most this share a day */
  readonly loosenPerDay: number
  /** proven value waits no longer than this for room; longer than people need to look */
  readonly holdSeconds: number
  /** a pause ends by itself after this, unless its gap keeps it */
  readonly pauseSeconds: number
}

/** Seconds from a bad leg to a pause in force. */
export function reactionSeconds(settings: GuardSettings): number {
  return settings.detectSeconds + settings.decideSeconds + settings.includeSeconds
}

/**
 * The posture's settings. Sources: one 12-second Ethereum block for each step of the reaction; 6% of the value
 * locked and a floor of $6M for cold lanes: six hours of dYdX's published withdrawal gate (max(1% of TVL, $1M) an
 * hour); holds of the next whole hour after the 3.7 h that the public record needed to notice (median of 17
 * timed incidents); the rest are choices, explained in docs/decisions/0005-guard-settings.md.
 */
export function ofPosture(posture: PostureName, level: Level): GuardSettings {
  return { ...shared, ...byPosture[posture], level }
}

const shared = {
  detectSeconds: 12,
  decideSeconds: 12,
  includeSeconds: 12,
  windowSeconds: 6 * hour,
  unprovenWindowSeconds: day,
  warmLegs: 100,
  coldShare: 0.06,
  coldFloorUsd: fromDollars(6_000_000),
}

const byPosture = {
  steward: {
    limitQuantile: 0.99,
    looseQuantile: 0.995,
    unprovenQuantile: 0.25,
    loosenPerDay: 0.1,
    holdSeconds: 12 * hour,
    pauseSeconds: 12 * hour,
  },
  balanced: {
    limitQuantile: 0.995,
    looseQuantile: 0.999,
    unprovenQuantile: 0.5,
    loosenPerDay: 0.25,
    holdSeconds: 4 * hour,
    pauseSeconds: 6 * hour,
  },
  promoter: {
    limitQuantile: 0.999,
    looseQuantile: 0.9995,
    unprovenQuantile: 0.75,
    loosenPerDay: 0.5,
    holdSeconds: 4 * hour,
    pauseSeconds: 4 * hour,
  },
} satisfies Record<PostureName, Partial<GuardSettings>>
