import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as Check from '@cutwater/engine/doctor/Check.ts'
import * as JournalAddress from './JournalAddress.ts'
import { openJournal } from './openJournal.ts'

/** Free bytes below which a journal may fill the disk within days, and within hours, of a busy bridge. */
const littleBytes = 5e9
const leastBytes = 5e8

/** Whether a journal opens, or can be begun, and whether its disk has room. */
export async function examineJournal(address: string): Promise<readonly Check.Check[]> {
  const parsed = JournalAddress.parse(address)
  if (parsed.kind === 'nats') return [await examineOpening(address)]
  const { file } = parsed
  const folder = dirname(resolve(file))
  return [existsSync(file) ? await examineOpening(file) : examineFolder(folder), examineRoom(folder)]
}

async function examineOpening(address: string): Promise<Check.Check> {
  try {
    const journal = await openJournal(address, { readOnly: true })
    try {
      return Check.ok('journal', address, `opens, with ${await journal.count('observed')} observations`)
    } finally {
      await journal.close()
    }
  } catch (cause) {
    // Whoever keeps journals answered that there is none of this name.
    if (cause instanceof CutwaterError && cause.code === 'JOURNAL_MISSING')
      return Check.ok('journal', address, 'a journal can be begun here')
    return Check.failed('journal', address, cause, 'a journal that opens')
  }
}

function examineFolder(folder: string): Check.Check {
  try {
    accessSync(folder, constants.W_OK)
    return Check.ok('journal', folder, 'a journal can be begun here')
  } catch {
    return Check.error(
      'journal',
      folder,
      'a journal can neither be read nor begun here',
      'a folder to write in',
    )
  }
}

function examineRoom(folder: string): Check.Check {
  try {
    const { bavail, bsize } = statfsSync(folder)
    const free = bavail * bsize
    const what = `${(free / 1e9).toFixed(1)} GB free`
    if (free < leastBytes) return Check.error('disk', folder, what, `${leastBytes / 1e9} GB or more`)
    if (free < littleBytes) return Check.warning('disk', folder, what, `${littleBytes / 1e9} GB or more`)
    return Check.ok('disk', folder, what)
  } catch (cause) {
    return Check.failed('disk', folder, cause, 'a folder that is there')
  }
}
