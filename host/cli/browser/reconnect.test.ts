import { once } from 'node:events'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqliteJournal } from '../../journal/sqliteJournal.ts'
import { newFolder, removeFolder } from '../cutwater.fixture.ts'
import { type Server, serving } from '../serve.fixture.ts'
import { hasChromium, launch, openPage, patience } from './browser.fixture.ts'
import { entriesOf, journalOf, month, stationOf } from './shown.fixture.ts'

describe.skipIf(!hasChromium)('news of the page, in Chromium', { timeout: 180_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  }, 180_000)
  afterAll(() => browser.close())

  test('what came while the server was killed and started again is told once it is back, each thing once', async () => {
    const history = month()
    const whole = await journalOf(history)
    const all = await entriesOf(whole)
    const folder = newFolder()
    const file = join(folder, 'bridge.db')
    const journal = await sqliteJournal(file)
    await journal.append(all.slice(0, -60))
    const grow = (from: number, to: number) => journal.append(all.slice(all.length - from, all.length - to))
    const { findings, decisions, actions } = (await stationOf(history, whole)).shown.timeline
    const toldUntil = (last: number) =>
      [findings, decisions, actions].flatMap((list) =>
        list.filter(({ seq }) => seq > all.length - 60 && seq <= all.length - last),
      ).length
    const first = await serving('--journal', file)
    const { page, context } = await openPage(browser, first.url)
    await page.goto(first.url)
    await page.getByText('connected', { exact: true }).waitFor()
    await page.getByRole('heading', { level: 1, name: /Calm|Watch|Stopped/ }).waitFor()
    const count = page.getByRole('heading', { name: /Since you opened this page/ }).locator('small')
    await grow(60, 40)
    expect(toldUntil(40)).toBeGreaterThan(0)
    await expect.poll(() => count.textContent(), patience).toBe(String(toldUntil(40)))
    await kill(first)
    await page.getByText('connection lost, trying again').waitFor()
    // A state that may be over has no colour left.
    const filter = () => page.evaluate("getComputedStyle(document.querySelector('.state-band')).filter")
    await expect.poll(filter, patience).toBe('grayscale(1)')
    await grow(40, 20)
    const second = await serving('--journal', file, '--port', new URL(first.url).port)
    await page.getByText('connected', { exact: true }).waitFor()
    await expect.poll(filter, patience).toBe('none')
    await grow(20, 0)
    expect(toldUntil(0)).toBeGreaterThan(toldUntil(40))
    await expect.poll(() => count.textContent(), patience).toBe(String(toldUntil(0)))
    await context.close()
    await kill(second)
    await journal.close()
    removeFolder(folder)
  })
})

async function kill({ child }: Server): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}
