import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import type { Assessment } from '@cutwater/engine/assess/Assessment.ts'
import { decode } from '@cutwater/engine/journal/encode.ts'
import type { Signal } from '@cutwater/engine/watch/LiveBook.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJournal } from '../journal/openJournal.ts'
import { jsonOf } from './cutwater.fixture.ts'
import { type Site, standSite, startWatch } from './watch.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'lab-feeds-'))
let site: Site
beforeAll(async () => {
  site = await standSite({ folder, attack: 'zero-root', level: 2, market: true })
}, 120_000)
afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true })
})

test('a watch of the lab hears every kind of reading its description lists, and says nothing was left out', async () => {
  const watching = startWatch(site, '--once')
  expect(await watching.ended).toEqual({ code: 0 })
  const notes = watching.news.flatMap((news) => (news.type === 'note' ? [news.text] : []))
  expect(notes.filter((text) => text.includes('was left out'))).toEqual([])
  const names = new Set(await heardIn(site.journal))
  const expected = [
    ...['wrappedPrice', 'poolReserve', 'decimals', 'oraclePrice', 'canonicalApy', 'wrappedApy', 'borrowCap'],
    ...[
      'limit',
      'transferCost',
      'messageCost',
      'stake',
      'withdrawalsDue',
      'cover',
      'coverCapital',
      'claimsDue',
    ],
    ...['liquidTreasury', 'layerWeight', 'codeChange', 'bondPrice', 'marketPrice', 'bondMarketCap'],
  ]
  expect([...names].toSorted()).toEqual(expected.toSorted())
  for (const name of names) expect(feeds).toHaveProperty(name)
}, 120_000)

test('an assessment of it has what the watch has seen and what contracts say now, under all its keys', async () => {
  const page = JSON.parse(await jsonOf('assess', site.file)) as Assessment
  expect(page.lockedUsd).toBeGreaterThan(199_000_000)
  expect(page.layers.map(({ layer }) => layer)).toEqual(['near', 'mid', 'far'])
  for (const signal of page.signals)
    for (const key of ['name', 'value', 'unit', 'rank', 'layer', 'asOf', 'sentence'])
      expect(signal).toHaveProperty(key)
  const valued = page.signals.flatMap(({ name, value }) => (value === null ? [] : [name]))
  for (const name of ['impliedLoss', 'interestDifferential', 'cpi', 'reer', 'parityGap', 'quickRatio'])
    expect(valued).toContain(name)
  expect(page.doubts).toEqual([])
  expect(page.economics.exit).toMatchObject({ fetchesUsd: expect.any(Number) })
  expect(page.lint.length).toBeGreaterThan(0)
  expect(page.actions.length).toBeGreaterThan(0)
}, 120_000)

async function heardIn(path: string): Promise<readonly string[]> {
  const journal = await openJournal(path, { readOnly: true })
  const names: string[] = []
  for await (const page of journal.read({ topics: ['observed'] })) {
    for (const { body } of page) {
      const signal = decode(body) as Signal
      if (signal.kind === 'readings') names.push(...signal.measures.map(({ name }) => name))
    }
  }
  await journal.close()
  return names
}
