import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Recorded } from '@cutwater/engine/ports/Journal.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { lifeOf, startChild } from './fixtures/children.ts'
import { linesOf } from './fixtures/contents.ts'
import { sqliteJournal } from './sqliteJournal.ts'

// The schema of version 1 as it was, word for word.
const first = `
  PRAGMA application_id = 1129665623; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;
  CREATE TABLE entries (
    seq   INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    id    TEXT NOT NULL,
    at    INTEGER NOT NULL,
    body  TEXT NOT NULL,
    UNIQUE (topic, id)
  ) STRICT;
  CREATE INDEX entries_by_topic ON entries (topic);`

const entries: readonly Recorded[] = Array.from({ length: 2_500 }, (_, nth) => ({
  seq: nth + 1,
  topic: nth % 9 === 4 ? 'done' : 'observed',
  id: `entry ${nth}`,
  at: nth,
  body: JSON.stringify({ nth }),
}))
const lines = entries.map((entry) => JSON.stringify(entry))

let folder: string
let path: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-migration-'))
  write('old', entries)
  write('old and empty', [])
})
afterAll(() => rmSync(folder, { recursive: true }))
let copies = 0
beforeEach(() => {
  copies += 1
  path = join(folder, `copy ${copies}`)
  copyFileSync(join(folder, 'old'), path)
})

test('a journal of version 1 is read as it is, and left so', async () => {
  const before = readFileSync(path)
  const journal = await sqliteJournal(path, { readOnly: true })
  expect(await linesOf(journal)).toEqual(lines)
  expect(await journal.count('done')).toBe(278)
  expect(await journal.last('done', 100)).toEqual(entries[94])
  await journal.close()
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('opened for writing it becomes one of today: the same entries, sealed, and it goes on', async () => {
  await (await sqliteJournal(path)).close()
  const journal = await sqliteJournal(path)
  expect(await linesOf(journal)).toEqual(lines)
  expect(await journal.append([{ ...entries[0]!, id: 'new' }, entries[1]!])).toBe(1)
  expect(await journal.last('observed')).toMatchObject({ seq: 2_501, id: 'new' })
  await journal.close()
  const database = new DatabaseSync(path)
  database.exec('UPDATE entries SET at = 7 WHERE seq = 1000')
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 })
  database.close()
  const spoilt = await sqliteJournal(path, { readOnly: true })
  await expect(linesOf(spoilt)).rejects.toMatchObject({ code: 'JOURNAL_DAMAGED', facts: { seq: 1_000 } })
  await spoilt.close()
})

test('an empty one does too', async () => {
  path = join(folder, 'old and empty')
  const reader = await sqliteJournal(path, { readOnly: true })
  expect(await linesOf(reader)).toEqual([])
  await reader.close()
  const journal = await sqliteJournal(path)
  expect(await journal.append([entries[0]!])).toBe(1)
  expect(await linesOf(journal)).toEqual([lines[0]])
  await journal.close()
})

test('SIGKILL on the way leaves the old one or the new one, and all entries', async () => {
  for (const milliseconds of [120, 200, 280, 360]) {
    const child = startChild('holdChild.ts', [path, 'write'])
    setTimeout(() => child.kill('SIGKILL'), milliseconds)
    await lifeOf(child)
    const reader = await sqliteJournal(path, { readOnly: true })
    expect((await linesOf(reader)).slice(0, lines.length)).toEqual(lines)
    await reader.close()
  }
  await (await sqliteJournal(path)).close()
})

function write(name: string, held: readonly Recorded[]): void {
  const database = new DatabaseSync(join(folder, name))
  database.exec(first)
  const insert = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?)')
  database.exec('BEGIN')
  for (const { seq, topic, id, at, body } of held) insert.run(seq, topic, id, at, body)
  database.exec('COMMIT')
  database.close()
}
