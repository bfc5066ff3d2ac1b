import type { PerLayer } from '../../ladder/Layer.ts'
import * as Layer from '../../ladder/Layer.ts'
import { bonding } from '../budget/bonding.ts'
import { type Curves, defaultCurves } from '../budget/Curves.ts'
import { governing } from '../budget/governing.ts'
import { guarding } from '../budget/guarding.ts'
import type { Economy } from '../Protection.ts'

/** Attacks a year on one bridge, and how they meet its layers. */
export type Threat = {
  readonly perYear: number
  /** share of attacks that review of code and upgrades could have kept away */
  readonly reviewableShare: number
  /** chance that the guard fails altogether */
  readonly bypassChance: number
  /** losses that happened, each as likely as the other, cents */
  readonly losses: readonly number[]
}

/** A bridge as its ladder stands, in cents. */
export type Standing = {
  readonly lockedUsd: number
  /** the most that leaves while watchers see what happens */
  readonly boundUsd: number
  readonly reserveUsd: number
  readonly economy: Economy
  readonly curves?: Curves
}

/** A year's losses by who carries them, cents: expected values that sum to what would be lost without any layer. */
export type Year = {
  readonly baselineUsd: number
  /** never tried, because review found it in time: govern */
  readonly avoidedUsd: number
  /** never left: guard */
  readonly preventedUsd: number
  /** bond */
  readonly coveredUsd: number
  /** reserve: govern */
  readonly backstoppedUsd: number
  readonly shortfallUsd: number
}

/**
 * An expected year under a spending by layer, cents a year, by the curves of `budget/` (docs/decisions/0013-simulated-attacks.md)
 * in closed form: what the simulation draws, without its luck (docs/decisions/0017-the-next-dollar.md).
 *
 * An attack that review does not keep away takes one of the losses that happened, at most what is locked. With
 * `bypassChance` nothing stops it; else watchers see it and it is cut at the guard's bound; or all of them miss it and it
 * is cut at what a limit lets pass until people come. Cover pays what is left, then the reserve, then users.
 */
export function year(spent: PerLayer<number>, threat: Threat, standing: Standing): Year {
  const { lockedUsd, boundUsd, economy, curves = defaultCurves } = standing
  const guard = guarding({ spendUsd: spent.near, lockedUsd, economy, curves })
  const { coverUsd } = bonding({ spendUsd: spent.mid, lockedUsd, economy, curves })
  const govern = governing({ spendUsd: spent.far, economy, curves })
  const reserveUsd = standing.reserveUsd + govern.reservePerYearUsd
  const avoided = threat.reviewableShare * govern.bugCut * meanWorth(curves)
  const peopleSeconds = guard.peopleShare * economy.humanSeconds
  const ways = [
    { chance: threat.bypassChance, cap: lockedUsd },
    { chance: (1 - threat.bypassChance) * (1 - guard.missChance), cap: boundUsd },
    {
      chance: (1 - threat.bypassChance) * guard.missChance,
      cap: guard.limitUsd + guard.refillPerSecond * peopleSeconds,
    },
  ]
  let [baselineUsd, preventedUsd, coveredUsd, backstoppedUsd, shortfallUsd] = [0, 0, 0, 0, 0]
  for (const each of threat.losses) {
    const loss = Math.min(each, lockedUsd)
    const rate = threat.perYear / threat.losses.length
    baselineUsd += rate * loss
    for (const { chance, cap } of ways) {
      const weight = rate * chance * (1 - avoided)
      const left = Math.min(loss, cap)
      const covered = Math.min(left, coverUsd)
      const backstopped = Math.min(left - covered, reserveUsd)
      preventedUsd += weight * (loss - left)
      coveredUsd += weight * covered
      backstoppedUsd += weight * backstopped
      shortfallUsd += weight * (left - covered - backstopped)
    }
  }
  return {
    baselineUsd,
    avoidedUsd: avoided * baselineUsd,
    preventedUsd,
    coveredUsd,
    backstoppedUsd,
    shortfallUsd,
  }
}

/** What one more dollar a year in each layer takes off the expected shortfall, dollars: above 1 it pays for itself. */
export function marginal(spent: PerLayer<number>, threat: Threat, standing: Standing): PerLayer<number> {
  const step = Math.max(100_000, (spent.near + spent.mid + spent.far) / 1_000)
  const lost = (of: PerLayer<number>) => year(of, threat, standing).shortfallUsd
  return Layer.map((layer) => (lost(spent) - lost({ ...spent, [layer]: spent[layer] + step })) / step)
}

/**
 * How much of what the ladder saves each layer carries: what govern avoids and backs, what the guard prevents, what the
 * bond covers, as shares of their sum; all 0 where nothing is saved.
 *
 * @example
 * LayerYear.carried({ baselineUsd: 10, avoidedUsd: 1, preventedUsd: 6, coveredUsd: 2, backstoppedUsd: 1, shortfallUsd: 0 })
 * // { near: 0.6, mid: 0.2, far: 0.2 }
 */
export function carried({ avoidedUsd, preventedUsd, coveredUsd, backstoppedUsd }: Year): PerLayer<number> {
  const saved = avoidedUsd + preventedUsd + coveredUsd + backstoppedUsd
  if (saved <= 0) return { near: 0, mid: 0, far: 0 }
  return {
    near: preventedUsd / saved,
    mid: coveredUsd / saved,
    far: (avoidedUsd + backstoppedUsd) / saved,
  }
}

/** What an audit is worth in the mean from one to the next: it halves with every half-life. */
function meanWorth({ auditHalfLifeSeconds, auditIntervalSeconds }: Curves): number {
  const halvings = auditIntervalSeconds / auditHalfLifeSeconds
  return halvings === 0 ? 1 : (1 - 2 ** -halvings) / (halvings * Math.LN2)
}
