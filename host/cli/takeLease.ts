import type { Tenure } from '@cutwater/engine/ports/Lease.ts'
import type { Say } from '../chain/Say.ts'
import * as JournalAddress from '../journal/JournalAddress.ts'
import { natsLease } from '../nats/natsLease.ts'

export type Taken = { readonly tenure: Tenure; close(): Promise<void> }

/**
 * Waits until it is ours to decide on a journal that several may write to; null for a file, which lets one write in
 * any case, and undefined when the waiting was called off.
 */
export async function takeLease(
  journal: string,
  seconds: number,
  say: Say,
  calledOff: Promise<void>,
): Promise<Taken | null | undefined> {
  const address = JournalAddress.parse(journal)
  if (address.kind !== 'nats') return null
  const { lease, close } = await natsLease(address.address, seconds)
  say('info', 'asking for the lease of the journal: one decides at a time', { seconds })
  const tenure = await lease.acquire(calledOff)
  if (tenure === undefined) {
    await close()
    return undefined
  }
  return {
    tenure,
    close: async () => {
      await tenure.release()
      await close()
    },
  }
}
