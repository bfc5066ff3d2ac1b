import type { Journal } from '../ports/Journal.ts'

/** The same journal, which says so whenever it has gained something: for whoever reads along. */
export function announcedJournal(journal: Journal, announce: () => void): Journal {
  return {
    ...journal,
    append: async (entries) => {
      const written = await journal.append(entries)
      if (written > 0) announce()
      return written
    },
  }
}
