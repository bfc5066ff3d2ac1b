import { journalContract } from '../ports/Journal.contract.ts'
import type { Recorded } from '../ports/Journal.ts'
import { memoryJournal } from './memoryJournal.ts'

journalContract('memoryJournal', async () => {
  const entries: Recorded[] = []
  return {
    journal: memoryJournal(entries),
    reopen: async () => memoryJournal(entries),
    dispose: async () => {},
  }
})
