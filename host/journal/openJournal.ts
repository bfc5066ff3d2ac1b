import { existsSync } from 'node:fs'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import * as JournalAddress from './JournalAddress.ts'
import { natsJournal } from './nats/natsJournal.ts'
import { sqliteJournal } from './sqliteJournal.ts'

export type Options = {
  /** only reads, beside a writer, and makes nothing */
  readonly readOnly?: boolean
  /** the journal must be there already */
  readonly mustExist?: boolean
  /** of the lease under which it is written, once it is ours; a file has one writer at a time in any case */
  readonly token?: number | Promise<number | undefined>
}

/**
 * Opens the journal at an address, of whatever kind: the one place where that is chosen.
 *
 * @throws CutwaterError `JOURNAL_ADDRESS_MALFORMED`, `JOURNAL_MISSING`, and what its kind throws on opening
 */
export async function openJournal(text: string, options: Options = {}): Promise<Journal> {
  const { readOnly = false, mustExist = readOnly } = options
  const address = JournalAddress.parse(text)
  if (address.kind === 'nats') return await natsJournal(address.address, options)
  const { file } = address
  if (mustExist && !existsSync(file)) throw missing(file)
  return await sqliteJournal(file, { readOnly })
}

function missing(where: string): CutwaterError {
  return new CutwaterError('JOURNAL_MISSING', 'there is no such journal', {
    where,
    right: 'a journal that was kept before, or what one can be begun with',
  })
}
