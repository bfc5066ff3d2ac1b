import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import { advance, step } from '@cutwater/core/bridge/step.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { decode, encode } from '../journal/encode.ts'
import * as LiveBook from '../watch/LiveBook.ts'
import { nextRelease, passed } from './passed.ts'

/**
 * One policy's way through a journal, entry by entry. A recorded history holds observations; what was watched live
 * holds signals, which a reorg may take back.
 */
export type Thread =
  | { readonly kind: 'recorded'; book: Book.BridgeBook }
  | { readonly kind: 'watched'; readonly live: LiveBook.LiveBook }

/** At the beginning of a journal. */
export function start(kind: Thread['kind'], bridge: Bridge, policy: BridgePolicy): Thread {
  return kind === 'recorded'
    ? { kind, book: Book.create(bridge, policy) }
    : { kind, live: LiveBook.create(bridge, policy) }
}

/** What an entry brings, and what it takes back: the blocks that a reorg drops. */
export function observationsOf(
  thread: Thread,
  body: unknown,
): { came: readonly Observation[]; went: readonly Observation[] } {
  if (thread.kind === 'recorded') return { came: [body as Observation], went: [] }
  const signal = body as LiveBook.Signal
  if (signal.kind === 'block') return { came: signal.block.observations, went: [] }
  return { came: [], went: signal.kind === 'reorg' ? LiveBook.droppedBy(thread.live, signal) : [] }
}

/** Folds one observed entry and returns what follows from it. */
export function take(thread: Thread, body: unknown): readonly Output[] {
  return thread.kind === 'recorded'
    ? step(thread.book, body as Observation)
    : LiveBook.apply(thread.live, body as LiveBook.Signal)
}

export function bookOf(thread: Thread): Book.BridgeBook {
  return thread.kind === 'recorded' ? thread.book : thread.live.book
}

/** The same past under another policy from here on. */
export function withPolicy(thread: Thread, policy: BridgePolicy): Thread {
  return thread.kind === 'recorded'
    ? { kind: 'recorded', book: Book.withPolicy(thread.book, policy) }
    : { kind: 'watched', live: LiveBook.withPolicy(thread.live, policy) }
}

/**
 * Lets a thread come as far as just before its next entry, and shows how it stands at every time something changes on
 * the way: an hour closes, a leg that waited goes. Watched chains say themselves how far they are.
 *
 * @param from the highest time of an entry so far
 * @returns what the hours put out
 */
export function approach(
  thread: Thread,
  from: UnixTime,
  until: UnixTime,
  show: (at: UnixTime, book: Book.BridgeBook) => void,
): readonly Output[] {
  if (thread.kind === 'watched') {
    if (from < until) show(from, thread.live.book)
    return []
  }
  const { book } = thread
  const outputs: Output[] = []
  let at = from
  while (book.nextClose > 0 && book.nextClose <= until) {
    showQueues(book, at, book.nextClose, show)
    at = book.nextClose
    outputs.push(...advance(book, at))
  }
  showQueues(book, at, until, show)
  return outputs
}

/** A book once the clock has gone on to a time; the thread stays where it is. */
export function passedTo(thread: Thread, at: UnixTime): Book.BridgeBook {
  return thread.kind === 'recorded' ? passed(thread.book, at) : thread.live.book
}

function showQueues(
  book: Book.BridgeBook,
  from: UnixTime,
  until: UnixTime,
  show: (at: UnixTime, book: Book.BridgeBook) => void,
): void {
  let at = from
  while (at < until) {
    const then = passed(book, at)
    show(at, then)
    at = nextRelease(then)
  }
}

/** A thread as text; `thaw` takes it up where it stood. */
export function freeze(thread: Thread): string {
  return encode(toPlain(thread))
}

export function thaw(text: string): Thread {
  return fromPlain(decode(text) as Plain)
}

/** A thread as plain data, to be written down with other things. */
export type Plain =
  | Extract<Thread, { kind: 'recorded' }>
  | { readonly kind: 'watched'; readonly live: LiveBook.Plain }

export function toPlain(thread: Thread): Plain {
  return thread.kind === 'recorded' ? thread : { kind: 'watched', live: LiveBook.toPlain(thread.live) }
}

export function fromPlain(plain: Plain): Thread {
  return plain.kind === 'recorded' ? plain : { kind: 'watched', live: LiveBook.fromPlain(plain.live) }
}
