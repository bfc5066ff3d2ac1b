import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type Entry, topics } from '@cutwater/engine/ports/Journal.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { linesOf } from './fixtures/contents.ts'
import { damages } from './fixtures/damages.ts'
import { repairJournal } from './repairJournal.ts'
import { sqliteJournal } from './sqliteJournal.ts'

// Long ids and bodies, some over many pages, times of every width: all that a record of SQLite can look like.
const entries: readonly Entry[] = Array.from({ length: 400 }, (_, nth) => ({
  topic: topics[nth % 9 === 0 ? nth % topics.length : 1]!,
  id: `entry ${nth} ${'é'.repeat(nth % 200 === 7 ? 3_000 : nth % 60)}`,
  at: nth % 5 === 0 ? -(2 ** (nth % 50)) : nth,
  body: JSON.stringify({ nth, text: '🌊'.repeat(nth % 100 === 3 ? 9_000 : nth % 90) }),
}))
const lines = entries.map((entry, nth) => JSON.stringify({ seq: nth + 1, ...entry }))

let folder: string
let path: string
let copies = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-repair-'))
  const journal = await sqliteJournal(join(folder, 'whole'))
  for (let nth = 0; nth < entries.length; nth += 40) await journal.append(entries.slice(nth, nth + 40))
  for (const suffix of ['', '-wal'])
    copyFileSync(join(folder, `whole${suffix}`), join(folder, `open${suffix}`))
  await journal.close()
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => {
  path = copy('whole')
})

describe('a page that leads to entries costs none of them:', () => {
  test.each([
    ['the first page, with the schema', () => 1],
    ['the root of the entries', () => rootOf('entries')],
    ['the root of the index of topics', () => rootOf('entries_by_topic')],
    ['the root of the index of ids', () => rootOf('sqlite_autoindex_entries_1')],
    ['the heads', () => rootOf('heads')],
  ])('%s', async (_, page) => {
    spoil((bytes) => bytes.fill(0, 4_096 * (page() - 1), 4_096 * page()))
    await expect(sqliteJournal(path)).rejects.toBeInstanceOf(CutwaterError)
    expect((await repaired()).damage).not.toBeNull()
    expect(await linesIn(`${path}-mended`)).toEqual(lines)
  })

  function rootOf(name: string): number {
    const database = new DatabaseSync(join(folder, 'whole'), { readOnly: true })
    const row = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)
    database.close()
    return row!.rootpage as number
  }
})

test('a file that a crash left in its log, without what leads to it, gives all that is there', async () => {
  path = copy('open')
  copyFileSync(join(folder, 'open-wal'), `${path}-wal`)
  spoil((bytes) => bytes.fill(0))
  await repaired()
  expect(await linesIn(`${path}-mended`)).toEqual(lines)
})

describe('law: of a file that', () => {
  test.each(damages)(
    '$what, a repair is a beginning of what was written, and no shorter than what can be read',
    async ({ damage }) => {
      const rng = Rng.create(23)
      for (let nth = 0; nth < 8; nth++) {
        path = copy('whole')
        spoil((bytes) => damage(bytes, rng))
        const readable = await lengthOf(path)
        try {
          await repaired()
        } catch (error) {
          if (!(error instanceof CutwaterError)) throw error
          expect(readable).toBe(0)
          continue
        }
        const held = await linesIn(`${path}-mended`)
        expect(held).toEqual(lines.slice(0, held.length))
        expect(held.length).toBeGreaterThanOrEqual(readable)
      }
    },
  )
})

test('a file that is no journal is refused, and no copy is made of nothing', async () => {
  writeFileSync(path, 'timestamp,chain_id\n'.repeat(1_000))
  await expect(repaired()).rejects.toMatchObject({ code: 'JOURNAL_FOREIGN' })
})

function repaired() {
  return repairJournal(path, `${path}-mended`)
}

function copy(name: string): string {
  copies += 1
  const to = join(folder, `copy ${copies}`)
  copyFileSync(join(folder, name), to)
  return to
}

function spoil(change: (bytes: Buffer) => Buffer): void {
  writeFileSync(path, change(readFileSync(path)))
}

async function linesIn(file: string): Promise<readonly string[]> {
  const journal = await sqliteJournal(file, { readOnly: true })
  const held = await linesOf(journal)
  await journal.close()
  return held
}

/** How many entries can be read in order. */
async function lengthOf(file: string): Promise<number> {
  let length = 0
  try {
    const journal = await sqliteJournal(file, { readOnly: true })
    try {
      for await (const page of journal.read()) length += page.length
    } finally {
      await journal.close()
    }
  } catch (error) {
    if (!(error instanceof CutwaterError)) throw error
  }
  return length
}
