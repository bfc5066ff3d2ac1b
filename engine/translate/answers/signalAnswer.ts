import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import type { Estimate } from '@cutwater/core/simulation/bootstrap.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { type BreakEvenSignal, breakEvenSignal } from '../../simulate/breakEvenSignal.ts'
import * as BridgeBench from '../bench/BridgeBench.ts'
import { ofWorlds } from '../bench/ofWorlds.ts'
import * as Scores from '../bench/Scores.ts'
import { fixed } from '../concepts/Row.ts'
import type { BreakEven, BreakEvenOfSize } from '../Translation.ts'

/** How informative a signal must be before moving with it beats standing still. */
export function signalAnswer(bench: BridgeBench.BridgeBench, sizes: readonly Usd[]): BreakEven {
  const bySize = sizes.map((size) =>
    size === bench.lockedUsd
      ? sizeAnswer(bench, worldsLookedAt)
      : sizeAnswer(BridgeBench.ofSize(bench, size), worldsGlancedAt),
  )
  const own = bySize[sizes.indexOf(bench.lockedUsd)] ?? sizeAnswer(bench, worldsLookedAt)
  const record = ofWorlds(bench, ({ calibration }) => calibration.precursorShare)
  return {
    hitRate: bench.assumptions.hitRate,
    falseAlarmRate: own.falseAlarmRate?.value ?? null,
    low: own.falseAlarmRate?.low ?? null,
    high: own.falseAlarmRate?.high ?? null,
    recordHitRate: record.value,
    recordLow: record.low,
    recordHigh: record.high,
    bySize,
  }
}

/** What a signal could save that is acute before every attack and at no other time, or before every sign only. */
export function perfect(bench: BridgeBench.BridgeBench, seesAll: boolean): Estimate {
  const changes = { hitRate: 1, falseAlarmsPerYear: 0, ...(seesAll ? { precursorShare: 1 } : {}) }
  const on = { recipe: Plan.recipeOf('adaptive'), changes }
  return Scores.difference(BridgeBench.scores(bench, on), [BridgeBench.scores(bench, fixed)])
}

function sizeAnswer(bench: BridgeBench.BridgeBench, worlds: number): BreakEvenOfSize {
  const found = new Map<number, BreakEvenSignal>()
  const of = (world: BridgeBench.World) => {
    const known = found.get(world.index) ?? breakEvenSignal(BridgeBench.modelOf(bench, world))
    found.set(world.index, known)
    return known
  }
  const first = of(bench.worlds[0]!)
  const rate = ofWorlds(bench, (world) => of(world).falseAlarmRate ?? always, worlds)
  return {
    valueUsd: toDollars(bench.lockedUsd),
    savedPerHitUsd: first.gainPerHitUsd,
    costPerAlarmUsd: first.costPerAlarmUsd,
    falseAlarmRate: first.falseAlarmRate === null ? null : rate,
    perfectBp: perfect(bench, false),
  }
}

/** Each takes a search over many hours; the record and ten resamples show how wide it is, and six for other sizes. */
const worldsLookedAt = 11
const worldsGlancedAt = 7
/** Stands for a signal that pays however often it errs. */
const always = 1e5
