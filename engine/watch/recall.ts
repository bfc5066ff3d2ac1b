import type { PricePoint } from '@cutwater/core/bridge/Observation.ts'
import { decode } from '../journal/encode.ts'
import type { ChainSignal } from '../ports/ChainSource.ts'
import type { Journal } from '../ports/Journal.ts'
import { answerOf } from './answerOf.ts'
import * as LiveBook from './LiveBook.ts'
import * as Outbox from './Outbox.ts'
import { signalId } from './signalId.ts'

/**
 * Folds what a journal holds of earlier watching into a fresh book, and completes answers that were cut off.
 *
 * @returns how often each signal has come, for the ids of those to come
 */
export async function recall(
  journal: Journal,
  live: LiveBook.LiveBook,
  outbox: Outbox.Outbox,
  prices: readonly PricePoint[],
): Promise<Map<string, number>> {
  const seen = new Map<string, number>()
  const chain = live.book.catalog.bridge.chains[0]?.id ?? 0
  LiveBook.observe(live, chain, prices)
  for await (const page of journal.read({ topics: ['observed'] })) {
    for (const { body } of page) {
      const signal = decode(body) as ChainSignal
      signalId(seen, signal)
      // A kill between the signal and its answer leaves the answer unwritten: written now, it is taken up next.
      await Outbox.write(outbox, answerOf(live, signal, LiveBook.apply(live, signal)))
    }
  }
  return seen
}
