import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { decode } from '../journal/encode.ts'
import type { Journal } from '../ports/Journal.ts'
import { answerOf } from './answerOf.ts'
import * as LiveBook from './LiveBook.ts'
import * as Outbox from './Outbox.ts'
import * as Snapshots from './Snapshots.ts'
import { type Seen, signalId } from './signalId.ts'

/** What a watch knows when it begins. */
export type Recalled = {
  readonly live: LiveBook.LiveBook
  /** how many signals have come, for the ids of those to come */
  readonly seen: Seen
  readonly snapshots: Snapshots.Snapshots | null
}

/**
 * Folds what a journal holds of earlier watching, from the newest snapshot on where one fits, and completes the answer that
 * was cut off.
 *
 * @param fresh the book to fold into where there is no snapshot
 */
export async function recall(
  journal: Journal,
  fresh: LiveBook.LiveBook,
  outbox: Outbox.Outbox,
  since: UnixTime,
  pace?: Snapshots.Pace,
): Promise<Recalled> {
  const standing = pace && (await Snapshots.last(journal, pace.maker))
  const live = standing === undefined ? fresh : LiveBook.restore(standing.live)
  const seen: Seen = standing?.seen ?? new Map()
  const snapshots = pace === undefined ? null : Snapshots.create(journal, pace, standing?.size)
  let newest: Outbox.Answer | undefined
  for await (const page of journal.read({ topics: ['observed'], after: standing?.place ?? 0 })) {
    for (const { body } of page) {
      const signal = decode(body) as LiveBook.Signal
      signalId(seen, signal)
      newest = answerOf(live, LiveBook.apply(live, signal), since)
      if (snapshots !== null) snapshots.observed += body.length
    }
  }
  // A kill between a signal and its answer leaves the answer unwritten: written now, it is taken up next. Only the
  // newest can lack it; what was answered earlier stays as it was, though rules and policy be others by now.
  if (newest !== undefined) await Outbox.write(outbox, [{ observed: [], answer: newest }])
  return { live, seen, snapshots }
}
