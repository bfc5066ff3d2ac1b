import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import * as Observation from '@cutwater/core/bridge/Observation.ts'
import { encode } from '@cutwater/engine/journal/encode.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { afterEach, describe, expect, test } from 'vitest'
import * as schemas from '../api/schemas.ts'
import { sqliteJournal } from '../journal/sqliteJournal.ts'
import { cutwater, newFolder, removeFolder, smallHistory } from './cutwater.fixture.ts'
import { get, post, serving, until, untilReady } from './serve.fixture.ts'

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

describe('cutwater serve', () => {
  test('serves a record, makes a report with the token, and ends at once when asked', async () => {
    const server = await serving('--synthetic')
    const { child, url } = server
    running.push(child)
    const bridge = await get(schemas.bridge, `${url}/api/bridge`)
    expect(bridge).toMatchObject({ name: 'Synthetic bridge', synthetic: true, live: false })
    await untilReady(server)
    const path = `${url}/api/reports/incidents`
    expect((await fetch(path, { method: 'POST' })).status).toBe(401)
    await post(schemas.reportHead, path, {})
    await until(async () => (await get(schemas.report, path)).head.status !== 'running')
    const { head, result } = await get(schemas.report, path)
    expect(head).toMatchObject({ command: 'cutwater incidents --json', status: 'done', says: null })
    expect(Array.isArray((result as { incidents?: unknown }).incidents)).toBe(true)
    // Somebody who listens for news does not keep the server from ending.
    const abort = new AbortController()
    await fetch(`${url}/api/events`, { signal: abort.signal })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    abort.abort()
  }, 60_000)

  test('shows a journal, and what is written into it meanwhile', async () => {
    const folder = newFolder()
    const file = join(folder, 'bridge.db')
    const { observations, ...history } = smallHistory()
    const half = { ...history, observations: observations.slice(0, observations.length / 2) }
    const journal = await sqliteJournal(file)
    await ingest(journal, half)
    const server = await serving('--journal', file)
    const { child, url } = server
    running.push(child)
    await untilReady(server)
    const { name, live, seq } = await get(schemas.bridge, `${url}/api/bridge`)
    expect({ name, live }).toEqual({ name: history.bridge.name, live: false })
    const next = observations[half.observations.length]!
    await journal.append([{ topic: 'observed', id: Observation.id(next), at: next.at, body: encode(next) }])
    await until(async () => (await get(schemas.bridge, `${url}/api/bridge`)).seq > seq)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    await journal.close()
    removeFolder(folder)
  }, 60_000)

  test.each<[string, readonly string[], RegExp]>([
    ['a port beyond all ports', ['--port', '70000'], /--port: "70000" does not fit/],
    ['a token that is not there', ['--token-env', 'NO_SUCH_NAME'], /the environment has no NO_SUCH_NAME/],
    ['a folder that is not there', ['nowhere/'], /nowhere/],
    ['a journal that is not there', ['--journal', 'nowhere.db'], /there is no such journal/],
    ['an attack there is not', ['--attack', 'zero-rot'], /zero-root/],
    ['two things at once', ['history/', '--synthetic'], /history\/ and --synthetic/],
    ['a policy there is not', ['--policy', 'adaptiv'], /expected "adaptive"/],
  ])('%s is one clear line', async (_, args, says) => {
    const ended = await cutwater('serve', ...args)
    expect(ended.err).toMatch(says)
    expect(ended).toMatchObject({ out: '', code: 2 })
  })
})
