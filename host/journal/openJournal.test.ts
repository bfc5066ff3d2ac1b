import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJournal } from './openJournal.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-address-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a path is a journal in SQLite, whether or not its address says so', async () => {
  const file = join(folder, 'kept.db')
  const writer = await openJournal(`sqlite:${file}`)
  await writer.append([{ topic: 'done', id: 'a', at: 1, body: '{}' }])
  await writer.close()
  const reader = await openJournal(file, { readOnly: true })
  expect(await reader.count('done')).toBe(1)
  await reader.close()
})

test('a journal that must be there and is not is refused, and none is made', async () => {
  const file = join(folder, 'missing.db')
  for (const options of [{ mustExist: true }, { readOnly: true }]) {
    await expect(openJournal(file, options)).rejects.toMatchObject({ code: 'JOURNAL_MISSING' })
  }
})

test.each(['', 'sqlite:', 'postgres://localhost/bridge', 'https://example.org/journal'])(
  'the address %j is refused',
  async (address) => {
    await expect(openJournal(address)).rejects.toMatchObject({ code: 'JOURNAL_ADDRESS_MALFORMED' })
  },
)
