import { existsSync } from 'node:fs'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import { type Copied, copyJournal } from './copyJournal.ts'
import { fileDamage } from './fileDamage.ts'
import { inspectJournal } from './inspectJournal.ts'
import * as JournalAddress from './JournalAddress.ts'
import { openJournal } from './openJournal.ts'
import * as Seal from './Seal.ts'
import { salvage } from './salvage.ts'

type Options = { readonly onProgress?: (done: number, total: number) => void }

/**
 * Copies what a damaged journal holds before the damage, and leaves it as it is.
 *
 * Where a file cannot be read in order, because what leads to its pages is damaged, entries are looked for in the pages
 * themselves.
 *
 * @throws CutwaterError what `copyJournal` throws; `JOURNAL_DAMAGED` and others where nothing can be read
 */
export async function repairJournal(address: string, to: string, options: Options = {}): Promise<Copied> {
  const inOrder = await readInOrder(address)
  const damage = inOrder.damage ?? fileDamage(address)
  const file = fileOf(address)
  const found = damage === null || file === undefined ? undefined : salvage(file)
  const total = Math.max(inOrder.entries, found?.entries ?? 0)
  const onProgress = (entries: number) => options.onProgress?.(entries, total)
  if (found === undefined || found.entries <= inOrder.entries) {
    const copied = await reading(address, (journal) =>
      copyJournal(journal, to, { upToDamage: true, onProgress }),
    )
    return { ...copied, damage }
  }
  const copied = await copyJournal(found, to, { onProgress })
  return { ...copied, damage: found.newest > found.entries ? gap(address, found.entries) : damage }
}

/** How far it can be read as it should be. */
async function readInOrder(address: string) {
  try {
    return await reading(address, inspectJournal)
  } catch (error) {
    if (error instanceof CutwaterError && unopened.has(error.code)) return { entries: 0, damage: error }
    throw error
  }
}

async function reading<T>(address: string, act: (journal: Journal) => Promise<T>): Promise<T> {
  const journal = await openJournal(address, { readOnly: true })
  try {
    return await act(journal)
  } finally {
    await journal.close()
  }
}

/** What is said of a file whose first page is not what it was. */
const unopened = new Set(['JOURNAL_DAMAGED', 'JOURNAL_FOREIGN', 'JOURNAL_SCHEMA_NEWER'])

function fileOf(address: string): string | undefined {
  const parsed = JournalAddress.parse(address)
  return parsed.kind === 'sqlite' && existsSync(parsed.file) ? parsed.file : undefined
}

function gap(address: string, entries: number): CutwaterError {
  return Seal.broken(address, entries + 1, 'the entry is lost, and with it what follows')
}
