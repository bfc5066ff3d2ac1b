import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { deedText } from '@cutwater/engine/watch/deeds.ts'
import type { RunResult } from '@cutwater/lab/run/RunResult.ts'
import { runScenario, type Scene } from '@cutwater/lab/run/runScenario.ts'
import { scenarios } from '@cutwater/lab/scenarios/catalog.ts'
import type { Scenario } from '@cutwater/lab/scenarios/Scenario.ts'
import * as World from '@cutwater/lab/World.ts'
import type { Lab, LabResult, LabRun } from '../../api/Desk.ts'
import { clock } from '../clock.ts'
import { labTools } from '../labTools.ts'

/** The lab of a server: attacks on request, each on two chains of its own. `stop` leaves no chain behind. */
export type LabRuns = Lab & { stop(): Promise<void> }

/** How many runs are remembered, and how many findings and deeds of one. */
const most = { runs: 50, lines: 200 }

const blockMilliseconds = 1_000

export function labRuns(): LabRuns {
  const runs: LabRun[] = []
  let current: Promise<void> = Promise.resolve()
  let isOver = false
  return {
    scenarios: scenarios.map(({ name, incident, says, steps, limitedBy }) => {
      return { name, incident, says, steps, limitedBy }
    }),
    runs: () => runs,
    begin: ({ name, seed, level }) => {
      const scenario = scenarioOf(name)
      if (runs[0]?.status === 'running') throw busy(runs[0].name)
      const startedAt = clock.now()
      const id = `${name}-${level}-${seed}-${startedAt}`
      const run: LabRun = {
        ...{ id, name, seed, level, startedAt },
        ...{ status: 'running', phase: 'starting', says: null, endedAt: null, result: null },
        ...{ blocks: [], found: [], done: [] },
      }
      runs.unshift(run)
      runs.splice(most.runs)
      current = play(run, scenario, () => isOver)
      return run
    },
    stop: async () => {
      isOver = true
      await current
    },
  }
}

// All of the end is told at once, when the chains are gone: whoever sees a run done sees it over.
async function play(run: LabRun, scenario: Scenario, isOver: () => boolean): Promise<void> {
  const outcome = await outcomeOf(run, scenario, isOver).catch((error: unknown) => {
    return { status: 'failed', says: error instanceof Error ? error.message : String(error) } as const
  })
  Object.assign(run, { ...outcome, phase: 'over', endedAt: clock.now() })
}

async function outcomeOf(
  run: LabRun,
  scenario: Scenario,
  isOver: () => boolean,
): Promise<Pick<LabRun, 'status' | 'result'>> {
  const { level, seed } = run
  const onBlock = async (scene: Scene) => {
    if (isOver()) throw new Error('the server ends')
    await note(run, scene)
  }
  const world = await World.start(seed)
  try {
    const options = { level, seed, blockMilliseconds, isEager: true, mempool: false, onBlock } as const
    return { status: 'done', result: resultOf(await runScenario(world, labTools, scenario, options)) }
  } finally {
    await World.stop(world)
  }
}

async function note(run: LabRun, { height, phase, observer, lostUsd }: Scene): Promise<void> {
  const { findings, deeds, bridge } = observer
  run.phase = phase
  replace(
    run.found,
    findings.map(({ sentence }) => sentence),
  )
  replace(
    run.done,
    deeds.map(({ deed, outcome }) => `${deedText(bridge, deed)}: ${outcome.kind}`),
  )
  // Until the attack begins nothing is lost, and asking would cost both chains a round.
  const lost = phase === 'calm' ? { on: 0, off: 0 } : await lostUsd()
  run.blocks.push({ block: height, onLostUsd: toDollars(lost.on), offLostUsd: toDollars(lost.off) })
}

function resultOf({ incident, on, off, detectedBy }: RunResult): LabResult {
  const { blocksMoved: _, ...money } = on
  return { incident, on: money, off, detectedBy }
}

function replace(lines: string[], all: readonly string[]): void {
  lines.splice(0, lines.length, ...all.slice(-most.lines))
}

function scenarioOf(name: string): Scenario {
  const found = scenarios.find((each) => each.name === name)
  if (found !== undefined) return found
  throw new CutwaterError('SCENARIO_UNKNOWN', `there is no attack "${name}"`, {
    where: 'name',
    right: choice(
      name,
      scenarios.map((each) => each.name),
    ),
  })
}

function busy(name: string): CutwaterError {
  return new CutwaterError('LAB_BUSY', `${name} is under way`, { right: 'one run after the other' })
}
