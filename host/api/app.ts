import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { getConnInfo } from '@hono/node-server/conninfo'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import * as Access from './Access.ts'
import type { Desk } from './Desk.ts'
import { streamNews } from './events.ts'
import { createMetrics } from './metrics.ts'
import { page } from './page.ts'
import { bridgeRoutes } from './routes/bridgeRoutes.ts'
import { controlRoutes } from './routes/controlRoutes.ts'
import { labRoutes } from './routes/labRoutes.ts'
import { listRoutes } from './routes/listRoutes.ts'
import { reportRoutes } from './routes/reportRoutes.ts'
import type { ErrorBody } from './schemas.ts'

export type App = OpenAPIHono

export type AppOptions = {
  readonly access: Access.Access
  /** the folder of the built page; undefined serves the API alone */
  readonly pageFolder?: Promise<string>
  /** seconds now, for rates and jobs */
  readonly now: () => number
}

/** The most bytes a body may have. */
export const mostBodyBytes = 65_536

/** Everything the server answers, with the checks that stand before each answer. */
export function createApp(desk: Desk, options: AppOptions): App {
  const { access, pageFolder, now } = options
  const app = new OpenAPIHono({ defaultHook: refuseInvalid })
  const metrics = createMetrics(desk)
  app.onError(answerError)
  app.notFound((context) => context.json(bodyOf(notFound(context.req.path)), 404))
  app.use(secureHeaders(headers))
  app.use(metrics.count)
  app.use(guardRequests(access, now))
  app.use(bodyLimit({ maxSize: mostBodyBytes, onError: (context) => context.json(bodyOf(tooLarge()), 413) }))
  app.get('/healthz', (context) => context.text('ok\n'))
  app.get('/readyz', (context) =>
    desk.station.isReady ? context.text('ready\n') : context.text('not ready\n', 503),
  )
  app.get('/metrics', metrics.show)
  for (const addRoutes of [bridgeRoutes, listRoutes, reportRoutes, labRoutes]) addRoutes(app, desk)
  controlRoutes(app, desk, now)
  app.get('/api/events', (context) => streamNews(context, desk))
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' })
  app.doc31('/api/openapi.json', { openapi: '3.1.0', info: about })
  if (pageFolder !== undefined) app.get('/*', page(pageFolder))
  return app
}

const about = {
  title: 'Cutwater',
  version: '0.1.0',
  description: 'A bridge as it is watched: its state at any moment, what was found, decided and done.',
}

// Nothing from elsewhere, no script or style but the page's own files.
const headers = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  crossOriginResourcePolicy: 'same-origin',
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
}

// Reading is free to this server's own pages; whatever changes something needs the token.
function guardRequests(access: Access.Access, now: () => number): MiddlewareHandler {
  const rooms: Access.Rooms = new Map()
  return async (context, next) => {
    const header = (name: string) => context.req.header(name)
    const isRead = context.req.method === 'GET' || context.req.method === 'HEAD'
    const refused =
      Access.checkOrigin(access, header) ??
      Access.checkRate(rooms, clientOf(context), now()) ??
      (isRead ? null : Access.checkToken(access, header))
    if (refused === null) return next()
    if (refused.status === 401) context.header('WWW-Authenticate', 'Bearer')
    return context.json(bodyOf(refused.error), refused.status)
  }
}

function clientOf(context: Context): string {
  // Without a socket, as in a test that asks the app itself, everybody is one client.
  return context.env?.incoming === undefined ? 'nobody' : (getConnInfo(context).remote.address ?? 'nobody')
}

type Hook = NonNullable<NonNullable<ConstructorParameters<typeof OpenAPIHono>[0]>['defaultHook']>

const refuseInvalid: Hook = (result, context) => {
  if (result.success) return undefined
  const [issue] = result.error.issues
  const error = new CutwaterError('REQUEST_INVALID', issue?.message ?? 'the request does not fit', {
    where: [result.target, ...(issue?.path ?? [])].join('.'),
    right: 'what /api/openapi.json says of it',
  })
  return context.json(bodyOf(error), 400)
}

function answerError(error: Error, context: Context): Response {
  if (error instanceof CutwaterError) return context.json(bodyOf(error), statusOf(error))
  if (error instanceof HTTPException) return context.json(bodyOf(unreadable(error)), error.status)
  // What went wrong inside is for the log of this machine, not for whoever asked.
  process.stderr.write(`cutwater: ${error.stack ?? error.message}\n`)
  return context.json(bodyOf(new CutwaterError('INTERNAL', 'this could not be answered', {})), 500)
}

function statusOf({ code }: CutwaterError): 400 | 404 | 409 | 503 {
  if (code.endsWith('_UNKNOWN')) return 404
  if (code.endsWith('_BUSY')) return 503
  return /_(?:UNAVAILABLE|DIFFERS)$/.test(code) ? 409 : 400
}

function bodyOf({ code, what, where, right }: CutwaterError): ErrorBody {
  return {
    error: {
      code,
      what,
      ...(where === undefined ? {} : { where }),
      ...(right === undefined ? {} : { right }),
    },
  }
}

function notFound(path: string): CutwaterError {
  return new CutwaterError('PATH_UNKNOWN', 'there is nothing here', {
    where: path,
    right: 'a path of /api/openapi.json',
  })
}

function unreadable({ message }: HTTPException): CutwaterError {
  return new CutwaterError('REQUEST_UNREADABLE', message || 'the request cannot be read', {
    right: 'JSON, with the header Content-Type: application/json',
  })
}

function tooLarge(): CutwaterError {
  return new CutwaterError('BODY_TOO_LARGE', 'the body is too large', {
    right: `at most ${mostBodyBytes} bytes`,
  })
}
