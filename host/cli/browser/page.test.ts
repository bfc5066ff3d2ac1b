import { readFileSync } from 'node:fs'
import * as Findings from '@cutwater/core/bridge/findings/Finding.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Listening } from '../../api/listen.ts'
import type * as Station from '../../api/Station.ts'
import type { State } from '../../api/schemas.ts'
import {
  flawsOfKeys,
  hasChromium,
  hostileHistory,
  launch,
  openPage,
  patience,
  script,
  seriousFlaws,
  type Watched,
} from './browser.fixture.ts'
import { journalOf, month, serve, stationOf, token } from './shown.fixture.ts'

const pages = [
  ['Now', '#/now'],
  ['Timeline', '#/timeline'],
  ['Findings', '#/findings'],
  ['Layers', '#/layers'],
  ['Options', '#/options'],
  ['Lab', '#/lab'],
  ['Evidence', '#/evidence'],
] as const

describe.skipIf(!hasChromium)('the page, in Chromium', { timeout: 180_000 }, () => {
  let browser: Browser
  let station: Station.Station
  let server: Listening
  let open: Watched[] = []

  beforeAll(async () => {
    const history = month()
    station = await stationOf(history, await journalOf(history))
    server = await serve(station)
    browser = await launch()
  }, 180_000)

  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  // Whatever a test did: no error, nothing the policy refused, no request to anywhere else.
  afterEach(async () => {
    const complaints = open.flatMap((each) => each.complaints)
    await Promise.all(open.map(({ context }) => context.close()))
    open = []
    expect(complaints).toEqual([])
  })

  async function at(hash: string, options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
    const watched = await openPage(browser, server.url, options)
    open.push(watched)
    await watched.page.goto(`${server.url}/${hash}`)
    await watched.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    return watched.page
  }

  test('every page is a click away, says where one is, and has no serious flaw of access', async () => {
    const page = await at('#/now')
    const navigation = page.getByRole('navigation', { name: 'Pages' })
    for (const [name] of pages) {
      await navigation.getByRole('link', { name, exact: true }).click()
      await navigation.locator('[aria-current=page]', { hasText: name }).waitFor()
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      await isLoaded(page)
      expect(await page.title()).toContain('Synthetic bridge')
      expect(await seriousFlaws(page), name).toEqual([])
    }
  })

  test('every page fits a phone, in the dark too', async () => {
    const page = await at('#/now', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    for (const [name, hash] of pages) {
      await page.goto(`${server.url}/${hash}`)
      await page.locator('nav [aria-current=page]', { hasText: name }).waitFor()
      await isLoaded(page)
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBe(390)
      expect(await seriousFlaws(page), name).toEqual([])
    }
  })

  test('a link leads to a moment, and to a finding with its evidence', async () => {
    const told = station.shown.timeline.findings.at(-1)!.what
    const page = await at(`#/timeline?at=${told.at}`)
    expect(await page.getByLabel('Moment, UTC').inputValue()).toBe(Format.time(told.at))
    const other = await at(`#/findings/${encodeURIComponent(Findings.id(told))}`)
    await other.getByRole('heading', { name: told.name, level: 2 }).waitFor()
    await other.getByRole('heading', { name: 'What to check' }).waitFor()
    await other.getByRole('button', { name: 'See the bridge then' }).click()
    await other.waitForURL((url) => url.hash === `#/now?at=${told.at}`)
  })

  test('the slider rewinds all of the page, and End brings back the newest', async () => {
    const page = await at('#/now')
    const { from, to } = rangeOf(station)
    const middle = Math.round((from + to) / 2)
    await page.getByRole('slider', { name: 'Moment shown' }).fill(String(middle))
    await page.waitForURL((url) => url.hash === `#/now?at=${middle}`)
    const then = (await (await fetch(`${server.url}/api/state?at=${middle}`)).json()) as State
    await shows(page, then)
    await page.getByRole('slider').press('ArrowLeft')
    await page.waitForURL((url) => url.hash !== `#/now?at=${middle}`)
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await shows(page, (await (await fetch(`${server.url}/api/state`)).json()) as State)
  })

  test('a moment that is typed is shown; one that is none is not', async () => {
    const page = await at('#/now')
    const { from, to } = rangeOf(station)
    const moment = Math.round(from + (to - from) / 3)
    await page.getByLabel('Moment, UTC').fill('yesterday')
    expect(await page.getByLabel('Moment, UTC').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Moment, UTC').fill(Format.time(moment))
    await page.getByLabel('Moment, UTC').press('Enter')
    await page.waitForURL((url) => url.hash === `#/now?at=${moment}`)
  })

  test('it plays forward', async () => {
    const { from } = rangeOf(station)
    const page = await at(`#/now?at=${from}`)
    await page.getByRole('button', { name: 'Play forward' }).click()
    await page.waitForURL((url) => Number(/at=(\d+)/.exec(url.hash)?.[1] ?? 0) > from)
    await page.getByRole('button', { name: 'Stop playing' }).click()
  })

  test('a branch is refused without the token and with a wrong one, and taken with the right one', async () => {
    const { from, to } = rangeOf(station)
    const page = await at(`#/timeline?at=${Math.round((from + to) / 2)}`)
    const take = page.getByRole('button', { name: 'Take this branch' })
    expect(await take.isDisabled()).toBe(true)
    await unlock(page, 'not-the-token-at-all')
    await take.click()
    await page.getByRole('alert').filter({ hasText: 'TOKEN_REFUSED' }).waitFor()
    expect(await take.isDisabled()).toBe(true)
    await unlock(page, token)
    await page.getByRole('combobox', { name: 'Policy' }).selectOption('none')
    await take.click()
    await page.getByRole('columnheader', { name: 'none' }).waitFor()
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByRole('row', { name: /Most that can be lost .* everything/ }).waitFor()
  })

  test('what is shown can be taken along, as CSV, as JSON and as a picture', async () => {
    const page = await at('#/findings')
    await page.getByRole('listitem').first().waitFor()
    const shown = await page.locator('.finding-list li').count()
    expect(shown).toBeGreaterThan(0)
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ])
    expect(csv.suggestedFilename()).toBe('cutwater-findings.csv')
    expect(readFileSync(await csv.path(), 'utf8')).toMatch(/^id,seq,at,name,severity,/)
    const [json] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'JSON' }).click(),
    ])
    expect(JSON.parse(readFileSync(await json.path(), 'utf8'))).toHaveLength(shown)
    await page.getByRole('navigation').getByRole('link', { name: 'Timeline' }).click()
    const [png] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'PNG' }).click(),
    ])
    expect(png.suggestedFilename()).toBe('cutwater-timeline.png')
    expect(
      readFileSync(await png.path())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  test('a finding is copied as a note for whoever was not there, or shown where the browser refuses', async () => {
    const { at: seconds, what } = station.shown.timeline.findings.at(-1)!
    const page = await at(`#/findings/${encodeURIComponent(Findings.id(what))}`)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
    await page.getByRole('button', { name: 'Copy as incident note' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const note = (await page.evaluate('navigator.clipboard.readText()')) as string
    expect(note).toContain(`${what.name}: ${what.sentence}`)
    for (const fact of [`${Format.time(seconds)} UTC`, what.severity, what.tx!, '1. ', page.url()])
      expect(note).toContain(fact)
    await page.context().clearPermissions()
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("refused"))')
    await page.getByRole('button', { name: 'Copied' }).click()
    expect(await page.getByLabel('Incident note').inputValue()).toBe(note)
  })

  test('by keys alone every control of every page is reached, and shows that it has the focus', async () => {
    const page = await at('#/now')
    for (const [name, hash] of pages) {
      // Of two hundred findings one is as good as all.
      await page.goto(`${server.url}/${hash}?q=no-such-words`)
      await page.locator('nav [aria-current=page]', { hasText: name }).waitFor()
      await isLoaded(page)
      expect(await flawsOfKeys(page), name).toEqual([])
    }
  })

  test('keys alone lead past the navigation, to a moment, to a finding and back', async () => {
    const page = await at('#/now')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    const slider = page.getByRole('slider', { name: 'Moment shown' })
    await slider.focus()
    await page.keyboard.press('ArrowDown')
    await page.waitForURL((url) => /at=\d+/.test(url.hash))
    const navigation = page.getByRole('navigation', { name: 'Pages' })
    await navigation.getByRole('link', { name: 'Findings' }).press('Enter')
    const { name } = station.shown.timeline.findings.at(-1)!.what
    await page.getByLabel('Rule').pressSequentially(name)
    await page.waitForURL((url) => url.hash.includes(`name=${name}`))
    await page.locator('.finding-list a').first().press('Enter')
    await page.getByRole('heading', { name: 'What to check' }).waitFor()
    await page.goBack()
    await page.getByText('No finding is chosen.').waitFor()
  })

  test('findings are filtered by words, rule and severity, in the address too', async () => {
    const page = await at('#/findings')
    await page.getByLabel('Rule').selectOption('BackingGap')
    await page.waitForURL((url) => url.hash === '#/findings?name=BackingGap')
    await page.getByLabel('Words').fill('no such words')
    await page.getByText('No finding fits.').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.locator('.finding-list li').first().waitFor()
  })

  test('a report is made with the token and drawn on the page', async () => {
    const page = await at('#/layers')
    await page.getByText('The assessment was not made yet.').waitFor()
    await unlock(page, token)
    await page.getByRole('button', { name: 'Make it' }).first().click()
    await page.getByRole('heading', { name: 'What to do next' }).waitFor({ timeout: 120_000 })
    expect(await seriousFlaws(page)).toEqual([])
  })

  test('names that try to be scripts are text', async () => {
    const history = hostileHistory(month())
    const hostile = await serve(await stationOf(history, await journalOf(history)))
    try {
      const watched = await openPage(browser, hostile.url)
      open.push(watched)
      const { page } = watched
      for (const [, hash] of pages) {
        await page.goto(`${hostile.url}/${hash}`)
        await page.getByText(`Bridge ${script}`).first().waitFor()
        await isLoaded(page)
      }
      await page.goto(`${hostile.url}/#/findings?q=${encodeURIComponent(script)}`)
      await page.locator('.finding-list a').first().click()
      await page.getByRole('heading', { name: 'What to check' }).waitFor()
      // A message is in its evidence as it came; an address is only what somebody sent.
      await page.locator('.facts dd').filter({ hasText: script }).first().waitFor()
      await page.goto(`${hostile.url}/#/findings/${encodeURIComponent(script)}`)
      await page.getByRole('alert').filter({ hasText: script }).waitFor()
      await page.goto(`${hostile.url}/#/timeline?versus=${encodeURIComponent(script)}`)
      await page.getByText('This branch is gone.').waitFor()
      expect(await page.evaluate('window.hit')).toBeUndefined()
    } finally {
      await hostile.stop()
    }
  })
})

function rangeOf({ shown }: Station.Station): { readonly from: number; readonly to: number } {
  return { from: shown.timeline.from, to: shown.timeline.at }
}

async function shows(page: Page, { lockedUsd, at }: State): Promise<void> {
  await page
    .locator('.figures dd')
    .filter({ hasText: Format.usd(lockedUsd) })
    .first()
    .waitFor()
  await page
    .locator('.state-band')
    .filter({ hasText: Format.time(at) })
    .waitFor()
}

async function isLoaded(page: Page): Promise<void> {
  await expect.poll(() => page.locator('.loading').count(), patience).toBe(0)
}

async function unlock(page: Page, given: string): Promise<void> {
  await page.getByRole('button', { name: 'Unlock controls' }).click()
  await page.getByLabel('Token').fill(given)
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
}
