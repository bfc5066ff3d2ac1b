import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/** The newest drill on a copy of a bridge, for its board. Dollars. */
export type LastDrill = {
  readonly at: UnixTime
  /** how old it was at the moment that is assessed */
  readonly ageSeconds: number
  readonly attacks: number
  /** attacks that took more than the policy would let pass */
  readonly through: readonly string[]
  /** the attack that took most, and who would have borne it */
  readonly worst: {
    readonly name: string
    readonly lostUsd: number
    readonly paidUsd: number
    readonly shortfallUsd: number
  }
  /** parts of the bridge that the copy did not have */
  readonly notCopied: readonly string[]
}

/** A drill older than this says little of a bridge today: limits, keys and money have moved since. */
export const staleSeconds = 7 * 86_400
