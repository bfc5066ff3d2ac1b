import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/** Does something until its end, or until a journal says that it is damaged, which is returned. */
export async function untilDamage(act: () => Promise<unknown>): Promise<CutwaterError | null> {
  try {
    await act()
    return null
  } catch (error) {
    if (error instanceof CutwaterError && error.code === 'JOURNAL_DAMAGED') return error
    throw error
  }
}
