import * as Assumptions from '@cutwater/core/simulation/attack/Assumptions.ts'
import { fitted } from '@cutwater/core/simulation/attack/fitted.ts'
import * as Model from '@cutwater/core/simulation/attack/Model.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { runPaths } from '@cutwater/core/simulation/attack/runPaths.ts'
import { type Calibration, calibrate } from '@cutwater/core/simulation/incidents/Calibration.ts'
import type { Incident } from '@cutwater/core/simulation/incidents/Incident.ts'
import { resampled } from '@cutwater/core/simulation/incidents/resampled.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import { totalOf } from '../../simulate/totalOf.ts'
import type { Scores } from './Scores.ts'

/** A bridge's year under a way to spend the budget, with assumptions changed. */
export type BridgeCase = {
  readonly recipe: Plan.Recipe
  readonly changes?: Changes
  /** changes that are themselves uncertain: as measured, and as they may be in a resample */
  readonly drawn?: Drawn
}

export type Changes = Readonly<Record<string, number>>

export type Drawn = { readonly asMeasured: Changes; readonly draw: (rng: Rng.Rng) => Changes }

/** One bridge with the record of incidents, as it is and as it might have been. */
export type BridgeBench = {
  readonly lockedUsd: Usd
  readonly seed: number
  readonly paths: number
  readonly assumptions: Assumptions.Assumptions
  /** the record first, then its resamples */
  readonly worlds: readonly World[]
  readonly kept: Map<string, number>
}

/** A record, fitted. */
export type World = { readonly calibration: Calibration; readonly changes: Changes; readonly index: number }

export type Settings = {
  readonly lockedUsd: Usd
  readonly incidents: readonly Incident[]
  /** the end of the time that was searched for incidents */
  readonly to: UnixTime
  readonly seed: number
  readonly paths: number
  readonly resamples: number
}

export function create({ lockedUsd, incidents, to, seed, paths, resamples }: Settings): BridgeBench {
  const core = incidents.filter(({ scope }) => scope === 'core')
  const record = calibrate(core, to)
  const { from } = record
  const root = Rng.create(seed)
  const drawn = Array.from({ length: resamples }, (_, index) =>
    calibrate(resampled(core, { from, to }, Rng.fork(root, `record ${index}`)), to, from),
  )
  const worlds = [record, ...drawn].map((calibration, index) => {
    return { calibration, changes: fitted(calibration), index }
  })
  return { lockedUsd, seed, paths, assumptions: Assumptions.defaults, worlds, kept: new Map() }
}

/** The same record at another value locked. */
export function ofSize(bench: BridgeBench, lockedUsd: Usd): BridgeBench {
  return { ...bench, lockedUsd, kept: new Map() }
}

/**
 * What a year costs under a case, in each world: cost and 6% of the mean of the worst hundredth of years, in basis points
 * of the value locked, below 0. The same attacks meet every case.
 */
export function scores(bench: BridgeBench, kase: BridgeCase): Scores {
  return Float64Array.from(bench.worlds, (world) => -bpOf(bench, totalUsd(bench, kase, world)))
}

/** Dollars a year as basis points of the value locked. */
export function bpOf({ lockedUsd }: BridgeBench, usd: number): number {
  return (1e4 * usd * 100) / lockedUsd
}

/** The same in dollars, in one world. */
export function totalUsd(bench: BridgeBench, kase: BridgeCase, world: World): number {
  const changes = { ...kase.changes, ...drawnIn(bench, kase, world) }
  const key = JSON.stringify([kase.recipe, changes, world.index])
  const known = bench.kept.get(key)
  if (known !== undefined) return known
  const model = modelOf(bench, world, changes)
  const plan = Plan.of(kase.recipe, model)
  // Resamples spread further than the paths err, so each may have fewer of them.
  const paths = world.index === 0 ? bench.paths : Math.ceil(bench.paths / pathsShare)
  const [tally] = runPaths({ model, plans: [plan], seed: bench.seed, firstPath: 0, paths })
  const usd = totalOf(tally!, model)
  bench.kept.set(key, usd)
  return usd
}

/** The bridge of a world, with some of its assumptions changed. */
export function modelOf({ lockedUsd, assumptions }: BridgeBench, world: World, changes: Changes = {}) {
  return Model.of({
    lockedUsd,
    years: 1,
    assumptions: Assumptions.withChanges({ ...world.changes, ...changes }, assumptions),
    calibration: world.calibration,
  })
}

const pathsShare = 6

function drawnIn({ seed }: BridgeBench, { drawn }: BridgeCase, { index }: World): Changes {
  if (drawn === undefined) return {}
  return index === 0 ? drawn.asMeasured : drawn.draw(Rng.create(seed, index))
}
