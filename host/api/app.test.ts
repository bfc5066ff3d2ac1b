import { beforeAll, describe, expect, test } from 'vitest'
import * as Access from './Access.ts'
import { type App, createApp } from './app.ts'
import type { Desk } from './Desk.ts'
import { deskOf, token } from './desk.fixture.ts'
import * as schemas from './schemas.ts'

const host = '127.0.0.1:4420'

let desk: Desk
let app: App
beforeAll(async () => {
  desk = await deskOf()
  app = createApp(desk, { access: Access.create([host], token), now: () => 0 })
})

describe('what is read', () => {
  test.each([
    ['/api/bridge', schemas.bridge],
    ['/api/state', schemas.state],
    ['/api/series?points=50', schemas.series],
    ['/api/findings?limit=5', schemas.findings],
    ['/api/decisions?limit=5', schemas.decisions],
    ['/api/actions?limit=5', schemas.actions],
    ['/api/journal?limit=5', schemas.journalPage],
    ['/api/branches', schemas.branches],
    ['/api/reports', schemas.reports],
    ['/api/reports/claims', schemas.report],
  ])('%s is what its schema says, to the last key', async (path, schema) => {
    const body = await json(path)
    expect(schema.parse(body)).toEqual(body)
  })

  test('a state is that of its moment, and of the newest when none is named', async () => {
    const { range } = schemas.bridge.parse(await json('/api/bridge'))
    const newest = schemas.state.parse(await json('/api/state'))
    expect(newest.at).toBe(range!.to)
    const early = schemas.state.parse(await json(`/api/state?at=${range!.from + 86_400}`))
    expect(early.counts.legs).toBeLessThan(newest.counts.legs)
    expect(schemas.state.parse(await json('/api/state?at=0'))).toMatchObject({
      lockedUsd: 0,
      counts: { legs: 0 },
    })
  })

  test('a state of a time far ahead is refused: nobody may keep the server busy for a minute by one question', async () => {
    const answer = await app.request(`http://${host}/api/state?at=17197920000`, { headers: { host } })
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'MOMENT_AHEAD' } }])
  })

  test('findings come page by page, newest first, without gap or double', async () => {
    const all = schemas.findings.parse(await json('/api/findings?limit=500'))
    const paged: schemas.Finding[] = []
    let before: number | null = null
    do {
      const page: schemas.Findings = schemas.findings.parse(
        await json(`/api/findings?limit=3${before === null ? '' : `&before=${before}`}`),
      )
      paged.push(...page.findings)
      before = page.next
    } while (before !== null)
    expect(paged.slice(0, all.findings.length)).toEqual(all.findings)
    expect(new Set(paged.map(({ id }) => id)).size).toBe(paged.length)
    expect(all.total).toBe(paged.length)
  })

  test('findings are filtered by rule, severity and words', async () => {
    const { findings } = schemas.findings.parse(
      await json('/api/findings?severity=high&name=ReleaseWithoutSource'),
    )
    expect(findings.length).toBeGreaterThan(0)
    for (const { name, severity } of findings)
      expect([name, ['high', 'critical'].includes(severity)]).toEqual(['ReleaseWithoutSource', true])
    const { tx } = findings[0]!
    const found = schemas.findings.parse(await json(`/api/findings?q=${tx}`))
    expect(new Set(found.findings.map((each) => each.tx))).toEqual(new Set([tx]))
    expect(await json(`/api/findings/${encodeURIComponent(findings[0]!.id)}`)).toEqual(findings[0])
  })

  test('the document names every path that answers, in OpenAPI 3.1', async () => {
    const document = (await json('/api/openapi.json')) as { openapi: string; paths: object }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/bridge', '/api/state', '/api/findings', '/api/actions', '/api/branches']),
    )
  })

  test('health, readiness and metrics are plain text', async () => {
    expect(await text('/healthz')).toBe('ok\n')
    expect(await text('/readyz')).toBe('ready\n')
    const metrics = await text('/metrics')
    expect(metrics).toMatch(/^cutwater_locked_usd \d/m)
    expect(metrics).toMatch(/^cutwater_findings\{rule="Replay"\} \d+$/m)
    const names = [...metrics.matchAll(/^# TYPE (\w+)/gm)].map((match) => match[1]!)
    expect(names.filter((name) => !name.startsWith('cutwater_'))).toEqual([])
  })
})

describe('who may do something', () => {
  test.each(['/api/actions', '/api/branches', '/api/reports/claims', '/api/lab/runs'])(
    'POST %s without the token is 401, with a wrong one too',
    async (path) => {
      for (const given of [
        undefined,
        'Bearer wrong-wrong-wrong-wrong',
        `Basic ${token}`,
        `Bearer ${token}x`,
      ]) {
        const answer = await ask(path, {
          method: 'POST',
          headers: given === undefined ? {} : { authorization: given },
        })
        expect(answer.status).toBe(401)
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
        expect(schemas.errorBody.parse(await answer.json()).error.code).toBe('TOKEN_REFUSED')
      }
    },
  )

  test('a branch is taken with the token, and its states are another future', async () => {
    const { findings } = schemas.findings.parse(
      await json('/api/findings?name=ReleaseWithoutSource&severity=critical&limit=500'),
    )
    const at = findings.at(-1)!.at - 3_600
    const branch = schemas.branch.parse(await posted('/api/branches', { at, policy: 'none' }))
    expect(await json('/api/branches')).toEqual({ branches: [branch] })
    const later = at + 3 * 3_600
    const [own, other] = await Promise.all([
      json(`/api/state?at=${later}`),
      json(`/api/state?at=${later}&branch=${branch.id}`),
    ])
    expect(schemas.state.parse(own)).toMatchObject({ alarm: 'stopped', policy: 'adaptive' })
    expect(schemas.state.parse(other)).toMatchObject({ policy: 'none', pauses: [] })
    expect(await posted('/api/branches', { at, policy: 'none' })).toEqual(branch)
  })

  test('where nothing can be acted on, an action says so', async () => {
    const answer = await post('/api/actions', {
      id: 'drill-0001',
      scope: 'bridge',
      chain: 1,
      reason: 'a drill',
    })
    expect(answer.status).toBe(409)
    expect(schemas.errorBody.parse(await answer.json()).error.code).toBe('ACTION_UNAVAILABLE')
  })
})

describe('what is refused', () => {
  test.each<[string, string, RequestInit, number, string]>([
    [
      'another host, as a page elsewhere would name it',
      '/api/state',
      { headers: { host: 'evil.example' } },
      403,
      'HOST_REFUSED',
    ],
    ['another origin', '/api/state', { headers: { origin: 'http://evil.example' } }, 403, 'ORIGIN_REFUSED'],
    ['an origin that is none', '/api/state', { headers: { origin: 'null' } }, 403, 'ORIGIN_REFUSED'],
    ['a moment that is no number', '/api/state?at=noon', {}, 400, 'REQUEST_INVALID'],
    ['a moment beyond all calendars', '/api/state?at=1e300', {}, 400, 'REQUEST_INVALID'],
    ['a branch nobody took', '/api/state?branch=nowhere', {}, 404, 'BRANCH_UNKNOWN'],
    ['a severity there is not', '/api/findings?severity=awful', {}, 400, 'REQUEST_INVALID'],
    ['a page of too many', '/api/findings?limit=100000', {}, 400, 'REQUEST_INVALID'],
    ['a finding there is not', '/api/findings/nothing', {}, 404, 'FINDING_UNKNOWN'],
    ['a report there is not', '/api/reports/claim', {}, 404, 'REPORT_UNKNOWN'],
    ['a path there is not', '/api/everything', {}, 404, 'PATH_UNKNOWN'],
    ['the lab where it does not run', '/api/lab/scenarios', {}, 409, 'LAB_UNAVAILABLE'],
  ])('%s', async (_, path, init, status, code) => {
    const answer = await ask(path, init)
    const { error } = schemas.errorBody.parse(await answer.json())
    expect([answer.status, error.code]).toEqual([status, code])
    expect(error.right).toBeTruthy()
  })

  test.each<[string, string]>([
    ['no JSON', 'at=now'],
    ['a policy there is not', JSON.stringify({ at: 0, policy: 'nobody' })],
    ['a key there is not', JSON.stringify({ at: 0, policy: 'none', force: true })],
  ])('a body that is %s', async (_, body) => {
    const answer = await ask('/api/branches', { method: 'POST', headers: withToken, body })
    expect(answer.status).toBe(400)
  })

  test('a body that is too large', async () => {
    const answer = await ask('/api/branches', {
      method: 'POST',
      headers: withToken,
      body: ' '.repeat(70_000),
    })
    expect(answer.status).toBe(413)
  })

  test('a client that asks too often, until its room is back', async () => {
    let now = 0
    const hasty = createApp(desk, { access: Access.create([host], token), now: () => now })
    const status = async () => (await hasty.request(`http://${host}/healthz`, { headers: { host } })).status
    for (let nth = 0; nth < Access.rate.requests; nth++) expect(await status()).toBe(200)
    expect(await status()).toBe(429)
    now += 1
    expect(await status()).toBe(200)
  })
})

test('every answer forbids whatever does not come from this server', async () => {
  for (const path of ['/api/state', '/nowhere', '/metrics']) {
    const answer = await ask(path)
    const policy = answer.headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  }
})

const withToken = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

function ask(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> | Response {
  return app.request(`http://${host}${path}`, {
    ...init,
    headers: { host, ...(headers as Record<string, string>) },
  })
}

function post(path: string, body: unknown) {
  return ask(path, { method: 'POST', headers: withToken, body: JSON.stringify(body) })
}

async function posted(path: string, body: unknown): Promise<unknown> {
  const answer = await post(path, body)
  expect(answer.status).toBe(200)
  return answer.json()
}

async function json(path: string): Promise<unknown> {
  const answer = await ask(path)
  expect(answer.status).toBe(200)
  return answer.json()
}

async function text(path: string): Promise<string> {
  const answer = await ask(path)
  expect(answer.status).toBe(200)
  return answer.text()
}
