import { readFileSync } from 'node:fs'
import { builtPage } from '@cutwater/web/build.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as schemas from '../../api/schemas.ts'
import { get, type Server, serving, token } from '../serve.fixture.ts'
import { hasChromium, launch, openPage, type Watched } from './browser.fixture.ts'

/** So many blocks may be made, at most, between the block of the attack and the page that shows it. */
const mostBlocks = 10

describe.skipIf(!hasChromium)('the lab’s bridge, attacked live, in Chromium', { timeout: 180_000 }, () => {
  let browser: Browser
  let server: Server
  let watched: Watched
  let page: Page
  /** the first leg of the attack, as the API has it */
  let first: schemas.Finding

  beforeAll(async () => {
    // The page is there before the chains are, and long before the attack.
    await builtPage()
    browser = await launch()
    server = await serving('--after', '8')
    watched = await openPage(browser, server.url)
    page = watched.page
    await page.goto(server.url)
  }, 180_000)

  afterAll(async () => {
    await browser.close()
    server.child.kill('SIGTERM')
  })

  // One story, told in order: each test goes on where the one before it ended.
  test('as soon as the chains stand the page is live, and calm', async () => {
    await page.getByRole('heading', { level: 1, name: 'Calm' }).waitFor()
    await page.locator('.state-at').filter({ hasText: /^Live/ }).waitFor()
    expect(await page.getByText('ReleaseWithoutSource').count()).toBe(0)
  })

  test('the attack is on the page a few blocks after it happened, and the whole page turns', async () => {
    await page.locator('.just-now').getByRole('link', { name: 'ReleaseWithoutSource' }).first().waitFor()
    const seenAt = Date.now() / 1_000
    const { range } = await get(schemas.bridge, `${server.url}/api/bridge`)
    await page.getByRole('heading', { level: 1, name: /^(?:Watch|Stopped)$/ }).waitFor()
    const list = await get(schemas.findings, `${server.url}/api/findings?name=ReleaseWithoutSource`)
    first = list.findings.at(-1)!
    // A block of this lab is a second of its chains.
    expect(range!.to - first.at).toBeLessThanOrEqual(mostBlocks)
    console.info(
      `the attack was on the page ${(seenAt - first.at).toFixed(1)} s after the second of its block`,
    )
  })

  test('rewound to before the attack the page knows nothing of it', async () => {
    const { from } = (await get(schemas.bridge, `${server.url}/api/bridge`)).range!
    await page.getByRole('slider', { name: 'Moment shown' }).fill(String(first.at - 2))
    await page.waitForURL((url) => url.hash === `#/now?at=${first.at - 2}`)
    await page.getByRole('heading', { level: 1, name: 'Calm' }).waitFor()
    await page
      .locator('.state-at')
      .filter({ hasText: /^As of/ })
      .waitFor()
    await page.getByRole('navigation').getByRole('link', { name: 'Findings' }).click()
    await page.waitForURL((url) => url.hash === `#/findings?at=${first.at - 2}`)
    await page.getByLabel('Rule').selectOption('ReleaseWithoutSource')
    await page.getByText('No finding fits.').waitFor()
    await page.getByRole('button', { name: 'Live', exact: true }).click()
    await page.locator('.finding-list').getByText('ReleaseWithoutSource').first().waitFor()
    expect(first.at).toBeGreaterThan(from)
  })

  test('a branch from before it, under no guard, has a future in which nothing is stopped', async () => {
    await page.goto(`${server.url}/#/timeline?at=${first.at - 2}`)
    await page.getByRole('button', { name: 'Unlock controls' }).click()
    await page.getByLabel('Token').fill(token)
    await page.getByRole('button', { name: 'Unlock', exact: true }).click()
    await page.getByRole('combobox', { name: 'Policy' }).selectOption('none')
    await page.getByRole('button', { name: 'Take this branch' }).click()
    await page.getByRole('columnheader', { name: 'none' }).waitFor()
    const stops = page.getByRole('row', { name: /^Stops in force/ })
    await stops.filter({ hasText: /force00$/ }).waitFor()
    await page.getByRole('button', { name: 'Live', exact: true }).click()
    await stops.filter({ hasText: /force[1-9]\d*0$/ }).waitFor()
    await page.getByRole('row', { name: /^State stopped watch/ }).waitFor()
  })

  test('what is shown of the attack can be taken along', async () => {
    await page.goto(`${server.url}/#/findings?name=ReleaseWithoutSource`)
    await page.locator('.finding-list li').first().waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ])
    const [, ...rows] = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n')
    expect(rows.some((row) => row.includes(first.id))).toBe(true)
    expect(rows.every((row) => row.includes('ReleaseWithoutSource'))).toBe(true)
  })

  test('a person stops a chain by hand: first what would be sent, then what the chain confirms', async () => {
    await page.goto(`${server.url}/#/now`)
    await page.getByText('Stop the bridge by hand').click()
    await page.getByLabel('Reason').fill('a drill of the page')
    await page.getByRole('button', { name: 'Say what would be sent' }).click()
    await page.getByText(/^dryRun: nothing was sent/).waitFor()
    await page.getByLabel('Send it to the chain').check()
    await page.getByRole('button', { name: 'Stop it now' }).click()
    await page.getByText(/^confirmed: confirmed in block \d+/).waitFor()
    await page.getByRole('heading', { level: 1, name: 'Stopped' }).waitFor()
  })

  test('an attack of the lab is started, watched on both twins, and told apart by who bore it', async () => {
    await page.goto(`${server.url}/#/lab`)
    await page.getByRole('combobox', { name: 'Attack' }).selectOption('zero-root')
    await page.getByRole('button', { name: 'Start it' }).click()
    await page.locator('.twin').filter({ hasText: 'With the layers' }).waitFor()
    await page.getByRole('heading', { name: 'Who bore it' }).waitFor({ timeout: 120_000 })
    await page.getByRole('img', { name: /^With the layers users lose \$/ }).waitFor()
    expect(await page.locator('.lines li').count()).toBeGreaterThan(1)
  })

  test('nothing of all that was an error, a refusal of the policy, or a request to elsewhere', () => {
    expect(watched.complaints).toEqual([])
  })
})
