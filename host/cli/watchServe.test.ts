import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Heard, listening } from '../api/listener.fixture.ts'
import * as schemas from '../api/schemas.ts'
import { newFolder, removeFolder } from './cutwater.fixture.ts'
import { get, post, token, until, untilReady } from './serve.fixture.ts'
import type { News } from './WatchNews.ts'
import { type Process, type Site, standSite, startWatch } from './watch.fixture.ts'

// Processes and chains on a machine that may have better to do; no test says how long anything takes.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let folder: string
let site: Site
const running: Process[] = []
beforeAll(async () => {
  folder = newFolder()
  vi.stubEnv('SERVE_TOKEN', token)
  site = await standSite({ folder, attack: 'zero-root', level: 2 })
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.kill('SIGKILL')))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await site.stop()
  removeFolder(folder)
})

test('an attack is heard of in the browser, once, though the watch is killed in the middle and begun again', async () => {
  const first = await served('--port', '0')
  const stream = await listening(first.url, 'lab:0:0')
  await site.attack()
  await until(async () => stream.heard.some(isTheft))
  await first.watch.kill('SIGKILL')
  const heard = [...stream.heard]
  stream.close()
  const second = await served('--port', new URL(first.url).port)
  const last = heard.findLast(({ id }) => id !== undefined)!.id!
  const again = await listening(second.url, last)
  await untilReady(second)
  await untilStill(second.url)
  const whole = await listening(second.url, 'lab:0:0')
  // It comes after all that was missed.
  await until(async () => whole.heard.some(({ event }) => event === 'grown'))
  const newest = told(whole.heard).at(-1)!
  await until(async () => again.heard.some(({ id }) => id === newest.id))
  heard.push(...again.heard)
  again.close()
  whole.close()
  const upToNewest = told(heard).slice(0, told(heard).findIndex(({ id }) => id === newest.id) + 1)
  expect(upToNewest).toEqual(told(whole.heard).slice(0, upToNewest.length))
  expect(upToNewest.at(-1)).toEqual(newest)
  expect(new Set(told(heard).map(({ id }) => id)).size).toBe(told(heard).length)
})

test('a dry run orders nothing, and what is ordered outlives a kill', async () => {
  const first = await served('--port', '0', '--act')
  await untilReady(first)
  const { chains } = await get(schemas.bridge, `${first.url}/api/bridge`)
  const order = { id: 'drill-0001', scope: 'bridge', reason: 'a drill', chain: chains[0]!.id }
  const act = (url: string, more: object) =>
    post(schemas.outcome, `${url}/api/actions`, { ...order, ...more })
  await untilItMayAct(first.url, order)
  expect(await act(first.url, {})).toMatchObject({ kind: 'dryRun' })
  const done = await act(first.url, { dryRun: false })
  expect(['confirmed', 'already']).toContain(done.kind)
  await first.watch.kill('SIGKILL')
  const second = await served('--port', '0', '--act')
  await untilItMayAct(second.url, order)
  expect(await act(second.url, { dryRun: false })).toEqual(done)
})

async function served(...flags: readonly string[]) {
  const watch = startWatch(site, '--serve', '--token-env', 'SERVE_TOKEN', ...flags)
  running.push(watch)
  const serving = (await watch.until(({ type }) => type === 'serving')) as Extract<News, { type: 'serving' }>
  return { watch, url: serving.url }
}

// The journal may be read before the watch has asked its chains what they stand at.
async function untilItMayAct(url: string, order: object): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(order) }
  await until(async () => (await fetch(`${url}/api/actions`, init)).ok)
}

// Blocks go on; what they lead to comes to an end when the attack is over and its answer is given.
async function untilStill(url: string): Promise<void> {
  let before = -1
  await until(async () => {
    const { findings } = await get(schemas.findings, `${url}/api/findings?limit=1`)
    const newest = findings[0]?.seq ?? 0
    const isStill = newest === before
    before = newest
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    return isStill
  })
}

function isTheft({ event, data }: Heard): boolean {
  return event === 'finding' && (JSON.parse(data) as { name: string }).name === 'ReleaseWithoutSource'
}

function told(heard: readonly Heard[]): readonly Heard[] {
  return heard.filter(({ id }) => id !== undefined)
}
