import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { journalRun } from '@cutwater/engine/replay/journalRun.ts'
import { track } from '@cutwater/engine/replay/track.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { linesOf } from '../journal/fixtures/contents.ts'
import { sqliteJournal } from '../journal/sqliteJournal.ts'
import { cutwater, filesOf, jsonOf, newFolder, removeFolder, smallHistory } from './cutwater.fixture.ts'

let folder: string
let file: string
beforeAll(async () => {
  folder = newFolder()
  file = join(folder, 'bridge.db')
  const history = smallHistory()
  const journal = await sqliteJournal(file)
  await ingest(journal, history)
  await journalRun(journal, track(history), Policy.of('adaptive'), { every: 500 })
  await journal.close()
})
afterAll(() => removeFolder(folder))

let out: string
beforeEach(() => {
  out = newFolder()
  return () => removeFolder(out)
})

describe('cutwater journal check', () => {
  test('says what a sound journal holds', async () => {
    const result = JSON.parse(await jsonOf('journal', 'check', file))
    expect(result).toMatchObject({ journal: file, sound: true, damage: null })
    expect(result.topics.snapshot).toBeGreaterThan(1)
    expect(result.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    const { out: text } = await cutwater('journal', 'check', file)
    expect(text).toContain('Every entry is as it was written.')
    expect(text).toContain(result.fingerprint)
  })

  test('names the place of damage, says what can be read, and ends with 1', async () => {
    const broken = spoilt('UPDATE entries SET at = at + 1 WHERE seq = 120')
    const { out: text, code } = await cutwater('journal', 'check', broken, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(text)).toMatchObject({
      sound: false,
      entries: 119,
      damage: { code: 'JOURNAL_DAMAGED', seq: 120 },
    })
    expect((await cutwater('journal', 'check', broken)).out).toMatch(/119 entries can be read/)
  })

  test('finds what is wrong with an index, though every entry is right', async () => {
    const broken = copy()
    const bytes = readFileSync(broken)
    const isIndex = (at: number) => bytes[at - (at % 4_096)] === 10
    let at = bytes.indexOf('observed1:0x')
    while (at >= 0 && !isIndex(at)) at = bytes.indexOf('observed1:0x', at + 1)
    bytes.write('observed1:0y', at)
    writeFileSync(broken, bytes)
    const { out: text, code } = await cutwater('journal', 'check', broken, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(text).damage.what).toMatch(/its indexes are damaged/)
  })

  test('of the first entries alone gives the fingerprint that was noted when there were no more', async () => {
    const half = JSON.parse(await jsonOf('journal', 'check', file, '--up-to', '200'))
    const short = join(out, 'short.db')
    const [from, to] = [await sqliteJournal(file, { readOnly: true }), await sqliteJournal(short)]
    for await (const page of from.read({ upTo: 200 })) await to.append(page)
    await from.close()
    await to.close()
    expect(JSON.parse(await jsonOf('journal', 'check', short))).toMatchObject({
      entries: 200,
      fingerprint: half.fingerprint,
    })
  })
})

describe('cutwater journal backup', () => {
  test('beside a writer is the journal of one moment, and is added to the next time', async () => {
    const [live, to] = [copy(), join(out, 'backup.db')]
    const writer = await sqliteJournal(live)
    const first = JSON.parse(await jsonOf('journal', 'backup', live, to))
    expect(first.written).toBe(first.copy.entries)
    await writer.append([{ topic: 'done', id: 'later', at: 1, body: '{}' }])
    expect(JSON.parse(await jsonOf('journal', 'backup', live, to))).toMatchObject({ written: 1 })
    expect(JSON.parse(await jsonOf('journal', 'backup', live, to))).toMatchObject({ written: 0 })
    await writer.close()
    expect(await contents(to)).toEqual(await contents(live))
    expect(filesOf(out).filter((name) => name.includes('part'))).toEqual([])
  })

  test('of a damaged journal is refused and leaves nothing', async () => {
    const broken = spoilt('DELETE FROM entries WHERE seq = 120')
    const before = filesOf(out)
    const { err, code } = await cutwater('journal', 'backup', broken, join(out, 'backup.db'))
    expect({ err, code }).toEqual({ err: expect.stringMatching(/entry 120.*JOURNAL_DAMAGED/), code: 2 })
    expect(filesOf(out).filter((name) => name.startsWith('backup'))).toEqual([])
    expect(filesOf(out).filter((name) => !/-(?:wal|shm)$/.test(name))).toEqual(before)
  })

  test('onto the copy of another journal is refused, and leaves it as it is', async () => {
    const other = join(out, 'other.db')
    const journal = await sqliteJournal(other)
    await journal.append([{ topic: 'bridge', id: 'another', at: 1, body: '{}' }])
    await journal.close()
    const { err, code } = await cutwater('journal', 'backup', file, other)
    expect({ err, code }).toEqual({ err: expect.stringMatching(/JOURNAL_COPY_DIFFERS/), code: 2 })
    expect(await contents(other)).toHaveLength(1)
  })
})

describe('cutwater journal repair', () => {
  test('writes what is before the damage into a new journal, and leaves the old one as it is', async () => {
    const broken = spoilt(`UPDATE entries SET body = '{}' WHERE seq = 120`)
    const bytes = readFileSync(broken)
    const to = join(out, 'mended.db')
    const { out: text, code } = await cutwater('journal', 'repair', broken, to)
    expect({ text, code }).toMatchObject({ text: expect.stringMatching(/Damaged: .*entry 120/), code: 0 })
    expect(readFileSync(broken).equals(bytes)).toBe(true)
    expect(await contents(to)).toEqual((await contents(file)).slice(0, 119))
    const journal = await sqliteJournal(to)
    expect(await journal.append([{ topic: 'done', id: 'goes on', at: 1, body: '{}' }])).toBe(1)
    await journal.close()
  })

  test('refuses a path that is taken, and a journal that is being written', async () => {
    const broken = copy()
    expect((await cutwater('journal', 'repair', broken, file)).err).toMatch(/JOURNAL_COPY_EXISTS/)
    const writer = await sqliteJournal(broken)
    expect((await cutwater('journal', 'repair', broken, join(out, 'x.db'))).err).toMatch(/JOURNAL_BUSY/)
    await writer.close()
    expect(existsSync(join(out, 'x.db'))).toBe(false)
  })
})

describe('cutwater journal compact', () => {
  test('leaves out older snapshots and nothing else: the same record, and a run goes on from the newest', async () => {
    const to = join(out, 'smaller.db')
    const before = JSON.parse(await jsonOf('journal', 'check', file))
    const result = JSON.parse(await jsonOf('journal', 'compact', file, to))
    expect(result.snapshots).toBe(before.topics.snapshot - 1)
    expect(result.copy).toMatchObject({ sound: true, fingerprint: before.fingerprint })
    expect(result.copy.topics).toEqual({ ...before.topics, snapshot: 1 })
    const history = smallHistory()
    const journal = await sqliteJournal(to)
    const run = await journalRun(journal, track(history), Policy.of('adaptive'))
    expect(run.position).toBeGreaterThan(500)
    expect(await journal.count('snapshot')).toBe(1)
    await journal.close()
  })
})

test('a journal that is not there is one line, and nothing is made', async () => {
  for (const args of [['check'], ['backup', join(out, 'to.db')], ['repair', join(out, 'to.db')]]) {
    const [command, ...rest] = args
    const { err, code } = await cutwater('journal', command!, join(out, 'none.db'), ...rest)
    expect({ err, code }).toEqual({
      err: expect.stringMatching(/^cutwater: .*JOURNAL_MISSING\]\n$/),
      code: 2,
    })
  }
  expect(filesOf(out)).toEqual([])
})

async function contents(path: string): Promise<readonly string[]> {
  const journal = await sqliteJournal(path, { readOnly: true })
  const lines = await linesOf(journal)
  await journal.close()
  return lines
}

function copy(): string {
  const path = join(out, 'copy.db')
  writeFileSync(path, readFileSync(file))
  return path
}

function spoilt(sql: string): string {
  const path = copy()
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
  return path
}
