import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { boundOf } from '../bridge/bound.ts'
import { fitLimits, type LimitsByPlace } from '../bridge/fitLimits.ts'
import type { Scenario } from '../scenarios/Scenario.ts'
import * as World from '../World.ts'
import { runScenario } from './runScenario.ts'
import type { Tools } from './Tools.ts'

export type DrillOptions = {
  readonly seed: number
  readonly level: Level
  /** the limits that the drilled bridge has now */
  readonly limits: LimitsByPlace
  readonly blockMilliseconds: number
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
  /** who would bear it: cover, the reserve, users */
  readonly coveredUsd: number
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
}

/**
 * Attacks a local copy of a bridge in its place: the lab's contracts with the limits that the bridge has now, on chains
 * of its own.
 *
 * Where the limits are those of the policy and the seed is the lab's, a drill loses what the lab loses, to the cent.
 */
export async function drill(
  tools: Tools,
  scenarios: readonly Scenario[],
  options: DrillOptions,
): Promise<readonly Drilled[]> {
  const { seed, level, onStep } = options
  const policy = Policy.of('adaptive', { level })
  const world = await World.start(seed)
  try {
    const drilled: Drilled[] = []
    for (const [nth, scenario] of scenarios.entries()) {
      onStep?.(scenario.name, nth, scenarios.length)
      const { on, off, name, incident, detectedBy } = await runScenario(world, tools, scenario, {
        ...options,
        isEager: true,
        mempool: false,
      })
      const askedUsd = toDollars(boundOf(fitLimits(policy, seed), policy, scenario.deceived))
      const { lostUsd, coveredUsd, backstoppedUsd, shortfallUsd, boundUsd } = on
      drilled.push({
        name,
        incident,
        level,
        seed,
        lostUsd,
        coveredUsd,
        backstoppedUsd,
        shortfallUsd,
        openUsd: off.lostUsd,
        boundUsd,
        askedUsd,
        getsThrough: lostUsd > askedUsd,
        detectedBy,
      })
    }
    return drilled
  } finally {
    await World.stop(world)
  }
}
