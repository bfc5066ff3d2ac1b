import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import * as Jeffreys from '@cutwater/core/simulation/Jeffreys.ts'
import type { Rng } from '@cutwater/core/simulation/Rng.ts'
import { day, hour, year } from '@cutwater/core/units/UnixTime.ts'
import { acute, type EarlyWarning, type Warning } from '../../assess/earlyWarning.ts'
import type { BridgeCase, Changes } from '../bench/BridgeBench.ts'

/** How well a signal foretells attacks, counted on a record; what is not counted is uncertain as the counts leave it. */
export type Hearing = {
  /** attacks before which it cried, of attacks on record */
  readonly hits: number
  readonly attacks: number
  /** share of those hits that crying at any time would have had by luck */
  readonly byLuck: number
  /** cries in quiet times, and the quiet time, years */
  readonly cries: number
  readonly quietYears: number
  readonly leadSeconds?: number
}

/** A signal's as the early warning study of a record has it; undefined where it had no data. */
export function of({ warnings, quietFrom, quietTo }: EarlyWarning, name: string): Hearing | undefined {
  const warning = warnings.find((each) => each.name === name)
  if (warning === undefined || warning.verdict === 'says nothing') return undefined
  const { crossingsPerMonth, chance, leadHours } = warning
  const quietDays = (quietTo - quietFrom) / day
  return {
    hits: hasCried(warning) ? 1 : 0,
    attacks: 1,
    byLuck: chance!,
    cries: Math.round((crossingsPerMonth! * quietDays) / 30),
    quietYears: (quietDays * day) / year,
    ...(leadHours === null ? {} : { leadSeconds: leadHours * hour }),
  }
}

/**
 * A ladder that is moved by such a signal: every attack may be foretold, as often as counted beyond luck, and it is acute
 * for nothing as often as counted.
 *
 * @param recipe which layers it presses; the near one unless it says otherwise, as the guard alone can follow at once
 */
export function moved(
  hearing: Hearing,
  recipe = Plan.recipeOf('adaptive'),
  changes: Changes = {},
): BridgeCase {
  const { hits, attacks, cries, quietYears } = hearing
  return {
    recipe,
    changes,
    drawn: {
      asMeasured: changesOf(
        hearing,
        Jeffreys.meanChance(hits, attacks),
        Jeffreys.meanRate(cries, quietYears),
      ),
      draw: (rng: Rng) =>
        changesOf(hearing, Jeffreys.chance(rng, hits, attacks), Jeffreys.rate(rng, cries, quietYears)),
    },
  }
}

/** In words, for what was measured. */
export function says({ hits, attacks, byLuck, cries, quietYears }: Hearing): string {
  const luck = byLuck > 0 ? `, ${Math.round(100 * byLuck)}% by luck` : ''
  return `it cried before ${hits} of ${attacks} ${attacks === 1 ? 'attack' : 'attacks'}${luck}, and ${(cries / quietYears).toFixed(0)} times a year for nothing`
}

function changesOf({ byLuck, leadSeconds }: Hearing, chance: number, perYear: number): Changes {
  return {
    precursorShare: 1,
    hitRate: Math.max(0, (chance - byLuck) / (1 - byLuck)),
    falseAlarmsPerYear: perYear,
    ...(leadSeconds === undefined ? {} : { leadSeconds }),
  }
}

function hasCried({ peak }: Warning): boolean {
  return peak.week !== null && peak.week >= acute
}
