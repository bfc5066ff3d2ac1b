import { createRoute, z } from '@hono/zod-openapi'
import type { App } from '../app.ts'
import type { Desk } from '../Desk.ts'
import * as Reports from '../Reports.ts'
import { reportHead } from '../reportHead.ts'
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

/** Reports that are commands of this program. */
export function reportRoutes(app: App, { reports }: Desk): void {
  app.openapi(list, (context) => {
    const heads = [...reports.commands.keys()].map((each) => reportHead(reports, each))
    return context.json({ reports: heads }, 200)
  })
  app.openapi(read, (context) => {
    const made = Reports.find(reports, context.req.valid('param').name)
    const result: unknown = made?.text == null ? null : JSON.parse(made.text)
    return context.json({ head: reportHead(reports, context.req.valid('param').name), result }, 200)
  })
  app.openapi(begin, (context) => {
    const { name } = Reports.begin(reports, context.req.valid('param').name)
    return context.json(reportHead(reports, name), 200)
  })
}
