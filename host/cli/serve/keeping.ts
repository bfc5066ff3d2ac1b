import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Shelf } from '@cutwater/engine/ports/Shelf.ts'
import { fileShelf } from '../../journal/fileShelf.ts'
import * as JournalAddress from '../../journal/JournalAddress.ts'
import { makerOf } from '../makerOf.ts'

/** Where what was read of a journal is kept for the next start: a file beside the journal's. Undefined where that is none. */
export function keeping(address: string, bridge: Bridge, policy: BridgePolicy): Shelf | undefined {
  const journal = JournalAddress.parse(address)
  return journal.kind === 'sqlite'
    ? fileShelf(`${journal.file}-timeline`, makerOf(bridge, policy))
    : undefined
}
