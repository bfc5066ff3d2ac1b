import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Station from '../../api/Station.ts'
import { hasChromium, launch, openPage, patience } from './browser.fixture.ts'
import { entriesOf, journalOf, month, serve, stationOf } from './shown.fixture.ts'

describe.skipIf(!hasChromium)('news of the page, in Chromium', { timeout: 180_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  }, 180_000)
  afterAll(() => browser.close())

  test('what came while the server was away is told once it is back, each thing once', async () => {
    const history = month()
    const all = await entriesOf(await journalOf(history))
    const journal = memoryJournal()
    const grow = async (from: number, to: number) => {
      await journal.append(all.slice(all.length - from, all.length - to))
      await Station.catchUp(station)
    }
    await journal.append(all.slice(0, all.length - 60))
    const station = await stationOf(history, journal)
    const { seq } = station.shown.timeline
    const told = () => {
      const { findings, decisions, actions } = station.shown.timeline
      return [findings, decisions, actions].flatMap((list) => list.filter((each) => each.seq > seq)).length
    }
    const first = await serve(station)
    const { page, context } = await openPage(browser, first.url)
    await page.goto(first.url)
    await page.getByText('connected', { exact: true }).waitFor()
    const count = page.getByRole('heading', { name: /Since you opened this page/ }).locator('small')
    await grow(60, 40)
    const before = told()
    expect(before).toBeGreaterThan(0)
    await expect.poll(() => count.textContent(), patience).toBe(String(before))
    await first.stop()
    await page.getByText('connection lost, trying again').waitFor()
    await grow(40, 20)
    const second = await serve(station, Number(new URL(first.url).port))
    await page.getByText('connected', { exact: true }).waitFor()
    await grow(20, 0)
    expect(told()).toBeGreaterThan(before)
    await expect.poll(() => count.textContent(), patience).toBe(String(told()))
    await context.close()
    await second.stop()
  })
})
