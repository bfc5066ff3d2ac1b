import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

const program = fileURLToPath(import.meta.resolve('../bin/cutwater.js'))

export const token = 'sixteen-characters-or-more'

/** A server in a process of its own. */
export type Server = { readonly child: ChildProcess; readonly url: string }

/** Starts `cutwater serve` on a free port and waits until it listens. */
export async function serving(...args: readonly string[]): Promise<Server> {
  const env = { ...process.env, SERVE_TOKEN: token }
  const flags = ['--port', '0', '--json', '--token-env', 'SERVE_TOKEN']
  const child = spawn(process.execPath, [program, 'serve', ...flags, ...args], { env, stdio: 'pipe' })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  const [line] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error(`it ended before: ${errors}`))),
  ])) as [Buffer]
  return { child, url: (JSON.parse(String(line)) as { url: string }).url }
}

type Schema<T> = { parse(value: unknown): T }

/** What a path answers, in the form its schema gives. */
export async function get<T>(schema: Schema<T>, url: string): Promise<T> {
  const answer = await fetch(url)
  expect(answer.status).toBe(200)
  return schema.parse(await answer.json())
}

/** The same for something that the token is needed for; `status` is how it must be answered. */
export async function post<T>(schema: Schema<T>, url: string, body: unknown, status = 200): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(status)
  return schema.parse(await answer.json())
}

/** Waits until something is so, however long the test may take. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100))
}

export async function untilReady({ url }: Pick<Server, 'url'>): Promise<void> {
  await until(async () => (await fetch(`${url}/readyz`)).ok)
}
