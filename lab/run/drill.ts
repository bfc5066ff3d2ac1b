import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { boundOf } from '../bridge/bound.ts'
import { fitLimits, type LimitsByPlace } from '../bridge/fitLimits.ts'
import type { Scale } from '../bridge/Scale.ts'
import type { Scenario } from '../scenarios/Scenario.ts'
import * as World from '../World.ts'
import type { Health } from './health.ts'
import { runScenario } from './runScenario.ts'
import type { Tools } from './Tools.ts'

export type DrillOptions = {
  readonly seed: number
  readonly level: Level
  /** the limits that the drilled bridge has now */
  readonly limits: LimitsByPlace
  /** all else that was copied of it; what was not is the lab's own */
  readonly scale: Scale
  readonly blockMilliseconds: number
  /** aborted when no more attacks are to be made */
  readonly signal?: AbortSignal
  /** told of each attack before it is made */
  readonly onStep?: (name: string, nth: number, total: number) => void
}

/** What an attack would take today. Dollars. */
export type Drilled = {
  readonly name: string
  readonly incident: string
  readonly level: Level
  readonly seed: number
  readonly lostUsd: number
  /** what a bridge without layers would lose more */
  readonly preventedUsd: number
  /** who would bear the loss: stake, sold cover, the reserve, users */
  readonly slashedUsd: number
  readonly coverUsd: number
  readonly backstoppedUsd: number
  readonly shortfallUsd: number
  /** what a bridge without layers would lose */
  readonly openUsd: number
  /** the most that the limits as they stand let pass */
  readonly boundUsd: number
  /** the most that the limits let pass which the policy asks for */
  readonly askedUsd: number
  /** whether more is lost than the policy would allow: what stands has been loosened */
  readonly getsThrough: boolean
  readonly detectedBy: readonly string[]
  /** how honest people were served, by the copy and by a bridge without layers */
  readonly health: Health
  readonly openHealth: Health
}

/**
 * Attacks a local copy of a bridge in its place: the lab's contracts with the limits that the bridge has now, as large as
 * it is, signed for by as many, and with as much money behind it, on chains of its own.
 *
 * Where all of that is the lab's own and the seed is the same, a drill loses what the lab loses, to the cent. One that is
 * ended before its time tells nothing: null.
 */
export async function drill(
  tools: Tools,
  scenarios: readonly Scenario[],
  options: DrillOptions,
): Promise<readonly Drilled[] | null> {
  const { seed, level, scale, signal, onStep } = options
  const policy = Policy.of('adaptive', { level })
  const world = await World.start(seed, World.begin, scale)
  try {
    const drilled: Drilled[] = []
    const asked = fitLimits(policy, seed, scale)
    for (const [nth, scenario] of scenarios.entries()) {
      if (signal?.aborted) return null
      onStep?.(scenario.name, nth, scenarios.length)
      const { on, off, name, incident, detectedBy, health } = await runScenario(world, tools, scenario, {
        ...options,
        isEager: true,
        mempool: false,
        afterBlocks,
      })
      const askedUsd = toDollars(boundOf(asked, policy, scenario.deceived, { ...scale, level: null }))
      const { lostUsd, preventedUsd, slashedUsd, coveredUsd, backstoppedUsd, shortfallUsd, boundUsd } = on
      drilled.push({
        name,
        incident,
        level,
        seed,
        lostUsd,
        preventedUsd,
        slashedUsd,
        coverUsd: coveredUsd - slashedUsd,
        backstoppedUsd,
        shortfallUsd,
        openUsd: off.lostUsd,
        boundUsd,
        askedUsd,
        getsThrough: lostUsd > askedUsd,
        detectedBy,
        health: health!.on,
        openHealth: health!.off,
      })
    }
    return drilled
  } finally {
    await World.stop(world)
  }
}

/** Two minutes of chain time in which honest people send on. */
const afterBlocks = 10
