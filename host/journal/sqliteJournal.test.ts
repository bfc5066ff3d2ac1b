import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { journalContract } from '@cutwater/engine/ports/Journal.contract.ts'
import type { Entry } from '@cutwater/engine/ports/Journal.ts'
import { expect, test } from 'vitest'
import { sqliteJournal } from './sqliteJournal.ts'

journalContract('sqliteJournal', open)

test('what fails in the middle of writing, after every entry was found well formed, writes nothing', async () => {
  const { journal, dispose } = await open()
  let readings = 0
  const failing: Entry = {
    topic: 'found',
    id: 'failing',
    at: 1,
    get body() {
      readings += 1
      if (readings > 1) throw new Error('the second reading')
      return '{}'
    },
  }
  const entry = (id: string): Entry => ({ topic: 'found', id, at: 1, body: '{}' })
  await expect(journal.append([entry('a'), failing, entry('b')])).rejects.toThrow('the second reading')
  expect(await journal.count('found')).toBe(0)
  expect(await journal.append([entry('a'), entry('b')])).toBe(2)
  expect(await journal.last('found')).toMatchObject({ seq: 2 })
  await journal.close()
  await dispose()
})

async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-journal-'))
  const path = join(folder, 'journal.sqlite')
  return {
    journal: await sqliteJournal(path),
    reopen: () => sqliteJournal(path),
    dispose: async () => rmSync(folder, { recursive: true }),
    spoil: async (place: number) => {
      const database = new DatabaseSync(path)
      database.exec(`INSERT INTO entries VALUES (${place + 1}, 'done', 'forged', 1, '{}', 0, 7)`)
      database.close()
    },
  }
}
