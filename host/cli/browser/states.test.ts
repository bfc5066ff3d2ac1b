import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { Recorded } from '@cutwater/engine/ports/Journal.ts'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Listening } from '../../api/listen.ts'
import * as Station from '../../api/Station.ts'
import { hasChromium, launch, openPage, patience, seriousFlaws } from './browser.fixture.ts'
import { entriesOf, journalOf, month, serve, stationOf } from './shown.fixture.ts'

/** Each page with the answer it cannot do without. */
const pages = [
  ['Now', '#/now', '/api/state'],
  ['Timeline', '#/timeline', '/api/series'],
  ['Findings', '#/findings', '/api/findings'],
  ['Layers', '#/layers', '/api/reports/assess'],
  ['Options', '#/options', '/api/reports/backtest'],
  ['Lab', '#/lab', '/api/lab/scenarios'],
  ['Evidence', '#/evidence', '/api/reports/translate'],
] as const

describe.skipIf(!hasChromium)('a page without its answer, in Chromium', { timeout: 180_000 }, () => {
  let browser: Browser
  let server: Listening
  let station: Station.Station
  let page: Page
  const journal = memoryJournal()
  /** what the journal has yet to gain */
  let rest: Recorded[]

  beforeAll(async () => {
    const history = month()
    rest = [...(await entriesOf(await journalOf(history)))]
    await journal.append(rest.splice(0, rest.length - 100))
    station = await stationOf(history, journal)
    server = await serve(station)
    browser = await launch()
    page = (await openPage(browser, server.url)).page
  }, 180_000)

  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  afterEach(() => page.unrouteAll())

  async function grow(entries: number): Promise<void> {
    await journal.append(rest.splice(0, entries))
    await Station.catchUp(station)
  }

  /** Loads it anew: nothing is known from before. */
  async function open(hash: string, url = server.url): Promise<void> {
    await page.goto('about:blank')
    await page.goto(`${url}/${hash}`)
  }

  // What says it is the same on every page; looking at one is enough.
  async function expectAccessible(name: string): Promise<void> {
    if (name === 'Now') expect(await seriousFlaws(page)).toEqual([])
  }

  test.each(pages)('%s says that it loads, and loads', async (name, hash, path) => {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(
      (url) => url.pathname === path,
      (route) => released.then(() => route.continue()),
    )
    await open(hash)
    await page.getByRole('main').getByText('Loading', { exact: true }).first().waitFor()
    await expectAccessible(name)
    release()
    await expect.poll(() => page.locator('.loading').count(), patience).toBe(0)
  })

  test.each(pages)('%s says what went wrong, and is asked again by hand', async (name, hash, path) => {
    const error = { code: 'DISK_FULL', what: 'the disk is full', where: '/var', right: 'room' }
    const refuse = (route: Route) => route.fulfill({ status: 500, json: { error } })
    await page.route((url) => url.pathname === path, refuse)
    // News would have it asked again by itself.
    await page.route(
      (url) => url.pathname === '/api/events',
      (route) => route.abort(),
    )
    await open(hash)
    const alert = page.getByRole('main').getByRole('alert')
    await alert.filter({ hasText: /the disk is full.*\/var.*room.*DISK_FULL/s }).waitFor()
    await expectAccessible(name)
    await page.unrouteAll()
    await alert.getByRole('button', { name: 'Ask again' }).click()
    await alert.waitFor({ state: 'detached' })
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  })

  test.each(pages.slice(0, 3))(
    '%s shows what is known last while nobody answers',
    async (name, hash, path) => {
      await open(hash)
      await expect.poll(() => page.locator('.loading').count(), patience).toBe(0)
      await page.route(
        (url) => url.pathname === path,
        (route) => route.abort(),
      )
      await grow(10)
      await page.getByText('Shown as last known: the server does not answer.').waitFor()
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      await expectAccessible(name)
      await page.unrouteAll()
      await page.getByRole('button', { name: 'Ask again' }).click()
      await page.getByText('Shown as last known').waitFor({ state: 'detached' })
    },
  )

  test.each(pages)('%s that cannot be drawn says so, and the rest goes on', async (name, hash, path) => {
    // An answer that is none of what the schema says: the page trusts its server, and falls over it.
    await page.route(
      (url) => [path, '/api/lab/runs'].includes(url.pathname),
      (route) => route.fulfill({ json: nonsense }),
    )
    await open(hash)
    const alert = page.getByRole('main').getByRole('alert')
    await alert.filter({ hasText: /could not be drawn.*DRAWING_FAILED/s }).waitFor()
    await expectAccessible(name)
    await page.unrouteAll()
    const other = name === 'Now' ? 'Findings' : 'Now'
    const navigation = page.getByRole('navigation', { name: 'Pages' })
    await navigation.getByRole('link', { name: other, exact: true }).click()
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    expect(await alert.count()).toBe(0)
  })

  test('a report that is being made says which step it is at, and how much of it is done', async () => {
    const head = { name: 'assess', command: 'cutwater assess', status: 'running', startedAt: 0, says: null }
    const progress = { step: 'assess', share: 0.42 }
    await page.route(
      (url) => url.pathname === '/api/reports/assess',
      (route) => route.fulfill({ json: { head: { ...head, progress }, result: null } }),
    )
    await open('#/layers')
    await page.getByText('assess, 42% of it done').waitFor()
    expect(await page.getByRole('progressbar', { name: 'Making assess' }).getAttribute('value')).toBe('0.42')
  })

  test('before there is a moment to show, no page claims calm, and each says what it waits for', async () => {
    const waiting = await serve(Station.awaiting('two local chains are started'))
    for (const [, hash] of pages) {
      await open(hash, waiting.url)
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      await page.locator('.empty').first().waitFor()
      expect(await page.getByText('Calm').count()).toBe(0)
      expect(await seriousFlaws(page)).toEqual([])
    }
    await waiting.stop()
  })
})

const nonsense = { findings: [null], at: 7, runs: 7, head: { status: 'done' }, result: {}, scenarios: 7 }
