import { CutwaterError } from '../units/CutwaterError.ts'
import * as Rate from '../units/Rate.ts'
import { hour, type UnixTime } from '../units/UnixTime.ts'

/** Protection that is added at once and taken off slowly; plain data, so a snapshot can keep it. */
export type State = {
  value: number
  /** the last step, seconds */
  at: UnixTime
  /** the last time the value went up, seconds */
  raisedAt: UnixTime
}

export type Settings = {
  /** half of what is above the target goes in this time, seconds; 0 is at once */
  readonly halfLifeSeconds: number
  /** nothing is taken off for this long after a rise, seconds */
  readonly dwellSeconds: number
  /** the most that is taken off in an hour, in the unit of the value */
  readonly maxPerHour: number
}

/**
 * A ratchet that stands at `value`, as if raised there at `at`.
 *
 * @example
 * Ratchet.start(0.2, 1659389551) // { value: 0.2, at: 1659389551, raisedAt: 1659389551 }
 */
export function start(value: number, at: UnixTime): State {
  return { value, at, raisedAt: at }
}

/**
 * Moves the ratchet to `at` in place, taking the target to have held since the last step, and returns its value.
 *
 * A higher target counts at once. A lower one counts for nothing until the dwell time after the last rise has
 * passed; then the gap halves every half-life, but falls by no more than `maxPerHour`. Steps at any cadence
 * agree. A step back in time takes nothing off and does not turn the clock back; should it bring a higher
 * target, that still counts. Throws RATCHET_STEP_INVALID or RATCHET_SETTINGS_INVALID.
 *
 * @example
 * const settings = { halfLifeSeconds: 3600, dwellSeconds: 600, maxPerHour: 1 }
 * const ratchet = Ratchet.start(0, 0)
 * Ratchet.step(ratchet, 0.8, 60, settings) // 0.8
 * Ratchet.step(ratchet, 0, 660, settings) // 0.8
 * Ratchet.step(ratchet, 0, 4260, settings) // 0.4
 */
export function step(ratchet: State, target: number, at: UnixTime, settings: Settings): number {
  if (!(Number.isFinite(target) && Number.isFinite(at))) throw stepInvalid(target, at)
  if (!isUsable(settings)) throw settingsInvalid(settings)
  const from = ratchet.at
  ratchet.at = Math.max(from, at)
  if (target > ratchet.value) {
    ratchet.value = target
    ratchet.raisedAt = ratchet.at
  } else {
    const falling = ratchet.at - Math.max(from, ratchet.raisedAt + settings.dwellSeconds)
    // Not even rounding moves the value before its time.
    if (falling > 0) {
      const gap = gapAfter(ratchet.value - target, falling, settings)
      ratchet.value = Math.min(ratchet.value, target + gap)
    }
  }
  return ratchet.value
}

/**
 * What is left of a gap. Solves `gap' = −min(gap·ln 2/half-life, rate)` exactly: a straight line while the half-life alone would be
 * faster than the rate allows, an exponential from there.
 */
function gapAfter(gap: number, seconds: number, { halfLifeSeconds, maxPerHour }: Settings): number {
  const perSecond = maxPerHour / hour
  const bend = (perSecond * halfLifeSeconds) / Math.LN2
  if (!(gap > bend)) return gap * Rate.decay(halfLifeSeconds, seconds)
  const straight = Math.min(seconds, (gap - bend) / perSecond)
  return Math.max(bend, gap - straight * perSecond) * Rate.decay(halfLifeSeconds, seconds - straight)
}

function isUsable({ halfLifeSeconds, dwellSeconds, maxPerHour }: Settings): boolean {
  return halfLifeSeconds >= 0 && dwellSeconds >= 0 && maxPerHour >= 0
}

function stepInvalid(target: number, at: UnixTime): CutwaterError {
  const what = `the target is ${target} at ${at}`
  return new CutwaterError('RATCHET_STEP_INVALID', what, { right: 'two finite numbers' })
}

function settingsInvalid({ halfLifeSeconds, dwellSeconds, maxPerHour }: Settings): CutwaterError {
  const what = `half-life ${halfLifeSeconds} s, dwell ${dwellSeconds} s, at most ${maxPerHour} an hour`
  return new CutwaterError('RATCHET_SETTINGS_INVALID', what, { right: 'three numbers, 0 or more' })
}
