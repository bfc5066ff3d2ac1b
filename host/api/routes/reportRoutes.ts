import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { App } from '../app.ts'
import type { Desk, Lab } from '../Desk.ts'
import * as Reports from '../Reports.ts'
import * as schemas from '../schemas.ts'
import { answers } from './answers.ts'

const name = z.object({ name: z.string().max(40) })
const security = [{ token: [] }]

const list = createRoute({
  method: 'get',
  path: '/api/reports',
  summary: 'the reports there are, how far each is, and the command that prints it',
  responses: answers(schemas.reports),
})

const read = createRoute({
  method: 'get',
  path: '/api/reports/{name}',
  summary: 'what a report came to; null while it was not made',
  request: { params: name },
  responses: answers(schemas.report),
})

const begin = createRoute({
  method: 'post',
  path: '/api/reports/{name}',
  summary: 'make a report, or make it anew',
  security,
  request: { params: name },
  responses: answers(schemas.reportHead),
})

const lab = createRoute({
  method: 'get',
  path: '/api/lab',
  summary: 'the attacks of the lab, and what runs have come to',
  responses: answers(schemas.lab),
})

const play = createRoute({
  method: 'post',
  path: '/api/lab/{name}',
  summary: 'let an attack be the next that is played',
  security,
  request: { params: name },
  responses: answers(schemas.played),
})

/** Reports that are commands of this program, and the lab where it runs. */
export function reportRoutes(app: App, { reports, lab: place }: Desk): void {
  app.openapi(list, (context) => {
    const heads = [...reports.commands.keys()].map((each) => headOf(reports, each))
    return context.json({ reports: heads }, 200)
  })
  app.openapi(read, (context) => {
    const made = Reports.find(reports, context.req.valid('param').name)
    const result: unknown = made?.text == null ? null : JSON.parse(made.text)
    return context.json({ head: headOf(reports, context.req.valid('param').name), result }, 200)
  })
  app.openapi(begin, (context) => {
    const { name } = Reports.begin(reports, context.req.valid('param').name)
    return context.json(headOf(reports, name), 200)
  })
  app.openapi(lab, (context) => {
    const { scenarios, results } = labOf(place)
    return context.json(
      {
        scenarios: [...scenarios],
        results: results().map((each) => ({ ...each, detectedBy: [...each.detectedBy] })),
      },
      200,
    )
  })
  app.openapi(play, (context) => {
    const { scenarios, play } = labOf(place)
    const { name } = context.req.valid('param')
    if (!scenarios.some((each) => each.name === name))
      throw scenarioUnknown(
        name,
        scenarios.map((each) => each.name),
      )
    play(name)
    return context.json({ next: name }, 200)
  })
}

function headOf(reports: Reports.Reports, name: string): schemas.ReportHead {
  const made = Reports.find(reports, name)
  const command = ['cutwater', ...reports.commands.get(name)!].join(' ')
  if (made === undefined) return { name, command, status: 'none', says: null, startedAt: null, endedAt: null }
  const { status, says, startedAt, endedAt } = made
  return { name, command, status, says, startedAt, endedAt }
}

function labOf(lab: Lab | null): Lab {
  if (lab !== null) return lab
  throw new CutwaterError('LAB_UNAVAILABLE', 'the lab does not run here', {
    right: 'a server started with `cutwater start` or `cutwater serve`',
  })
}

function scenarioUnknown(name: string, names: readonly string[]): CutwaterError {
  return new CutwaterError('SCENARIO_UNKNOWN', `there is no attack "${name}"`, { right: choice(name, names) })
}
