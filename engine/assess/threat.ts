import * as Attack from '@cutwater/core/simulation/attack/Assumptions.ts'
import { lossesOf } from '@cutwater/core/simulation/incidents/Calibration.ts'
import type { Incident } from '@cutwater/core/simulation/incidents/Incident.ts'
import { familyOf } from '@cutwater/core/simulation/incidents/Incident.ts'
import { formatDate, type UnixTime, year } from '@cutwater/core/units/UnixTime.ts'
import type { Parameter, Unsaid } from './Assessment.ts'

/** Attacks a year on one bridge, as the public record up to a moment tells. */
export type Threat = {
  readonly perYear: number
  readonly reviewableShare: number
  readonly bypassChance: number
  /** cents */
  readonly losses: readonly number[]
  readonly parameters: readonly Parameter[]
}

const fewest = 10
const reviewable = new Set(['proof', 'logic', 'upgrade'])

/** The threat at a moment: only what had happened by then, and nothing where that is too little to price by. */
export function threat(incidents: readonly Incident[], at: UnixTime): Threat | Unsaid {
  const known = incidents.filter(({ scope, date, loss }) => scope === 'core' && date < at && (loss ?? 0) > 0)
  if (known.length < fewest) {
    return {
      why: `${known.length} incidents with a loss are known by ${formatDate(at)}, too few to price by`,
    }
  }
  const years = Math.max(1, (at - known[0]!.date) / year)
  const perYear = known.length / years / Attack.defaults.liveBridges
  const reviewableShare = known.filter(({ cause }) => reviewable.has(familyOf(cause))).length / known.length
  const source = `${known.length} public incidents with a loss, ${formatDate(known[0]!.date)} to ${formatDate(at)}`
  return {
    perYear,
    reviewableShare,
    bypassChance: Attack.defaults.bypassChance,
    losses: lossesOf(known),
    parameters: [
      {
        name: 'perYear',
        value: perYear,
        unit: 'losses per year and bridge',
        source: `${source}, over liveBridges`,
      },
      {
        name: 'reviewableShare',
        value: reviewableShare,
        unit: 'share',
        source: `${source}: faults of proofs, logic and upgrades`,
      },
    ],
  }
}
