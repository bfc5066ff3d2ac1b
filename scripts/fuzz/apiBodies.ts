import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as Access from '@cutwater/host/api/Access.ts'
import { createApp } from '@cutwater/host/api/app.ts'
import { deskOf, token } from '../../host/api/desk.fixture.ts'
import { mutateText, mutateValue } from './mutate.ts'
import type { Target } from './Target.ts'

const host = '127.0.0.1:4420'

/** Questions and orders over HTTP: each is answered as JSON, and none with a failure of ours. */
export async function apiBodies(): Promise<Target> {
  const desk = await deskOf()
  const app = createApp(desk, { access: Access.create([host], token), now: () => 0 })
  return {
    name: 'API bodies',
    share: 3,
    whole: JSON.stringify({ path: '/api/bridge', method: 'GET', body: null }),
    make: (rng) => JSON.stringify(questionOf(rng)),
    take: async (input) => {
      const { path, method, body } = JSON.parse(input) as Question
      const headers = { host, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const answer = await app.request(`http://${host}${path}`, {
        method,
        headers,
        ...(body === null ? {} : { body }),
      })
      const text = await answer.text()
      if (answer.status >= 500 && answer.status !== 503)
        return `it answers ${answer.status}: ${text.slice(0, 200)}`
      const { error } = JSON.parse(text) as { readonly error?: { readonly code?: string } }
      if (answer.status < 400) return null
      if (error?.code === undefined)
        return `it answers ${answer.status} without a code: ${text.slice(0, 200)}`
      throw new CutwaterError(error.code, 'refused')
    },
  }
}

type Question = { readonly path: string; readonly method: 'GET' | 'POST'; readonly body: string | null }

const questions = [
  '/api/state?at=1719792000',
  '/api/series?points=50&from=1719792000',
  '/api/findings?limit=5&before=9',
]
const more = [
  '/api/decisions?limit=5',
  '/api/journal?limit=5&after=3',
  '/api/findings/abc',
  '/api/actions?limit=1',
]

function questionOf(rng: Rng.Rng): Question {
  if (Rng.chance(rng, 0.5)) {
    const path = mutateText(rng, Rng.pick(rng, [...questions, ...more]).slice('/api/'.length))
    // What no client can put on a line of HTTP does not arrive.
    return { path: `/api/${encodeURI(path.toWellFormed()).replaceAll('#', '')}`, method: 'GET', body: null }
  }
  const [path, body] = Rng.pick(rng, orders)
  const text = Rng.chance(rng, 0.5)
    ? JSON.stringify(mutateValue(rng, body))
    : mutateText(rng, JSON.stringify(body))
  return { path, method: 'POST', body: text }
}

const orders: readonly (readonly [string, unknown])[] = [
  ['/api/branches', { at: 1_719_792_000, policy: 'static', posture: 'balanced', level: 2 }],
  [
    '/api/actions',
    {
      id: 'order-1',
      chain: 1,
      act: { kind: 'pause', scope: 'bridge', key: '', seconds: 3_600 },
      reason: 'a test',
    },
  ],
  ['/api/reports/claims', {}],
]
