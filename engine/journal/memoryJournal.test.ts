import { journalContract } from '../ports/Journal.contract.ts'
import { memoryJournal } from './memoryJournal.ts'

journalContract('memoryJournal', async () => ({ journal: memoryJournal(), dispose: async () => {} }))
