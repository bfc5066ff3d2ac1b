import { day, hour } from '../units/UnixTime.ts'
import type * as Ratchet from './Ratchet.ts'
import { type Bounds, base, type Weights } from './Weights.ts'

/** A temper: survival first, in between, fee income first. */
export type PostureName = 'steward' | 'balanced' | 'promoter'

export const names: readonly PostureName[] = ['steward', 'balanced', 'promoter']

/** The ladder's own knobs; each book adds its own by the posture's name. */
export type Posture = {
  readonly name: PostureName
  readonly base: Weights
  /** κ of the tilt: 0 holds the base, large values chase the last signal */
  readonly conviction: number
  readonly bounds: Bounds
  readonly ratchet: Ratchet.Settings
}

/**
 * The preset of a name.
 *
 * @example
 * Posture.of('balanced').base // { near: 0.4, mid: 0.4, far: 0.2 }
 */
export function of(name: PostureName): Posture {
  return presets[name]
}

const presets: Readonly<Record<PostureName, Posture>> = {
  steward: {
    name: 'steward',
    base,
    conviction: 1.5,
    bounds: { floor: { near: 0.25, mid: 0.2, far: 0.1 }, cap: { near: 0.7, mid: 0.6, far: 0.4 } },
    ratchet: { halfLifeSeconds: 2 * day, dwellSeconds: 12 * hour, maxPerHour: 0.02 },
  },
  balanced: {
    name: 'balanced',
    base,
    conviction: 1,
    bounds: { floor: { near: 0.2, mid: 0.2, far: 0.1 }, cap: { near: 0.6, mid: 0.6, far: 0.4 } },
    ratchet: { halfLifeSeconds: day, dwellSeconds: 6 * hour, maxPerHour: 0.05 },
  },
  promoter: {
    name: 'promoter',
    base,
    conviction: 0.5,
    bounds: { floor: { near: 0.2, mid: 0.2, far: 0.1 }, cap: { near: 0.5, mid: 0.5, far: 0.3 } },
    ratchet: { halfLifeSeconds: 12 * hour, dwellSeconds: 2 * hour, maxPerHour: 0.1 },
  },
}
