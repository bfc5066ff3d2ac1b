import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Entry } from '@cutwater/engine/ports/Journal.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { firstLine, lifeOf, startChild } from './fixtures/children.ts'
import { sqliteJournal } from './sqliteJournal.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-file-'))
  path = join(folder, 'journal')
})
afterEach(() => rmSync(folder, { recursive: true }))

const entry: Entry = { topic: 'found', id: 'a', at: 1, body: '{}' }

describe('a file that is not a journal is refused and left as it is:', () => {
  const strangers: readonly [string, () => void, string][] = [
    ['text', () => writeFileSync(path, 'timestamp,chain_id\n'.repeat(100)), 'is not a journal'],
    ['a short text', () => writeFileSync(path, 'x'), 'is not a journal'],
    ['an empty file', () => writeFileSync(path, ''), 'is empty'],
    ['another SQLite file', () => makeDatabase(''), 'is not a journal'],
    [
      'a journal of a later schema',
      () => makeDatabase('PRAGMA application_id = 0x43555457; PRAGMA user_version = 3'),
      'version 3; expected version 2',
    ],
  ]
  test.each(strangers)('%s', async (_, make, what) => {
    make()
    const before = readFileSync(path)
    for (const readOnly of [false, true])
      await expect(sqliteJournal(path, { readOnly })).rejects.toThrow(what)
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(['journal'])
  })

  test('a folder', async () => {
    mkdirSync(path)
    await expect(sqliteJournal(path)).rejects.toMatchObject({ code: 'JOURNAL_FOREIGN' })
  })

  function makeDatabase(pragmas: string): void {
    const database = new DatabaseSync(path)
    database.exec(`${pragmas}; CREATE TABLE wallets (key)`)
    database.close()
  }
})

describe('a path without a file', () => {
  test('is a new journal, or an error where nothing is to be written', async () => {
    await expect(sqliteJournal(path, { readOnly: true })).rejects.toMatchObject({ code: 'JOURNAL_MISSING' })
    expect(readdirSync(folder)).toEqual([])
    const journal = await sqliteJournal(path)
    await journal.close()
    expect(readdirSync(folder)).toEqual(['journal', 'journal-lock'])
  })

  test('is an error where its folder is missing too', async () => {
    const lost = join(folder, 'no such folder', 'journal')
    await expect(sqliteJournal(lost)).rejects.toMatchObject({ code: 'JOURNAL_MISSING', where: lost })
  })

  test('is a new journal where a kill left one half made under another name', async () => {
    writeFileSync(`${path}-new`, 'half a')
    const journal = await sqliteJournal(path)
    expect(await journal.append([entry])).toBe(1)
    await journal.close()
    expect(existsSync(`${path}-new`)).toBe(false)
  })
})

describe('one writer at a time', () => {
  test('is told so in one process and leaves the first alone', async () => {
    const first = await sqliteJournal(path)
    await expect(sqliteJournal(path, { waitMilliseconds: 0 })).rejects.toMatchObject({ code: 'JOURNAL_BUSY' })
    expect(await first.append([entry])).toBe(1)
    await first.close()
    const second = await sqliteJournal(path, { waitMilliseconds: 0 })
    expect(await second.count('found')).toBe(1)
    await second.close()
  })

  test('is told so across processes, may read beside the other, and may write once that was killed', async () => {
    const child = startChild('holdChild.ts', [path, 'write'])
    expect(await firstLine(child)).toBe('held 1')
    await expect(sqliteJournal(path, { waitMilliseconds: 0 })).rejects.toThrow('one writer at a time')
    const reader = await sqliteJournal(path, { readOnly: true })
    expect(await reader.count('done')).toBe(1)
    await reader.close()
    child.kill('SIGKILL')
    await lifeOf(child)
    const journal = await sqliteJournal(path, { waitMilliseconds: 0 })
    expect(await journal.append([entry])).toBe(1)
    await journal.close()
  })

  test('waits for a stranger that writes to the file, then is told, and nothing of the batch is written', async () => {
    const journal = await sqliteJournal(path, { waitMilliseconds: 20 })
    const stranger = new DatabaseSync(path)
    stranger.exec('BEGIN IMMEDIATE')
    await expect(journal.append([entry])).rejects.toMatchObject({ code: 'JOURNAL_BUSY' })
    stranger.exec('ROLLBACK')
    stranger.close()
    expect(await journal.count('found')).toBe(0)
    expect(await journal.append([entry])).toBe(1)
    await journal.close()
  })
})

describe('reading only', () => {
  test('sees what the writer adds, and writes nothing', async () => {
    const writer = await sqliteJournal(path)
    const reader = await sqliteJournal(path, { readOnly: true })
    await writer.append([entry])
    expect(await reader.last('found')).toEqual({ seq: 1, ...entry })
    await expect(reader.append([entry])).rejects.toMatchObject({ code: 'JOURNAL_READ_ONLY' })
    await writer.close()
    await reader.close()
  })

  test('is the advice where file or folder may not be written', async () => {
    const journal = await sqliteJournal(path)
    await journal.append([entry])
    await journal.close()
    const asAnother = process.getuid?.() === 0 ? 65_534 : undefined
    for (const [file, inFolder] of [
      [0o444, 0o777],
      [0o666, 0o555],
    ] as const) {
      chmodSync(path, file)
      chmodSync(folder, inFolder)
      const life = await lifeOf(startChild('holdChild.ts', [path, 'write'], asAnother))
      expect(life.lines).toEqual(['JOURNAL_READ_ONLY'])
    }
    chmodSync(folder, 0o777)
  })
})

describe('a full disk', () => {
  test('is one error, the batch is not there, and the journal goes on when there is room', async () => {
    const small = await sqliteJournal(path, { maxBytes: 2 ** 18 })
    let appended = 0
    const full = { code: 'JOURNAL_DISK_FULL', where: path }
    const fill = async () => {
      for (; appended < 100_000; appended += 100) await small.append(batchOf(appended, 100))
    }
    await expect(fill()).rejects.toMatchObject(full)
    expect(appended).toBeGreaterThan(0)
    expect(await small.count('observed')).toBe(appended)
    await expect(small.append(batchOf(appended, 5_000))).rejects.toMatchObject(full)
    expect(await small.count('observed')).toBe(appended)
    await small.close()

    const roomy = await sqliteJournal(path)
    expect(await roomy.count('observed')).toBe(appended)
    expect(await roomy.append(batchOf(appended, 5_000))).toBe(5_000)
    expect((await roomy.last('observed'))!.seq).toBe(appended + 5_000)
    await roomy.close()
  })

  function batchOf(from: number, length: number): Entry[] {
    return Array.from({ length }, (_, nth) => ({
      topic: 'observed',
      id: `${from + nth}`,
      at: 1,
      body: '{"n":1}',
    }))
  }
})

describe('a page', () => {
  test('of large bodies holds fewer of them, and all are read', async () => {
    const journal = await sqliteJournal(path)
    const body = JSON.stringify('x'.repeat(2 ** 22))
    for (let nth = 0; nth < 9; nth++)
      await journal.append([{ topic: 'snapshot', id: `${nth}`, at: nth, body }])
    const lengths: number[] = []
    for await (const page of journal.read()) lengths.push(page.length)
    expect(lengths).toEqual([4, 4, 1])
    await journal.close()
  })
})
