import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as ChainLimits from '@cutwater/core/bridge/guard/ChainLimits.ts'
import type { LimitsSet, PricePoint } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { encode } from '../journal/encode.ts'
import type { Actuator, Deed, Outcome } from '../ports/Actuator.ts'
import type { ChainSignal, ChainSource, Standing } from '../ports/ChainSource.ts'
import type { Clock } from '../ports/Clock.ts'
import type { FeedSource } from '../ports/FeedSource.ts'
import type { Entry, Journal } from '../ports/Journal.ts'
import type { Notifier } from '../ports/Notifier.ts'
import type { PendingSource } from '../ports/PendingSource.ts'
import type { PriceSource } from '../ports/PriceSource.ts'
import { answerOf } from './answerOf.ts'
import * as Feeds from './Feeds.ts'
import { createForesight, foresee, reconsider } from './foresee.ts'
import * as LiveBook from './LiveBook.ts'
import * as Outbox from './Outbox.ts'
import * as Prices from './Prices.ts'
import { type Recalled, recall } from './recall.ts'
import * as Snapshots from './Snapshots.ts'
import { signalId } from './signalId.ts'

export type WatchOptions = {
  readonly bridge: Bridge
  readonly policy: BridgePolicy
  readonly sources: readonly ChainSource[]
  /** mempools that are watched too, so that the guard may answer before a transaction is mined */
  readonly pending?: readonly PendingSource[]
  readonly journal: Journal
  readonly actuator: Actuator
  readonly notifiers: readonly Notifier[]
  readonly clock: Clock
  /** waited for before signals are written: what is due by then is written with them */
  readonly gather?: () => Promise<void>
  /** what comes from before it, as in a catching-up of months, is written down and neither told nor acted upon */
  readonly since?: UnixTime
  /** prices known at the start */
  readonly prices?: readonly PricePoint[]
  /** limits that guards have at the start: those set before are in no block to come */
  readonly limits?: readonly LimitsSet[]
  /** who is asked for prices, before the first block and then as often as feeds */
  readonly priceSources?: readonly PriceSource[]
  /** what is read beside the chains, when a block comes and the last reading is this old; 300 s unless said */
  readonly feeds?: readonly FeedSource[]
  readonly feedSeconds?: number
  /** how often to write down how the book stands, so that the next start need not fold it all; never unless said */
  readonly snapshots?: Snapshots.Pace
  /** sees every signal with what followed from it, after it is in the journal */
  readonly onSignal?: (signal: ChainSignal, outputs: readonly Output[], live: LiveBook.LiveBook) => void
  readonly onOutcome?: (deed: Deed, outcome: Outcome) => void
}

/** A watch that runs: the state as it stands, and how to end it. */
export type Watch = {
  readonly live: LiveBook.LiveBook
  /** resolves when all sources have ended and every deed and alert is settled, or left to the next start */
  readonly ended: Promise<void>
  /** does what a person orders, as `Outbox.order` says */
  order(deed: Deed): Promise<Outcome>
  stop(): Promise<void>
}

/**
 * Watches live chains: every signal goes into the journal with what follows from it, together or not at all, and nothing
 * is done before it is there. Signals that come while the journal writes are written together next: a slow disk makes
 * batches larger, not the queue longer.
 *
 * Started again on the same journal, it folds what is there, takes up deeds and alerts that were not settled, and
 * goes on after the last block of each chain.
 */
export async function watch(options: WatchOptions): Promise<Watch> {
  const {
    bridge,
    policy,
    sources,
    pending = [],
    journal,
    clock,
    prices = [],
    limits = [],
    onSignal,
  } = options
  const since = options.since ?? Number.NEGATIVE_INFINITY
  const feeds = Feeds.create(options.feeds ?? [], options.feedSeconds ?? 300)
  const priced = Prices.create(options.priceSources ?? [], options.feedSeconds ?? 300)
  let failure: { readonly error: unknown } | undefined
  let giveUp = (_: unknown): void => {}
  const failed = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  // It may fail before there is anybody to hear of it.
  failed.catch(() => {})
  const stopAll = (): void => {
    for (const source of [...sources, ...pending]) source.stop()
  }
  // A watch that cannot remember must not look as if it watched: the first failure ends it.
  const fail = (error: unknown): void => {
    failure ??= { error }
    stopAll()
    giveUp(error)
  }
  const outbox = Outbox.create({ ...options, onFailure: fail })
  const recalled = await recall(journal, LiveBook.create(bridge, policy), outbox, since, options.snapshots)
  const { live, seen, snapshots } = recalled
  await Outbox.resume(outbox, live.finalized)
  const context: Context = { ...recalled, outbox, since }
  const points = newPrices(live, prices)
  if (points.length > 0) await take(context, [{ kind: 'prices', points }])
  const known = newLimits(live, limits)
  if (known.length > 0) await take(context, [{ kind: 'limits', points: known }])
  let tail: Promise<void> = Promise.resolve()
  // One signal after the other, whichever chain it comes from: the order of the journal is the order of the fold.
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    tail = tail.then(async () => {
      if (!failure) await act()
    })
    tail = tail.catch(fail)
    return tail
  }
  let waiting: LiveBook.Signal[] = []
  const enqueue = (signal: LiveBook.Signal): Promise<void> => {
    waiting.push(signal)
    return inTurn(async () => {
      // Whoever came first has taken all.
      if (waiting.length === 0) return
      await options.gather?.()
      const signals = waiting
      waiting = []
      for (const { signal, outputs } of await take(context, signals))
        if (isOfChain(signal)) onSignal?.(signal, outputs, live)
      if (snapshots !== null) await Snapshots.goOn(snapshots, live, seen)
    })
  }
  const askPrices = (at: UnixTime): Promise<void> =>
    Prices.ask(priced, { now: clock.now(), at }, live, (points) => enqueue({ kind: 'prices', points }))
  const foresight = createForesight()
  const follow = async (source: ChainSource): Promise<void> => {
    for await (const signal of source.follow(standing(live, source.chain))) {
      if (signal.kind === 'block') await askPrices(signal.block.at)
      await enqueue(signal)
      if (failure) return
      if (signal.kind !== 'block') continue
      if (foresight.waiting.length > 0)
        await inTurn(async () => {
          await Outbox.send(outbox, reconsider(foresight, live).map(unobserved))
        })
      Feeds.ask(feeds, clock.now(), (measures) => enqueue({ kind: 'readings', measures }))
    }
  }
  const lookAhead = async (source: PendingSource): Promise<void> => {
    for await (const each of source.follow()) {
      await inTurn(() => Outbox.send(outbox, [unobserved(foresee(foresight, live, each, clock.now()))]))
      if (failure) return
    }
  }
  const following = [...sources.map(follow), ...pending.map(lookAhead)]
  const settled = Promise.all(following.map((each) => each.catch(fail)))
    .then(() => Feeds.settled(feeds))
    .then(() => Outbox.settled(outbox))
    .then(async () => {
      if (snapshots !== null && !failure) await Snapshots.finish(snapshots, live, seen)
    })
  // A failure waits for nothing: a deed may take its time, and meanwhile nobody watches.
  const ended = Promise.race([failed, settled])
  return {
    live,
    ended,
    order: (deed) => Outbox.order(outbox, clock.now(), deed),
    stop: async () => {
      stopAll()
      await ended
    },
  }
}

type Context = Recalled & { readonly outbox: Outbox.Outbox; readonly since: UnixTime }

type Taken = { readonly signal: LiveBook.Signal; readonly outputs: readonly Output[] }

/** Folds signals in their order, writes them down with their answers, and starts on those. */
async function take(
  { live, outbox, seen, snapshots, since }: Context,
  signals: readonly LiveBook.Signal[],
): Promise<readonly Taken[]> {
  const answered = signals.map((signal) => {
    checkOrder(live, signal)
    const at = signal.kind === 'block' ? signal.block.at : live.book.now
    const entry: Entry = { topic: 'observed', id: signalId(seen, signal), at, body: encode(signal) }
    if (snapshots !== null) snapshots.observed += entry.body.length
    const outputs = LiveBook.apply(live, signal)
    return { signal, outputs, observed: [entry], answer: answerOf(live, outputs, since) }
  })
  await Outbox.send(outbox, answered)
  for (const { signal, answer } of answered)
    if (isOfChain(signal)) Outbox.lookAgain(outbox, answer.at, signal)
  return answered
}

// What waits in a mempool is no observation: it is judged when it has happened.
function unobserved(answer: Outbox.Answer): Outbox.Answered {
  return { observed: [], answer }
}

function isOfChain(signal: LiveBook.Signal): signal is ChainSignal {
  return signal.kind !== 'prices' && signal.kind !== 'limits' && signal.kind !== 'readings'
}

// Journaled like everything the book folds, or a restart with other prices would tell another past.
function newPrices({ prices }: LiveBook.LiveBook, points: readonly PricePoint[]): readonly PricePoint[] {
  return points.filter(({ priceId, at }) => at > (prices.get(priceId)?.at ?? Number.NEGATIVE_INFINITY))
}

// What earlier watching has seen goes on from there.
function newLimits({ book }: LiveBook.LiveBook, points: readonly LimitsSet[]): readonly LimitsSet[] {
  return points.filter((point) => !ChainLimits.knows(book.chainLimits, point))
}

function standing({ places, finalized, told }: LiveBook.LiveBook, chain: ChainId): Standing | undefined {
  const place = places.get(chain)
  if (place === undefined) return undefined
  const [final, nth] = [finalized.get(chain), told.get(chain)]
  return { ...place, ...(final !== undefined && { final }), ...(nth !== undefined && { nth }) }
}

// A block that came twice would be a replay of all its messages, and accuse whoever received them.
function checkOrder({ places, finalized }: LiveBook.LiveBook, signal: LiveBook.Signal): void {
  if (signal.kind === 'block') {
    const { chain, number } = signal.block
    const newest = places.get(chain)
    if (newest !== undefined && number <= newest.number) throw signalOutOfOrder(chain, number, newest.number)
  }
  if (signal.kind === 'reorg') {
    const { chain, to } = signal
    const final = finalized.get(chain) ?? Number.NEGATIVE_INFINITY
    if (to.number < final) throw finalityBroken(chain, to.number, final)
  }
}

function signalOutOfOrder(chain: number, number: number, newest: number): CutwaterError {
  return new CutwaterError('SIGNAL_OUT_OF_ORDER', `block ${number} came after block ${newest}`, {
    where: `chain ${chain}, block ${number}`,
    right: 'each block once, or a reorg first',
  })
}

function finalityBroken(chain: number, to: number, final: number): CutwaterError {
  return new CutwaterError(
    'FINALITY_BROKEN',
    `a reorg goes back to block ${to}, and block ${final} was final`,
    {
      where: `chain ${chain}, block ${to}`,
      right: 'a finality that the chain keeps: more blocks or seconds',
    },
  )
}
