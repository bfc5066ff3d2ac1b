import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import * as schemas from '../api/schemas.ts'
import { isAlive, processesBelow } from './processes.fixture.ts'
import { get, post, serving, until, untilReady } from './serve.fixture.ts'

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

describe('cutwater serve without a record', () => {
  test('shows the lab’s bridge attacked, lets people act on it, and leaves no chain behind', async () => {
    const server = await serving('--block-ms', '300', '--after', '12')
    const { child, url } = server
    running.push(child)
    // Up at once, and ready when there is something to show.
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n')
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    expect(await get(schemas.bridge, `${url}/api/bridge`)).toMatchObject({ range: null, seq: 0 })
    const order = { id: 'drill-0001', scope: 'bridge', reason: 'a drill', chain: 31337001 }
    const refused = await post(schemas.errorBody, `${url}/api/actions`, order, 409)
    expect(refused.error.code).toBe('ACTION_UNAVAILABLE')
    await untilReady(server)
    const bridge = await get(schemas.bridge, `${url}/api/bridge`)
    expect(bridge).toMatchObject({ name: 'lab', synthetic: true, live: true })
    await until(async () => {
      const path = '/api/findings?name=ReleaseWithoutSource'
      return (await get(schemas.findings, `${url}${path}`)).total > 0
    })
    const acted = (more: object) => post(schemas.outcome, `${url}/api/actions`, { ...order, ...more })
    expect(await acted({})).toMatchObject({ kind: 'dryRun' })
    const done = await acted({ dryRun: false })
    expect(done).toMatchObject({ id: 'drill-0001', kind: 'confirmed' })
    expect(await acted({ dryRun: false })).toEqual(done)
    expect(await acted({ id: 'drill-0002', kind: 'resume', dryRun: false })).toMatchObject({
      kind: 'proposed',
    })
    const below = processesBelow(child.pid!)
    expect(below.length).toBeGreaterThan(0)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(below.filter(isAlive)).toEqual([])
  }, 240_000)

  test('runs an attack of the lab on chains of its own when asked to', async () => {
    const { child, url } = await serving('--after', '0')
    running.push(child)
    const { scenarios } = await get(schemas.labScenarios, `${url}/api/lab/scenarios`)
    expect(scenarios.map(({ name }) => name)).toContain('zero-root')
    const runs = `${url}/api/lab/runs`
    const unknown = await post(schemas.errorBody, runs, { name: 'zero-rot' }, 404)
    expect(unknown.error.code).toBe('SCENARIO_UNKNOWN')
    const { id } = await post(schemas.labRun, runs, { name: 'zero-root' })
    const busy = await post(schemas.errorBody, runs, { name: 'zero-root' }, 503)
    expect(busy.error.code).toBe('LAB_BUSY')
    await until(async () => (await get(schemas.labRun, `${runs}/${id}`)).status !== 'running')
    const run = await get(schemas.labRun, `${runs}/${id}`)
    expect(run).toMatchObject({ status: 'done', phase: 'over', says: null })
    const { on, off } = run.result!
    expect(off.lostUsd).toBeGreaterThan(on.lostUsd)
    expect(run.blocks.at(-1)!.offLostUsd).toBe(off.lostUsd)
    expect(run.found.length).toBeGreaterThan(0)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
  }, 240_000)
})
