import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { sqliteJournal } from '@cutwater/host/journal/sqliteJournal.ts'
import type { Target } from './Target.ts'

/** Journal files that are cut: refused, or every entry that was written is there. */
export async function journalFiles(): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-fuzz-'))
  const [whole, broken] = [join(folder, 'whole.db'), join(folder, 'broken.db')]
  const entries = Array.from({ length: 60 }, (_, nth) => {
    return { topic: 'observed' as const, id: `entry ${nth}`, at: 1_700_000_000 + nth, body: `{"nth":${nth}}` }
  })
  const journal = await sqliteJournal(whole)
  await journal.append(entries)
  await journal.close()
  const size = readFileSync(whole).length
  return {
    name: 'journal files',
    share: 0.3,
    whole: String(size),
    make: (rng) => String(Rng.integer(rng, size)),
    take: async (input) => {
      for (const suffix of ['-wal', '-shm']) rmSync(broken + suffix, { force: true })
      copyFileSync(whole, broken)
      truncateSync(broken, Number(input))
      const opened = await sqliteJournal(broken)
      try {
        return await wrongWith(opened.read())
      } finally {
        await opened.close()
      }
    },
    close: () => rmSync(folder, { recursive: true }),
  }

  async function wrongWith(pages: AsyncIterable<readonly { id: string; at: number; body: string }[]>) {
    let nth = 0
    for await (const page of pages) {
      for (const { id, at, body } of page) {
        const entry = entries[nth++]
        if (entry?.id !== id || entry.at !== at || entry.body !== body)
          return `entry ${nth} was never written so`
      }
    }
    return nth === entries.length ? null : `${entries.length - nth} entries are missing`
  }
}
