import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { cutwater } from './cutwater.fixture.ts'

const program = fileURLToPath(import.meta.resolve('../bin/cutwater.js'))
const token = 'sixteen-characters-or-more'

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

describe('cutwater serve', () => {
  test('serves a record, makes a report with the token, and ends at once when asked', async () => {
    const { child, url } = await serving('--synthetic', '--token-env', 'SERVE_TOKEN')
    const bridge = await (await fetch(`${url}/api/bridge`)).json()
    expect(bridge).toMatchObject({ name: 'Synthetic bridge', synthetic: true, live: false })
    const headers = { authorization: `Bearer ${token}` }
    expect((await fetch(`${url}/api/reports/incidents`, { method: 'POST' })).status).toBe(401)
    expect((await fetch(`${url}/api/reports/incidents`, { method: 'POST', headers })).status).toBe(200)
    const report = await made(`${url}/api/reports/incidents`)
    expect(report.head).toMatchObject({ command: 'cutwater incidents --json', status: 'done', says: null })
    expect(Array.isArray(report.result?.incidents)).toBe(true)
    // Somebody who listens for news does not keep the server from ending.
    const abort = new AbortController()
    await fetch(`${url}/api/events`, { signal: abort.signal })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    abort.abort()
  })

  test.each<[string, readonly string[], RegExp]>([
    ['a port beyond all ports', ['--port', '70000'], /--port: "70000" does not fit/],
    ['a token that is not there', ['--token-env', 'NO_SUCH_NAME'], /the environment has no NO_SUCH_NAME/],
    ['a folder that is not there', ['nowhere/'], /nowhere/],
    ['a policy there is not', ['--policy', 'adaptiv'], /expected "adaptive"/],
  ])('%s is one clear line', async (_, args, says) => {
    const ended = await cutwater('serve', ...args)
    expect(ended.err).toMatch(says)
    expect(ended).toMatchObject({ out: '', code: 2 })
  })
})

async function serving(...args: string[]) {
  const env = { ...process.env, SERVE_TOKEN: token }
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--json', ...args], {
    env,
    stdio: 'pipe',
  })
  running.push(child)
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return { child, url: (JSON.parse(String(line)) as { url: string }).url }
}

type Report = {
  readonly head: { readonly status: string }
  readonly result: { readonly incidents?: unknown } | null
}

async function made(url: string): Promise<Report> {
  for (;;) {
    const report = (await (await fetch(url)).json()) as Report
    if (report.head.status !== 'running') return report
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
