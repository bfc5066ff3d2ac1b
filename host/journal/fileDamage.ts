import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { explainFailure } from './explainFailure.ts'
import { findTableDamage } from './findDamage.ts'
import * as JournalAddress from './JournalAddress.ts'

/** What is wrong with a journal’s file beyond its entries: its indexes; null where nothing is, or it is in no file. */
export function fileDamage(address: string): CutwaterError | null {
  const parsed = JournalAddress.parse(address)
  if (parsed.kind !== 'sqlite') return null
  try {
    const damage = findTableDamage(parsed.file)
    if (damage === undefined) return null
    return new CutwaterError('JOURNAL_DAMAGED', `its indexes are damaged: ${damage}`, {
      where: address,
      right: 'a backup, or a copy with new ones: cutwater journal repair',
    })
  } catch (cause) {
    return explainFailure(cause, address)
  }
}
