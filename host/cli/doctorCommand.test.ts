import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '@cutwater/engine/doctor/Check.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sqliteJournal } from '../journal/sqliteJournal.ts'
import { type ReceiverServer, startReceiver } from '../notify/receiver.fixture.ts'
import { cutwater, newFolder, removeFolder } from './cutwater.fixture.ts'

const example = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'bridge.yaml'), 'utf8')

let folder: string
let file: string
let receiver: ReceiverServer
beforeEach(async () => {
  folder = newFolder()
  file = join(folder, 'bridge.yaml')
  receiver = await startReceiver()
  // Nobody listens at port 1.
  writeFileSync(file, example.replaceAll(/127\.0\.0\.1:[89]545/g, '127.0.0.1:1'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await receiver.close()
  removeFolder(folder)
})

type Told = { readonly state: string; readonly checks: readonly Check[] }

async function doctor(...flags: readonly string[]): Promise<Told & { readonly code: number }> {
  const { out, code } = await cutwater('doctor', file, '--json', ...flags)
  return { ...(JSON.parse(out) as Told), code }
}

test('nodes that are down are named with what would be right, and the rest is looked at all the same', async () => {
  await (await sqliteJournal(join(folder, 'lab-bridge.db'))).close()
  const { state, checks, code } = await doctor()
  expect({ state, code }).toEqual({ state: 'error', code: 1 })
  expect(checks.filter(({ name }) => name === 'node').map(({ where }) => where)).toEqual([
    '127.0.0.1:1 (North)',
    '127.0.0.1:1 (South)',
  ])
  expect(checks.every(({ state, right }) => (state === 'ok') === (right === null))).toBe(true)
  expect(checks.find(({ name }) => name === 'journal')).toMatchObject({
    state: 'ok',
    what: 'opens, with 0 observations',
  })
  expect(checks.find(({ name }) => name === 'key')?.what).toBe('the environment has no GUARDIAN_KEY')
})

test('what stands where the journal should is not touched', async () => {
  const journal = join(folder, 'lab-bridge.db')
  writeFileSync(journal, 'a letter')
  const { checks } = await doctor()
  expect(checks.find(({ name }) => name === 'journal')).toMatchObject({ state: 'error' })
  expect(readFileSync(journal, 'utf8')).toBe('a letter')
})

test('a drill reaches everyone who would be told, and says who did not take it', async () => {
  vi.stubEnv('HOOK_SECRET', 'sixteen letters!')
  const channel = (path: string) =>
    `  - { type: webhook, url: '${receiver.origin}/${path}', secretEnv: HOOK_SECRET }\n`
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n${channel('well')}`)
  const { checks } = await doctor('--drill')
  expect(checks.filter(({ name }) => name === 'alarm').map(({ where, state }) => [where, state])).toEqual([
    ['file', 'ok'],
    ['webhook', 'ok'],
  ])
  expect(JSON.parse(receiver.taken[0]!.body)).toMatchObject({ rule: 'Drill', severity: 'critical' })
  receiver.always = { kind: 'answer', status: 404 }
  const again = await doctor('--drill')
  expect(again.checks.find(({ where }) => where === 'webhook')).toMatchObject({
    name: 'alarm',
    state: 'error',
  })
})
