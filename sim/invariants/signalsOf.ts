import { decode } from '@cutwater/engine/journal/encode.ts'
import type { Recorded } from '@cutwater/engine/ports/Journal.ts'
import type { Signal } from '@cutwater/engine/watch/LiveBook.ts'

/** What was observed, in the order of the journal. */
export function signalsOf(entries: readonly Recorded[]): readonly Signal[] {
  return entries.flatMap(({ topic, body }) => (topic === 'observed' ? [decode(body) as Signal] : []))
}
