import type { PolicyName } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Assumptions from '@cutwater/core/simulation/attack/Assumptions.ts'
import * as Model from '@cutwater/core/simulation/attack/Model.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { runPaths } from '@cutwater/core/simulation/attack/runPaths.ts'
import * as Tally from '@cutwater/core/simulation/attack/Tally.ts'
import { calibrate } from '@cutwater/core/simulation/incidents/Calibration.ts'
import { runMany } from '@cutwater/engine/simulate/runMany.ts'
import { soloCrew } from '@cutwater/engine/simulate/soloCrew.ts'
import { collectedTo, loadIncidents } from '@cutwater/host/history/incidents/loadIncidents.ts'
import { threadCrew } from '@cutwater/host/simulate/threadCrew.ts'
import type { Area, Contest, Variant } from '../harness.ts'
import { install, type Numpy, openNumpy } from './numpy.ts'
import { stepByStep } from './stepByStep.ts'

/** The ladder's own step: it reads its signals every hour. */
const hour = { stepSeconds: 3_600, steps: 8_766 }

/** A coarse step, for a ladder that stands still. */
const day = { stepSeconds: 86_400, steps: 365 }

/** A ladder that moves with its signal: its state changes hour by hour, so others go hour by hour. */
export const simulationMoving: Area = {
  name: 'simulation-moving',
  prepare: () => prepare({ policy: 'adaptive', paths: 4_000, ...hour, target: 10, way: 'steps', workers: 2 }),
}

/** A ladder that stands still: the same law all year, and ours jumps over all of it. */
export const simulationStill: Area = {
  name: 'simulation-still',
  prepare: () => prepare({ policy: 'static', paths: 2_000, ...hour, target: 20, way: 'steps', workers: 1 }),
}

/** The same as moving, against the generic kind of simulator that copies a state at each step. */
export const simulationAgents: Area = {
  name: 'simulation-agents',
  prepare: () => prepare({ policy: 'adaptive', paths: 2, ...hour, target: 2_000, way: 'agents', workers: 1 }),
}

type Setup = {
  readonly policy: PolicyName
  readonly paths: number
  readonly stepSeconds: number
  readonly steps: number
  readonly target: number
  readonly way: 'steps' | 'agents'
  readonly workers: number
}

async function prepare(setup: Setup): Promise<Contest> {
  const { policy, paths, stepSeconds, steps, target, way, workers } = setup
  const model = Model.of({
    lockedUsd: 2e9,
    years: (steps * stepSeconds) / 31_557_600,
    // Signs before an attack are left out: whoever goes forward in steps would have to know the attack before it comes.
    assumptions: Assumptions.withChanges({ hitRate: 0 }),
    calibration: calibrate(loadIncidents(), collectedTo),
  })
  const plan = Plan.of(Plan.recipeOf(policy), model)
  const given = { model, plan, stepSeconds, steps }
  const numpy = await openNumpy(given)
  const coarse = plan.adapts ? undefined : await openNumpy({ ...given, ...day })
  const job = { model, plans: [plan], seed: 1 }
  const crew = workers > 1 ? threadCrew(workers) : undefined
  const ours =
    crew === undefined
      ? () => runPaths({ ...job, firstPath: 0, paths })
      : () =>
          crew.run(
            job,
            Array.from({ length: workers }, (_, worker) => ({
              firstPath: worker * (paths / workers),
              paths: paths / workers,
            })),
            () => {},
          )
  const theirs = numpy === undefined ? () => stepByStep(given, paths) : () => numpy.run(way, paths)
  return {
    unit: 'M path-steps/s',
    items: paths * steps,
    target,
    peer: numpy === undefined ? 'steps in JavaScript' : way === 'agents' ? 'step functions, Python' : 'numpy',
    agrees: await isSameMean(given, numpy),
    note: noteOf(setup, numpy),
    ours,
    theirs,
    ...(numpy === undefined || way === 'agents' ? {} : { variants: [variantOf(setup, numpy, coarse)] }),
    close: () => {
      numpy?.close()
      coarse?.close()
      void crew?.close()
    },
  }
}

/** What one would rightly ask next: a peer that jumps as well, or one that takes longer steps where it can. */
function variantOf({ paths }: Setup, numpy: Numpy, coarse: Numpy | undefined): Variant {
  return coarse === undefined
    ? {
        name: 'against numpy that jumps from event to event as well',
        of: 'theirs',
        run: () => numpy.run('jump', paths),
      }
    : {
        name: 'against numpy in steps of a day',
        of: 'theirs',
        run: () => coarse.run('steps', paths),
      }
}

export type Given = {
  readonly model: Model.Model
  readonly plan: Plan.Plan
  readonly stepSeconds: number
  readonly steps: number
}

function noteOf({ steps, workers, way }: Setup, numpy: Numpy | undefined): string {
  const absent = numpy === undefined ? `numpy is absent (${install}); ` : ''
  const hands = workers > 1 ? `${workers} threads against one core` : 'one core each'
  const kind =
    way === 'agents' ? '; a generic simulator in the style of cadCAD and radCAD, written for this' : ''
  return `${absent}${hands}; a path is ${steps.toLocaleString('en-US')} hours, which theirs takes one by one and ours jumps over; mean costs agree within four standard errors${kind}`
}

/** Means of the same law from other random numbers: within four standard errors of each other. */
async function isSameMean(given: Given, numpy: Numpy | undefined): Promise<boolean> {
  const { model, plan } = given
  const done = await runMany({ job: { model, plans: [plan], seed: 7 }, paths: 400_000, crew: soloCrew() })
  const [tally] = done.tallies
  const count = 20_000
  const theirs = numpy === undefined ? stepByStep(given, count) : await numpy.run('steps', count)
  const jumped = numpy === undefined ? theirs : await numpy.run('jump', 200_000)
  return [theirs, jumped].every(({ mean, standardError }) => {
    const error = Math.hypot(standardError, Tally.standardError(tally!, 'cost'))
    return Math.abs(mean - Tally.mean(tally!, 'cost')) < 4 * error
  })
}
