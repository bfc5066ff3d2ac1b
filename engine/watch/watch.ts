import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { PricePoint } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { encode } from '../journal/encode.ts'
import type { Actuator, Deed, Outcome } from '../ports/Actuator.ts'
import type { ChainSignal, ChainSource } from '../ports/ChainSource.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Journal } from '../ports/Journal.ts'
import type { Notifier } from '../ports/Notifier.ts'
import { answerOf } from './answerOf.ts'
import * as LiveBook from './LiveBook.ts'
import * as Outbox from './Outbox.ts'
import { recall } from './recall.ts'
import { signalId } from './signalId.ts'

export type WatchOptions = {
  readonly bridge: Bridge
  readonly policy: BridgePolicy
  readonly sources: readonly ChainSource[]
  readonly journal: Journal
  readonly actuator: Actuator
  readonly notifiers: readonly Notifier[]
  readonly clock: Clock
  /** prices known at the start */
  readonly prices?: readonly PricePoint[]
  /** sees every signal with what followed from it, after it is in the journal */
  readonly onSignal?: (signal: ChainSignal, outputs: readonly Output[], live: LiveBook.LiveBook) => void
  readonly onOutcome?: (deed: Deed, outcome: Outcome) => void
}

/** A watch that runs: the state as it stands, and how to end it. */
export type Watch = {
  readonly live: LiveBook.LiveBook
  /** resolves when all sources have ended and every deed and alert is settled */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/**
 * Watches live chains: every signal goes into the journal, then into the book; what follows is journaled before it
 * is done.
 *
 * Started again on the same journal, it folds what is there, takes up deeds and alerts that were not settled, and
 * goes on after the last block of each chain.
 */
export async function watch(options: WatchOptions): Promise<Watch> {
  const { bridge, policy, sources, journal } = options
  const live = LiveBook.create(bridge, policy)
  const outbox = Outbox.create(options)
  const seen = await recall(journal, live, outbox, options.prices ?? [])
  await Outbox.resume(outbox)
  let tail: Promise<unknown> = Promise.resolve()
  let failure: unknown
  // One signal after the other, whichever chain it comes from: the order of the journal is the order of the fold.
  const enqueue = (signal: ChainSignal): Promise<unknown> => {
    tail = tail.then(() => (failure === undefined ? take(options, live, outbox, seen, signal) : undefined))
    return tail.catch((error: unknown) => {
      failure ??= error
    })
  }
  const ended = Promise.all(sources.map((source) => follow(source, live, enqueue)))
    .then(() => Outbox.settled(outbox))
    .then(() => {
      if (failure !== undefined) throw failure
    })
  return {
    live,
    ended,
    stop: async () => {
      for (const source of sources) source.stop()
      await ended
    },
  }
}

async function follow(
  source: ChainSource,
  live: LiveBook.LiveBook,
  enqueue: (signal: ChainSignal) => Promise<unknown>,
): Promise<void> {
  for await (const signal of source.follow(live.places.get(source.chain))) await enqueue(signal)
}

async function take(
  { journal, onSignal }: WatchOptions,
  live: LiveBook.LiveBook,
  outbox: Outbox.Outbox,
  seen: Map<string, number>,
  signal: ChainSignal,
): Promise<void> {
  const id = signalId(seen, signal)
  const at = signal.kind === 'block' ? signal.block.at : live.book.now
  const written = await journal.append([{ topic: 'observed', id, at, body: encode(signal) }])
  if (written === 0)
    throw new CutwaterError('SIGNAL_REPEATED', `the journal holds ${id} already`, { where: id })
  const outputs = LiveBook.apply(live, signal)
  await Outbox.send(outbox, answerOf(live, signal, outputs))
  onSignal?.(signal, outputs, live)
}
