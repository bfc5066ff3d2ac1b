import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { journalContract } from '@cutwater/engine/ports/Journal.contract.ts'
import { sqliteJournal } from './sqliteJournal.ts'

journalContract('sqliteJournal', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-journal-'))
  const path = join(folder, 'journal.sqlite')
  return {
    journal: await sqliteJournal(path),
    reopen: () => sqliteJournal(path),
    dispose: async () => rmSync(folder, { recursive: true }),
  }
})
