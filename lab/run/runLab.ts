import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Scenario } from '../scenarios/Scenario.ts'
import * as World from '../World.ts'
import type { HonestResult, LabResult, RunResult, ScenarioResult } from './RunResult.ts'
import { runHonest } from './runHonest.ts'
import { type RunOptions, runScenario } from './runScenario.ts'
import { gather, summarise } from './summarise.ts'
import type { Tools } from './Tools.ts'

export type LabOptions = Omit<RunOptions, 'level'> & {
  readonly levels: readonly Level[]
  /** how often each scenario runs at each level, with seeds one after the other */
  readonly runs: number
  /** honest transfers that run by themselves first; 0 for none */
  readonly honestTransfers: number
  /** told of each step before it is taken */
  readonly onStep?: (what: string, nth: number, total: number) => void
}

/** Starts the chains, runs scenario after scenario on them, and stops the chains whatever happens. */
export async function runLab(
  tools: Tools,
  scenarios: readonly Scenario[],
  options: LabOptions,
): Promise<LabResult> {
  const { levels, honestTransfers, seed } = options
  const total = scenarios.length * levels.length * options.runs + (honestTransfers > 0 ? 1 : 0)
  let nth = 0
  const step = (what: string) => options.onStep?.(what, nth++, total)
  const world = await World.start(seed)
  try {
    let honest: HonestResult | null = null
    if (honestTransfers > 0) {
      step('honest traffic')
      honest = await runHonest(world, tools, {
        ...options,
        level: levels.at(-1)!,
        transfers: honestTransfers,
      })
    }
    const all: RunResult[] = []
    const results: ScenarioResult[] = []
    for (const level of levels) {
      for (const scenario of scenarios) {
        const runs: RunResult[] = []
        for (let run = 0; run < options.runs; run++) {
          step(`${scenario.name}, level ${level}, seed ${seed + run}`)
          runs.push(await attempt(world, tools, scenario, { ...options, level, seed: seed + run }))
        }
        all.push(...runs)
        results.push(gather(runs))
      }
    }
    return { scenarios: results, honest, summary: summarise(all) }
  } finally {
    await World.stop(world)
  }
}

async function attempt(world: World.World, tools: Tools, scenario: Scenario, options: RunOptions) {
  try {
    return await runScenario(world, tools, scenario, options)
  } catch (cause) {
    const { level, seed } = options
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CutwaterError('LAB_RUN_FAILED', `${scenario.name} at level ${level}, seed ${seed}: ${why}`, {
      right: 'a run to its end; the same seed runs the same attack again',
      cause,
    })
  }
}
