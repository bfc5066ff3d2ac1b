import { day, spanText, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { format, fromDollars } from '@cutwater/core/units/Usd.ts'

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
export const staleSeconds = 7 * day

/**
 * A drill in one sentence.
 *
 * @example
 * LastDrill.says({ at: 0, ageSeconds: 7200, attacks: 18, through: ['zero-root'], notCopied: [],
 *   worst: { name: 'zero-root', lostUsd: 900, paidUsd: 900, shortfallUsd: 0 } })
 * // '1 of 18 attacks got through: zero-root. The worst, zero-root, took $900.00, of which users lose $0.00.'
 */
export function says({ attacks, through, worst: { name, lostUsd, shortfallUsd } }: LastDrill): string {
  const passed =
    through.length === 0
      ? `None of ${attacks} attacks took more than the policy would let pass.`
      : `${through.length} of ${attacks} attacks got through: ${through.join(', ')}.`
  const money = (dollars: number) => format(fromDollars(dollars))
  const worst =
    lostUsd > 0
      ? `The worst, ${name}, took ${money(lostUsd)}, of which users lose ${money(shortfallUsd)}.`
      : 'None took anything.'
  return `${passed} ${worst}`
}

/** How old a drill is, in words. */
export function ageText({ ageSeconds }: Pick<LastDrill, 'ageSeconds'>): string {
  return `${spanText(Math.max(0, ageSeconds))} old`
}
