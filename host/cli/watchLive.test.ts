import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openJournal } from '../journal/openJournal.ts'
import { newFolder, removeFolder } from './cutwater.fixture.ts'
import { labBridgeYaml } from './labBridgeYaml.ts'
import { labTools } from './labTools.ts'
import { pausesBy, type Reckoning, reckon } from './reckon.fixture.ts'
import { silentFrom } from './silentFrom.fixture.ts'
import type { News } from './WatchNews.ts'
import { type Process, type Site, type SiteOptions, standSite, startWatch } from './watch.fixture.ts'

// Processes and chains on a machine that may have better to do; no test says how long anything takes.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let folder: string
let site: Site
const running: Process[] = []

async function stand(options: Omit<SiteOptions, 'folder'>): Promise<void> {
  folder = newFolder()
  site = await standSite({ folder, ...options })
}

async function clear(): Promise<void> {
  await Promise.all(running.splice(0).map((each) => each.kill('SIGKILL')))
  await site.stop()
  removeFolder(folder)
}

function start(...flags: readonly string[]): Process {
  const process = startWatch(site, ...flags)
  running.push(process)
  return process
}

const isState = ({ type }: News) => type === 'state'
const isAlert = ({ type }: News) => type === 'alert'
const isPause = (news: News) => news.type === 'deed' && news.act === 'pause'

describe('a watch as a process, on a bridge at work', () => {
  beforeAll(() => stand({ attack: 'key-theft-many-small', level: 2 }))
  afterAll(clear)

  test('--once catches up, tells how things stand, and ends', async () => {
    const watch = start('--once', '--journal', join(folder, 'once.db'))
    expect(await watch.until(({ type }) => type === 'stopped')).toMatchObject({ open: 0 })
    const told = watch.news.map(({ type }) => type)
    expect(told.filter((type) => type === 'caughtUp')).toHaveLength(2)
    expect(told).toEqual(expect.arrayContaining(['started', 'state', 'stopping']))
    // Set-up is history, and honest traffic no alarm.
    expect(told).not.toContain('alert')
    await expectWhole(join(folder, 'once.db'))
  })

  test('a key without the role is refused, by name and place', async () => {
    const refused = startWatch({ ...site, key: `0x${'11'.repeat(32)}` }, '--act')
    expect(await refused.ended).toEqual({ code: 2 })
    expect(refused.stderr()).toMatch(/^cutwater: North: 0x\w{40} has no guardian role on 0x\w{40}; expected/)
  })

  test('a journal that was begun for another bridge is refused', async () => {
    const other = join(folder, 'other.yaml')
    writeFileSync(other, readFileSync(site.file, 'utf8').replace('name: lab', 'name: another'))
    const refused = startWatch({ ...site, file: other }, '--journal', join(folder, 'once.db'))
    expect(await refused.ended).toEqual({ code: 2 })
    expect(refused.stderr()).toMatch(/the journal was begun for lab as it was described then; expected/)
  })

  test('robbed: told in a dry run, paused on chain with --act, and each deed done once however often it is killed', async () => {
    const dryJournal = join(folder, 'dry.db')
    const dry = start('--journal', dryJournal)
    expect(await dry.until(({ type }) => type === 'started')).toMatchObject({ acts: false, level: 2 })
    const first = start('--act')
    await Promise.all([dry.until(isState), first.until(isState)])
    const attacked = site.attack()
    await first.until(isAlert)
    await first.kill('SIGKILL')
    for (const milliseconds of [300, 800]) {
      const life = start('--act')
      await life.until(({ type }) => type === 'started')
      await sleep(milliseconds)
      await life.kill('SIGKILL')
    }
    const orderly = start('--act')
    await orderly.until(isState)
    expect(await orderly.kill('SIGTERM')).toEqual({ code: 0 })
    // From here on a start folds what came after it.
    expect(await newestSnapshot()).toMatch(/\/end$/)
    const last = start('--act')
    await attacked
    await Promise.all([last.until(isState), dry.until(isAlert), dry.until(isPause)])
    await sleep(1_500)
    expect(await last.kill('SIGTERM')).toEqual({ code: 0 })
    expect(await dry.kill('SIGINT')).toEqual({ code: 0 })
    expect(last.news.at(-1)).toMatchObject({ type: 'stopped', open: 0 })
    expect(last.stderr() + dry.stderr()).toBe('')
    const { deeds, pauses } = await expectWhole(site.journal)
    expect([deeds > 0, pauses > 0]).toEqual([true, true])
    const dryRun = await reckon(site, dryJournal)
    expect(dryRun).toMatchObject({ lostBlocks: 0, doubledBlocks: 0, lostEvents: 0, doubledEvents: 0 })
    const outcomes = dry.news.flatMap((news) => (news.type === 'deed' ? [news.outcome] : []))
    expect(outcomes).toContainEqual({ kind: 'dryRun', call: expect.stringMatching(/^pause\(/) })
    // What the other has done already needs no doing.
    expect(outcomes.every(({ kind }) => kind === 'dryRun' || kind === 'already')).toBe(true)
  })
})

describe('beside a market, as `cutwater lab up` stands it up', () => {
  beforeAll(() => stand({ attack: 'zero-root', level: 3, market: true }))
  afterAll(clear)

  test('the example is what the lab writes, but for where its nodes listen', async () => {
    const example = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'bridge.yaml'), 'utf8')
    const ports = [8545, 9545]
    const chains = site.plan.chains.map((chain, nth) => {
      const rpc = { http: `http://127.0.0.1:${ports[nth]}`, ws: `ws://127.0.0.1:${ports[nth]}` }
      return { ...chain, pollMilliseconds: 250, rpcs: [rpc] }
    })
    expect(labBridgeYaml({ ...site.plan, chains }, { level: 3, blockSeconds: 1 })).toBe(example)
  })
})

describe('with its eye on the mempool', () => {
  beforeAll(() => stand({ attack: 'key-theft-many-small', level: 2, mempool: true }))
  afterAll(clear)

  test('it knows a theft by what waits, and pauses', async () => {
    const watch = start('--act')
    await watch.until(isState)
    const attacked = site.attack()
    const alert = await watch.until((news) => news.type === 'alert' && news.id.startsWith('pending:'))
    expect(alert).toMatchObject({ rule: 'ReleaseWithoutSource', block: null })
    await watch.until((news) => news.type === 'deed' && news.outcome.kind === 'confirmed')
    await attacked
    expect(await watch.kill('SIGINT')).toEqual({ code: 0 })
    expect(await pausesBy(site)).not.toEqual([])
  })
})

describe('a watcher that falls silent', () => {
  beforeAll(() => stand({ attack: 'key-theft-many-small', level: 3, tools: silentFrom(labTools, 40) }))
  afterAll(clear)

  test('is told of by the live watch, which reads who signed what is paid, and stops nothing', async () => {
    const watch = start()
    const alert = await watch.until((news) => news.type === 'alert')
    const { watchers } = site.world.accounts
    expect(alert).toMatchObject({ rule: 'SilentSigner', severity: 'medium', done: [] })
    expect(watchers.map(({ address }) => address)).toContainEqual(
      /^.*(0x[0-9a-f]{40}) of the watchers signed none/.exec((alert as { sentence: string }).sentence)?.[1],
    )
    expect(await watch.kill('SIGINT')).toEqual({ code: 0 })
    expect(watch.news.some(isPause)).toBe(false)
  })
})

async function newestSnapshot(): Promise<string | undefined> {
  const journal = await openJournal(site.journal, { readOnly: true })
  const newest = await journal.last('snapshot')
  await journal.close()
  return newest?.id
}

/** All of both chains is in the journal once, all that was decided is done, and nothing was done twice. */
async function expectWhole(journal: string): Promise<Reckoning> {
  const { blocks, events, deeds, pauses, ...wrong } = await reckon(site, journal)
  expect(blocks).toBeGreaterThan(10)
  expect(events).toBeGreaterThan(5)
  expect(Object.entries(wrong).filter(([, count]) => count > 0)).toEqual([])
  return { blocks, events, deeds, pauses, ...wrong }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
