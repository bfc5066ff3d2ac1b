import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { App } from '../app.ts'
import type { Desk, Lab, LabResult, LabRun } from '../Desk.ts'
import * as schemas from '../schemas.ts'
import { answers } from './answers.ts'

const scenarios = createRoute({
  method: 'get',
  path: '/api/lab/scenarios',
  summary: 'the attacks of the lab, and the incident behind each',
  responses: answers(schemas.labScenarios),
})

const list = createRoute({
  method: 'get',
  path: '/api/lab/runs',
  summary: 'runs so far, newest first',
  responses: answers(schemas.labRuns),
})

const read = createRoute({
  method: 'get',
  path: '/api/lab/runs/{id}',
  summary: 'a run on its way: both twins block by block, and what it came to',
  request: { params: z.object({ id: z.string().max(80) }) },
  responses: answers(schemas.labRun),
})

const begin = createRoute({
  method: 'post',
  path: '/api/lab/runs',
  summary: 'attack twin bridges on two chains of their own; one run at a time',
  security: [{ token: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: schemas.labWanted } } } },
  responses: answers(schemas.labRun),
})

/** Attacks of the lab, run when somebody asks for one. */
export function labRoutes(app: App, { lab }: Desk): void {
  app.openapi(scenarios, (context) => context.json({ scenarios: [...labOf(lab).scenarios] }, 200))
  app.openapi(list, (context) => context.json({ runs: labOf(lab).runs().map(headOf) }, 200))
  app.openapi(read, (context) => {
    const { id } = context.req.valid('param')
    const run = labOf(lab)
      .runs()
      .find((each) => each.id === id)
    if (run === undefined) throw runUnknown(id)
    return context.json(rowOf(run), 200)
  })
  app.openapi(begin, (context) => {
    const { name, seed, level } = context.req.valid('json')
    // The schema has let through no other levels.
    return context.json(rowOf(labOf(lab).begin({ name, seed, level: level as Level })), 200)
  })
}

function rowOf(run: LabRun): schemas.LabRun {
  const { blocks, found, done } = run
  return { ...headOf(run), blocks: [...blocks], found: [...found], done: [...done] }
}

function headOf(run: LabRun): schemas.LabRuns['runs'][number] {
  const { id, name, seed, level, status, phase, says, startedAt, endedAt, result } = run
  return {
    id,
    name,
    seed,
    level,
    status,
    phase,
    says,
    startedAt,
    endedAt,
    result: result && resultRow(result),
  }
}

function resultRow({ detectedBy, ...rest }: LabResult) {
  return { ...rest, detectedBy: [...detectedBy] }
}

function labOf(lab: Lab | null): Lab {
  if (lab !== null) return lab
  throw new CutwaterError('LAB_UNAVAILABLE', 'the lab does not run here', {
    right: 'a server started with `cutwater start` or `cutwater serve`',
  })
}

function runUnknown(id: string): CutwaterError {
  return new CutwaterError('RUN_UNKNOWN', 'there is no such run', {
    where: id,
    right: 'an id from /api/lab/runs',
  })
}
