import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveHistory } from '../history/saveHistory.ts'
import { sqliteJournal } from '../journal/sqliteJournal.ts'
import { newFolder, removeFolder } from './cutwater.fixture.ts'

const bin = join(import.meta.dirname, '..', 'bin', 'cutwater.js')
const wantedKills = 8

let folder: string
let dir: string
beforeAll(() => {
  folder = newFolder()
  dir = join(folder, 'history')
  saveHistory(syntheticHistory({ seed: 8, days: 80, scale: 0.4, attack: 'burst' }), dir)
})
afterAll(() => removeFolder(folder))

/** When a life ends by SIGKILL: so many milliseconds after it began, began to write, or printed its result. */
type Fate = { readonly after: 'start' | 'write' | 'print'; readonly milliseconds: number }

type Life = {
  readonly stdout: string
  readonly stderr: string
  readonly signal: string | null
  readonly code: number | null
}

test('killed at any moment and begun again: the same output, the same journal', async () => {
  const began = performance.now()
  const undisturbed = await lifeOf(join(folder, 'undisturbed.db'))
  const span = performance.now() - began
  expect(undisturbed).toMatchObject({ stderr: '', signal: null, code: 0 })
  const wanted = await linesOf(join(folder, 'undisturbed.db'))

  const rng = Rng.create(17)
  const upTo = (milliseconds: number) => Math.floor(Rng.uniform(rng) * milliseconds)
  let kills = 0
  for (let round = 0; kills < wantedKills && round < 4 * wantedKills; round++) {
    const journal = join(folder, `killed ${round}.db`)
    // While the history is written, anywhere, and twice while the run is kept.
    const fates: readonly Fate[] = [
      { after: 'write', milliseconds: upTo(150) },
      { after: 'start', milliseconds: upTo(0.7 * span) },
      { after: 'print', milliseconds: upTo(30) },
      { after: 'print', milliseconds: upTo(100) },
    ]
    for (const fate of fates) kills += Number((await lifeOf(journal, fate)).signal === 'SIGKILL')
    const last = await lifeOf(journal)
    expect(last).toMatchObject({ stderr: '', signal: null, code: 0 })
    expect(last.stdout === undisturbed.stdout).toBe(true)
    expect(firstDifference(await linesOf(journal), wanted)).toBeUndefined()
  }
  expect(kills).toBeGreaterThanOrEqual(wantedKills)
}, 300_000)

async function lifeOf(journal: string, fate?: Fate): Promise<Life> {
  const args = [bin, 'replay', dir, '--policy', 'adaptive', '--journal', journal, '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const printed = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    printed.stdout += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    printed.stderr += String(chunk)
  })
  const closed = once(child, 'close') as Promise<[number | null, string | null]>
  if (fate) {
    const bytesBefore = bytesOf(journal)
    const reached = {
      start: () => true,
      write: () => bytesOf(journal) > bytesBefore,
      print: () => printed.stdout !== '',
    }[fate.after]
    while (child.exitCode === null && !reached()) await sleep(2)
    await Promise.race([closed, sleep(fate.milliseconds)])
    child.kill('SIGKILL')
  }
  const [code, signal] = await closed
  return { ...printed, code, signal }
}

function bytesOf(journal: string): number {
  return [journal, `${journal}-wal`]
    .map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size)
}

async function linesOf(file: string): Promise<readonly string[]> {
  const journal = await sqliteJournal(file, { readOnly: true })
  const lines: string[] = []
  for await (const page of journal.read()) for (const entry of page) lines.push(JSON.stringify(entry))
  await journal.close()
  return lines
}

/** The first line in which two journals differ, cut short. */
function firstDifference(a: readonly string[], b: readonly string[]): object | undefined {
  const length = Math.max(a.length, b.length)
  for (let place = 0; place < length; place++) {
    if (a[place] !== b[place]) return { place, a: a[place]?.slice(0, 300), b: b[place]?.slice(0, 300) }
  }
  return undefined
}
