import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { Entry, Journal, Recorded } from '@cutwater/engine/ports/Journal.ts'
import { fakeActuator } from '@cutwater/engine/testing/fakeActuator.ts'
import { bridge } from '@cutwater/engine/watch/live.fixture.ts'
import { entriesOf, start, story } from '@cutwater/engine/watch/story.fixture.ts'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { deskOf, token } from './desk.fixture.ts'
import { type Listening, listen } from './listen.ts'
import { type Heard, listening } from './listener.fixture.ts'
import * as Reports from './Reports.ts'
import * as Station from './Station.ts'
import * as schemas from './schemas.ts'

let story14: readonly Recorded[]
beforeAll(async () => {
  const journal = memoryJournal()
  await (await start({ journal, signals: story(), actuator: fakeActuator(), notifiers: [] })).ended
  story14 = await entriesOf(journal, 'observed')
})

const open: Listening[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.stop()
})

test('answers on loopback, and a second server on the same port is told so', async () => {
  const server = await serving(memoryJournal())
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(await (await fetch(`${server.url}/healthz`)).text()).toBe('ok\n')
  const port = Number(new URL(server.url).port)
  await expect(listen(await deskOf(), { port, token, now: () => 0 })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
  })
})

test('a page of another name that points here is refused, and so is a token too short', async () => {
  const { url } = await serving(memoryJournal())
  expect(await statusUnder(url, 'evil.example')).toBe(403)
  expect(await statusUnder(url, new URL(url).host)).toBe(200)
  await expect(listen(await deskOf(), { port: 0, token: 'short', now: () => 0 })).rejects.toMatchObject({
    code: 'TOKEN_TOO_SHORT',
  })
})

test('while the page is being built whoever asks is told so, under the same policy; then it is there', async () => {
  let built = (_: string) => {}
  const pageFolder = new Promise<string>((resolve) => {
    built = resolve
  })
  const server = await listen(await deskOf(), { port: 0, token, now: () => 0, pageFolder })
  open.push(server)
  const early = await fetch(server.url)
  expect(await early.text()).toMatch(/http-equiv="refresh".*is being built/s)
  expect(early.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(early.headers.get('cache-control')).toBe('no-store')
  const folder = mkdtempSync(join(tmpdir(), 'page-'))
  writeFileSync(join(folder, 'index.html'), 'the page')
  built(folder)
  await expect.poll(async () => (await fetch(server.url)).text()).toBe('the page')
  rmSync(folder, { recursive: true })
})

test('how far a report is comes as it goes on, and never as something to catch up with', async () => {
  let end = (_: string) => {}
  const reports = Reports.create(
    { claims: ['claims', '--json'] },
    (_, tell) => {
      tell({ step: 'measure', share: 0.5 })
      return new Promise((resolve) => {
        end = resolve
      })
    },
    () => 7,
  )
  const server = await listen(await deskOf({ reports }), { port: 0, token, now: () => 0 })
  open.push(server)
  const stream = await listening(server.url)
  const jobs = () => stream.heard.filter(({ event }) => event === 'job')
  Reports.begin(reports, 'claims')
  await expect.poll(() => jobs().length).toBe(1)
  end('{}')
  await expect.poll(() => jobs().length).toBe(2)
  stream.close()
  expect(jobs().map(({ data }) => schemas.reportHead.parse(JSON.parse(data)))).toMatchObject([
    { name: 'claims', status: 'running', progress: { step: 'measure', share: 0.5 }, endedAt: null },
    { name: 'claims', status: 'done', progress: null, endedAt: 7 },
  ])
  expect(jobs().every(({ id }) => id === undefined)).toBe(true)
})

test('law: who listens from the start hears everything once, however often the line and the server break', async () => {
  const [first, ...rest] = story14
  const kept: Entry[] = [first!]
  const heard: Heard[] = []
  let last: string | undefined
  // The journal outlives the server, as a file does.
  for (let from = 0; from < rest.length; from += 7) {
    const journal = await journalOf(kept)
    const server = await serving(journal)
    const stream = await listening(server.url, last ?? `watched:0:0`)
    for (const entry of rest.slice(from, from + 7)) {
      kept.push(entry)
      await journal.append([entry])
      await Station.catchUp(server.station)
    }
    await stream.quiet()
    heard.push(...stream.heard)
    last = stream.heard.findLast(({ id }) => id !== undefined)?.id ?? last
    stream.close()
    await server.stop()
  }
  const whole = await serving(await journalOf(kept))
  const once = await listening(whole.url, 'watched:0:0')
  await once.quiet()
  const told = (all: readonly Heard[]) => all.filter(({ id }) => id !== undefined)
  expect(told(heard)).toEqual(told(once.heard))
  expect(told(heard).filter(({ event }) => event === 'finding').length).toBeGreaterThan(3)
  once.close()
})

test('a listener without a past hears only what comes, after a hello that says where it stands', async () => {
  const journal = await journalOf(story14)
  const { url } = await serving(journal)
  const stream = await listening(url)
  await stream.quiet()
  expect(stream.heard.map(({ event }) => event)).toEqual(['hello'])
  expect(JSON.parse(stream.heard[0]!.data)).toMatchObject({ generation: 'watched', seq: story14.length })
  stream.close()
})

test('who listens while a journal is read for the first time hears nothing of it as news', async () => {
  const station = Station.create(showing(await journalOf(story14)))
  const server = await listen(await deskOf({ station }), { port: 0, token, now: () => 0 })
  open.push(server)
  const stream = await listening(server.url)
  await Station.catchUp(station)
  await expect.poll(() => stream.heard.at(-1)?.data).toContain(`"seq":${story14.length}`)
  const events = stream.heard.map(({ event }) => event)
  expect(events.filter((event) => event !== 'hello' && event !== 'grown')).toEqual([])
  stream.close()
})

test('who listens hears how long work goes on, and that it is over', async () => {
  const { url, station } = await serving(await journalOf(story14))
  const stream = await listening(url)
  const heard = () => stream.heard.map(({ event }) => event)
  await expect.poll(heard).toEqual(['hello'])
  station.shown.work = { what: 'branch', seq: 1, upTo: 2 }
  for (const listen of station.listeners) listen(standing)
  await expect.poll(heard).toEqual(['hello', 'grown'])
  station.shown.work = null
  for (const listen of station.listeners) listen(standing)
  await expect.poll(heard).toEqual(['hello', 'grown', 'grown'])
  stream.close()
})

function showing(journal: Journal): Station.Showing {
  const policy = Policy.of('adaptive', { level: 1 })
  return { generation: 'watched', bridge, policy, journal, kind: 'watched', live: true }
}

const standing: Station.News = { kind: 'grown', generation: 'watched', seq: 0, at: 0 }

async function serving(journal: Journal) {
  const station = await Station.open(showing(journal))
  const server = { ...(await listen(await deskOf({ station }), { port: 0, token, now: () => 0 })), station }
  open.push(server)
  return server
}

async function journalOf(entries: readonly Entry[]): Promise<Journal> {
  const journal = memoryJournal()
  await journal.append(entries.map(({ topic, id, at, body }) => ({ topic, id, at, body })))
  return journal
}

function statusUnder(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${url}/api/bridge`, { headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).on('error', reject)
  })
}
