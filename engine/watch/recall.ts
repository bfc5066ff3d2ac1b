import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { decode } from '../journal/encode.ts'
import type { Journal } from '../ports/Journal.ts'
import { answerOf } from './answerOf.ts'
import * as LiveBook from './LiveBook.ts'
import * as Outbox from './Outbox.ts'
import { type Seen, signalId } from './signalId.ts'

/**
 * Folds what a journal holds of earlier watching into a fresh book, and completes the answer that was cut off.
 *
 * @returns how many signals have come, for the ids of those to come
 */
export async function recall(
  journal: Journal,
  live: LiveBook.LiveBook,
  outbox: Outbox.Outbox,
  since: UnixTime,
): Promise<Seen> {
  const seen: Seen = new Map()
  let newest: Outbox.Answer | undefined
  for await (const page of journal.read({ topics: ['observed'] })) {
    for (const { body } of page) {
      const signal = decode(body) as LiveBook.Signal
      signalId(seen, signal)
      newest = answerOf(live, LiveBook.apply(live, signal), since)
    }
  }
  // A kill between a signal and its answer leaves the answer unwritten: written now, it is taken up next. Only the
  // newest can lack it; what was answered earlier stays as it was, though rules and policy be others by now.
  if (newest !== undefined) await Outbox.write(outbox, [{ observed: [], answer: newest }])
  return seen
}
