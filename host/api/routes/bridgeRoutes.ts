import * as Rollup from '@cutwater/engine/timeline/Rollup.ts'
import * as Timeline from '@cutwater/engine/timeline/Timeline.ts'
import { createRoute } from '@hono/zod-openapi'
import type { App } from '../app.ts'
import type { Desk } from '../Desk.ts'
import { bridgeRow, seriesRow, stateRow } from '../rows.ts'
import * as Station from '../Station.ts'
import * as schemas from '../schemas.ts'
import { answers } from './answers.ts'

const bridge = createRoute({
  method: 'get',
  path: '/api/bridge',
  summary: 'the bridge that is shown, and how far its journal is',
  responses: answers(schemas.bridge),
})

const state = createRoute({
  method: 'get',
  path: '/api/state',
  summary: 'everything known about the bridge at a moment; the newest when none is named',
  request: { query: schemas.stateQuery },
  responses: answers(schemas.state),
})

const series = createRoute({
  method: 'get',
  path: '/api/series',
  summary: 'value, flows, stress, weights, bound and findings over time, in equal steps',
  request: { query: schemas.seriesQuery },
  responses: answers(schemas.series),
})

/** The bridge, its state at any moment, and its life as rows. */
export function bridgeRoutes(app: App, { station }: Desk): void {
  app.openapi(bridge, (context) => context.json(bridgeRow(station.shown), 200))
  app.openapi(state, async (context) => {
    const { at: asked, branch } = context.req.valid('query')
    const timeline = Station.timelineOf(station, branch)
    const at = asked ?? (Timeline.hasBegun(timeline) ? timeline.at : 0)
    return context.json(stateRow(await Timeline.momentAt(timeline, at), timeline, at), 200)
  })
  app.openapi(series, (context) => {
    const { from, to, points, branch } = context.req.valid('query')
    const timeline = Station.timelineOf(station, branch)
    const part = Rollup.slice(
      timeline.rollup,
      from ?? Number.NEGATIVE_INFINITY,
      to ?? Number.POSITIVE_INFINITY,
      points,
    )
    return context.json(seriesRow(part), 200)
  })
}
