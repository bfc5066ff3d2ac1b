import type { Finding } from '@cutwater/core/bridge/findings/Finding.ts'
import * as Findings from '@cutwater/core/bridge/findings/Finding.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import type { Told } from '@cutwater/engine/timeline/Timeline.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { App } from '../app.ts'
import type { Desk } from '../Desk.ts'
import { actionRow, decisionRow, findingRow } from '../rows.ts'
import * as Station from '../Station.ts'
import * as schemas from '../schemas.ts'
import { answers } from './answers.ts'

const findings = createRoute({
  method: 'get',
  path: '/api/findings',
  summary: 'what rules found wrong, newest first',
  request: { query: schemas.findingsQuery },
  responses: answers(schemas.findings),
})

const finding = createRoute({
  method: 'get',
  path: '/api/findings/{id}',
  summary: 'one finding with its evidence',
  request: { params: z.object({ id: z.string().max(400) }) },
  responses: answers(schemas.finding),
})

const decisions = createRoute({
  method: 'get',
  path: '/api/decisions',
  summary: 'what the ladder decided, with the reasons, newest first',
  request: { query: schemas.listQuery },
  responses: answers(schemas.decisions),
})

const actions = createRoute({
  method: 'get',
  path: '/api/actions',
  summary: 'what the guard did: held, let go, stopped, newest first',
  request: { query: schemas.listQuery },
  responses: answers(schemas.actions),
})

const journal = createRoute({
  method: 'get',
  path: '/api/journal',
  summary: 'the journal itself, oldest first',
  request: { query: schemas.journalQuery },
  responses: answers(schemas.journalPage),
})

/** What was found, decided and done, and the journal behind it, page by page. */
export function listRoutes(app: App, { station }: Desk): void {
  app.openapi(findings, (context) => {
    const query = context.req.valid('query')
    const { bridge } = station.shown
    const fits = fitting(query)
    const all = Station.timelineOf(station, query.branch).findings.filter(
      ({ what, at }) => at <= (query.to ?? at) && fits(what),
    )
    const { rows, next } = pageOf(all, query)
    return context.json(
      { findings: rows.map((told) => findingRow(told, bridge)), total: all.length, next },
      200,
    )
  })
  app.openapi(finding, (context) => {
    const { id } = context.req.valid('param')
    const { timeline, bridge } = station.shown
    const told = timeline.findings.findLast(({ what }) => Findings.id(what) === id)
    if (told === undefined) throw findingUnknown(id)
    return context.json(findingRow(told, bridge), 200)
  })
  app.openapi(decisions, (context) => {
    const query = context.req.valid('query')
    const { rows, next } = pageOf(Station.timelineOf(station, query.branch).decisions, query)
    return context.json({ decisions: rows.map(decisionRow), next }, 200)
  })
  app.openapi(actions, (context) => {
    const query = context.req.valid('query')
    const timeline = Station.timelineOf(station, query.branch)
    const { rows, next } = pageOf(timeline.actions, query)
    return context.json({ actions: rows.map((told) => actionRow(told, timeline)), next }, 200)
  })
  app.openapi(journal, async (context) => {
    const { after, limit } = context.req.valid('query')
    return context.json(await journalPage(station.shown.timeline.journal, after, limit), 200)
  })
}

type Paging = {
  readonly before?: number | undefined
  readonly limit: number
  readonly to?: number | undefined
}

/** Newest first. A page never ends inside one entry, so that going on from a place loses nothing. */
function pageOf<T>(told: readonly Told<T>[], { before = Number.POSITIVE_INFINITY, limit, to }: Paging) {
  const older = told.filter(({ seq, at }) => seq < before && at <= (to ?? at))
  let from = Math.max(0, older.length - limit)
  while (from > 0 && older[from - 1]!.seq === older[from]!.seq) from -= 1
  const rows = older.slice(from).reverse()
  return { rows, next: from > 0 ? rows.at(-1)!.seq : null }
}

function fitting({
  name,
  severity,
  q,
}: z.output<typeof schemas.findingsQuery>): (finding: Finding) => boolean {
  const least = severity === undefined ? 0 : schemas.severity.options.indexOf(severity)
  const words = (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return (finding) => {
    if (name !== undefined && finding.name !== name) return false
    if (schemas.severity.options.indexOf(finding.severity) < least) return false
    const text =
      `${finding.sentence} ${finding.tx ?? ''} ${finding.message ?? ''} ${finding.token ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
}

async function journalPage(journal: Journal, after: number, limit: number) {
  const entries = []
  for await (const page of journal.read({ after })) {
    entries.push(...page.slice(0, limit - entries.length))
    if (entries.length === limit) return { entries, next: entries.at(-1)!.seq }
  }
  return { entries, next: null }
}

function findingUnknown(id: string): CutwaterError {
  return new CutwaterError('FINDING_UNKNOWN', 'there is no such finding', {
    where: id,
    right: 'an id from /api/findings',
  })
}
