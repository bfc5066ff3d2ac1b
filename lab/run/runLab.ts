import type { Scenario } from '../scenarios/Scenario.ts'
import * as World from '../World.ts'
import type { HonestResult, LabResult, ScenarioResult } from './RunResult.ts'
import { runHonest } from './runHonest.ts'
import { type RunOptions, runScenario } from './runScenario.ts'
import type { Tools } from './Tools.ts'

export type LabOptions = RunOptions & {
  /** how often each scenario runs, with seeds one after the other; the worst counts */
  readonly runs: number
  /** whether honest traffic runs by itself too */
  readonly honest: boolean
  /** told of each step before it is taken */
  readonly onStep?: (what: string, nth: number, total: number) => void
}

/** Starts the chains, runs scenario after scenario on them, and stops the chains whatever happens. */
export async function runLab(
  tools: Tools,
  scenarios: readonly Scenario[],
  options: LabOptions,
): Promise<LabResult> {
  const total = scenarios.length * options.runs + (options.honest ? 1 : 0)
  let nth = 0
  const step = (what: string) => options.onStep?.(what, nth++, total)
  const world = await World.start(options.seed)
  try {
    const results: ScenarioResult[] = []
    let honest: HonestResult | null = null
    if (options.honest) {
      step('honest traffic')
      honest = await runHonest(world, tools, options)
    }
    for (const scenario of scenarios) {
      const runs: ScenarioResult[] = []
      for (let run = 0; run < options.runs; run++) {
        step(scenario.name)
        runs.push(await runScenario(world, tools, scenario, { ...options, seed: options.seed + run }))
      }
      results.push(worstOf(runs))
    }
    return { scenarios: results, honest }
  } finally {
    await World.stop(world)
  }
}

/** The run in which the guarded bridge lost most, with every run's findings. */
function worstOf(runs: readonly ScenarioResult[]): ScenarioResult {
  const worst = runs.reduce((a, b) => (b.on.lostUsd > a.on.lostUsd ? b : a))
  return {
    ...worst,
    detectedBy: [...new Set(runs.flatMap(({ detectedBy }) => detectedBy))],
    runs: runs.length,
  }
}
