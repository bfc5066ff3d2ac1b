import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as JournalAddress from './JournalAddress.ts'
import { keepWritersOut } from './openJournalFile.ts'

/**
 * Does something while nobody else writes to a journal's file; a journal on servers has to be left alone by agreement.
 *
 * @throws CutwaterError `JOURNAL_BUSY`
 */
export async function withoutWriters<T>(address: string, act: () => Promise<T>): Promise<T> {
  const parsed = JournalAddress.parse(address)
  if (parsed.kind !== 'sqlite' || !canBeWritten(parsed.file)) return await act()
  const letIn = keepWritersOut(parsed.file)
  try {
    return await act()
  } finally {
    letIn()
  }
}

/** A missing file has no writers, and a disk that is only read lets in none. */
function canBeWritten(file: string): boolean {
  try {
    accessSync(dirname(resolve(file)), constants.W_OK)
    return existsSync(file)
  } catch {
    return false
  }
}
