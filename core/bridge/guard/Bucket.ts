import type { UnixTime } from '../../units/UnixTime.ts'

/** A bucket that refills: what may pass at once, and how fast that comes back. In raw token units. */
export type Bucket = { capacity: number; level: number; at: UnixTime; readonly windowSeconds: number }

/** A full bucket. It refills by its capacity every `windowSeconds`. */
export function create(capacity: number, windowSeconds: number, at: UnixTime): Bucket {
  return { capacity, level: capacity, at, windowSeconds }
}

/** Brings the level to `at`; time that runs backwards changes nothing. */
export function refill(bucket: Bucket, at: UnixTime): void {
  if (at <= bucket.at) return
  bucket.level = levelAt(bucket, at)
  bucket.at = at
}

/** Whether `units` would pass now. */
export function fits(bucket: Bucket, units: number, at: UnixTime): boolean {
  refill(bucket, at)
  return units <= bucket.level
}

export function take(bucket: Bucket, units: number): void {
  bucket.level -= units
}

/**
 * Changes the capacity. A smaller one counts at once; a larger one adds room only by refilling, so that moving
 * the limit up and down never hands out value.
 */
export function resize(bucket: Bucket, capacity: number, at: UnixTime): void {
  refill(bucket, at)
  bucket.capacity = capacity
  if (bucket.level > capacity) bucket.level = capacity
}

/** The first moment at which `units` fit, if nothing else passes; Infinity when they never do. */
export function readyAt(bucket: Bucket, units: number): UnixTime {
  if (units > bucket.capacity) return Number.POSITIVE_INFINITY
  if (units <= bucket.level) return bucket.at
  const at = Math.ceil(bucket.at + ((units - bucket.level) * bucket.windowSeconds) / bucket.capacity)
  // Rounding may put the whole second one too early or one too late; what fits is what the refill says.
  if (levelAt(bucket, at) < units) return at + 1
  return at - 1 > bucket.at && levelAt(bucket, at - 1) >= units ? at - 1 : at
}

/**
 * The most that can pass within `seconds` from now on: what a full bucket holds and what comes back meanwhile.
 * `C + r·D` of reference part 3.2 of docs/decisions/0004-loss-bound.md.
 *
 * @example
 * Bucket.bound(1000, 600, 60) // 1100
 */
export function bound(capacity: number, windowSeconds: number, seconds: number): number {
  return capacity * (1 + seconds / windowSeconds)
}

function levelAt({ capacity, level, at: since, windowSeconds }: Bucket, at: UnixTime): number {
  return Math.min(level + (capacity * (at - since)) / windowSeconds, capacity)
}
