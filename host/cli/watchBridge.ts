import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import { chainName } from '@cutwater/core/bridge/names.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { decode, encode } from '@cutwater/engine/journal/encode.ts'
import type { Opening } from '@cutwater/engine/journal/ingest.ts'
import { leasedActuator } from '@cutwater/engine/lease/leasedActuator.ts'
import type { Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import type { ChainSignal } from '@cutwater/engine/ports/ChainSource.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import type { Tenure } from '@cutwater/engine/ports/Lease.ts'
import type { Notifier } from '@cutwater/engine/ports/Notifier.ts'
import type { PriceSource } from '@cutwater/engine/ports/PriceSource.ts'
import { boundOf } from '@cutwater/engine/replay/Run.ts'
import { deedText } from '@cutwater/engine/watch/deeds.ts'
import { inStep } from '@cutwater/engine/watch/inStep.ts'
import type { LiveBook } from '@cutwater/engine/watch/LiveBook.ts'
import * as Snapshots from '@cutwater/engine/watch/Snapshots.ts'
import { watch } from '@cutwater/engine/watch/watch.ts'
import type { Hand } from '../api/Desk.ts'
import { chainlinkPrices } from '../chain/chainlinkPrices.ts'
import { evmActuator } from '../chain/evmActuator.ts'
import { evmPending } from '../chain/evmPending.ts'
import { evmSource } from '../chain/evmSource.ts'
import * as LiveBridge from '../chain/LiveBridge.ts'
import { readLimits } from '../chain/readLimits.ts'
import { requireGuardian } from '../chain/requireGuardian.ts'
import type { Say } from '../chain/Say.ts'
import * as Wallet from '../chain/Wallet.ts'
import { withState } from '../chain/withState.ts'
import { openJournal } from '../journal/openJournal.ts'
import type { Terminal } from '../notify/terminalNotifier.ts'
import { aborted } from './aborted.ts'
import * as CatchUp from './CatchUp.ts'
import { clock } from './clock.ts'
import { feedsOf } from './feedsOf.ts'
import { makerOf } from './makerOf.ts'
import { notifiersOf } from './notifiersOf.ts'
import { takeLease } from './takeLease.ts'
import type { WatchFile } from './WatchFile.ts'
import type { News, State } from './WatchNews.ts'

export type WatchOptions = {
  /** sends what it decides; otherwise it only says so */
  readonly acts: boolean
  /** ends when it has caught up with the chains as they stand */
  readonly once: boolean
  /** how often the state is told, seconds */
  readonly everySeconds: number
  readonly tell: (news: News) => void
  /** where a `terminal` of the file's notifiers prints */
  readonly terminal: Terminal
  readonly environment: LiveBridge.Environment
  /** ends the watch */
  readonly signal: AbortSignal
  /** who tells of the chains, where their nodes are not asked from here */
  readonly sourcesOf?: (chains: readonly LiveBridge.LiveChain[]) => readonly CatchUp.Source[]
  /** sees the journal before the watch does, and gives the one to write into */
  readonly onJournal?: (watched: Watched) => Journal
  /** is given what people may act with, as soon as the watch runs */
  readonly onRunning?: (hand: Hand) => void
}

export type Watched = {
  readonly bridge: Bridge
  readonly policy: BridgePolicy
  readonly journal: Journal
  /** where the journal is */
  readonly address: string
}

/** How long an ending waits for what is under way; it is in the journal, and the next start takes it up. */
const settleMilliseconds = 10_000

/** What is older than this when the watch begins is history: it is journaled, and wakes nobody. */
const historySeconds = UnixTime.day

/** Watches a bridge until `signal` says so, and leaves a journal to go on from. True when nothing is left under way. */
export async function watchBridge(file: WatchFile, options: WatchOptions): Promise<boolean> {
  const { tell, acts, environment } = options
  const say: Say = (level, what, facts) => tell({ type: 'note', level, text: noteOf(what, facts) })
  const wallet = acts && file.key !== null ? await Wallet.open(file.key, environment) : null
  const notifiers = notifiersOf(file, options)
  if (wallet !== null) await requireGuardian(file.bridge.chains, wallet.address, say)
  const opened = await openInTurn(file, say, options.signal)
  if (opened === undefined) return true
  const { journal, tenure, close } = opened
  try {
    return await decide({ file, options, say, wallet, journal, notifiers, tenure })
  } finally {
    await close()
  }
}

/**
 * The journal, when it is ours to decide on; undefined when the waiting was called off. A journal that others may write
 * is read along until then, so that whoever takes over is not late by the length of it.
 */
async function openInTurn(file: WatchFile, say: Say, signal: AbortSignal) {
  const failed = Promise.withResolvers<void>()
  const calledOff = Promise.race([aborted(signal), failed.promise])
  const taking = takeLease(file.journal, file.leaseSeconds, say, calledOff)
  const token = taking.then((taken) => taken?.tenure.token)
  // Who could not open the journal does not ask for it.
  token.catch(() => {})
  try {
    const journal = await openJournal(file.journal, { token })
    const taken = await taking
    const close = () => journal.close().finally(() => taken?.close())
    if (taken !== undefined) return { journal, tenure: taken?.tenure ?? null, close }
    await close()
    return undefined
  } catch (error) {
    failed.resolve()
    await (await taking.catch(() => null))?.close()
    throw error
  }
}

async function decide(post: Post): Promise<boolean> {
  const { file, options, say, wallet, journal, tenure } = post
  const { tell } = options
  await requireSameBridge(journal, file)
  tell(await startedNews(file, journal, wallet?.address ?? null))
  warnOfPrices(file, say)
  const watched = { bridge: bridgeOf(file), policy: file.policy, journal, address: file.journal }
  const told = options.onJournal?.(watched) ?? journal
  const { running, caughtUp } = await begin({ ...post, journal: told })
  await Promise.race([
    running.ended,
    aborted(options.signal),
    ...(options.once ? [caughtUp] : []),
    ...(tenure === null ? [] : [overtaken(tenure)]),
  ])
  tell({
    type: 'stopping',
    why: options.signal.aborted ? 'stopping: what is under way is finished first' : 'caught up: stopping',
  })
  const late = new AbortController()
  const isSettled = await Promise.race([
    running.stop().then(() => true),
    sleep(settleMilliseconds, false, { signal: late.signal }).catch(() => false),
  ])
  late.abort()
  tell({ type: 'stopped', observed: await journal.count('observed'), open: await openIn(journal) })
  return isSettled
}

/** What a watch is run with. */
type Post = {
  readonly file: WatchFile
  readonly options: WatchOptions
  readonly say: Say
  /** null in a dry run */
  readonly wallet: Wallet.Wallet | null
  readonly journal: Journal
  readonly notifiers: readonly Notifier[]
  /** null where only one can write anyway */
  readonly tenure: Tenure | null
}

async function begin({ file, options, say, wallet, journal, notifiers, tenure }: Post) {
  const { tell } = options
  const { chains } = file.bridge
  const bridge = bridgeOf(file)
  const sources = options.sourcesOf?.(chains) ?? chains.map((chain) => nodesOf(chain, say))
  const teller = createTeller(sources, bridge, options)
  const actuator = evmActuator({ chains, clock, say, dryRun: wallet === null, ...(wallet && { wallet }) })
  const running = await watch({
    bridge,
    policy: file.policy,
    sources: inStep(sources, clock),
    pending: chains.filter(({ mempool }) => mempool).map((chain) => evmPending(chain, { clock, say })),
    journal,
    actuator: tenure === null ? actuator : leasedActuator(actuator, tenure),
    notifiers: [{ name: 'lines', notify: async (alert) => tell({ type: 'alert', ...alert }) }, ...notifiers],
    clock,
    gather: nextTurn,
    since: clock.now() - historySeconds,
    limits: await readLimits(file.bridge, say),
    snapshots: { ...Snapshots.usual, maker: makerOf(bridge, file.policy) },
    priceSources: priceSourcesOf(file, say),
    feeds: feedsOf(file, say),
    onSignal: (signal, _, live) => teller.take(signal, live),
    onOutcome: (deed, outcome) => tell(deedNews(bridge, deed, outcome)),
  })
  const preview = evmActuator({ chains, clock, say }).execute
  options.onRunning?.({ order: running.order, preview })
  return { running, caughtUp: teller.caughtUp }
}

/** A chain as its own nodes tell it, with what is read of each block beside its logs. */
export function nodesOf(chain: LiveBridge.LiveChain, say: Say): CatchUp.Source {
  const source = evmSource(chain, { clock, say })
  return { ...withState(source, chain, say), status: source.status }
}

/** Tells how far a watch has come, and now and then how the bridge stands. */
function createTeller(
  sources: readonly CatchUp.Source[],
  bridge: Bridge,
  { tell, everySeconds }: WatchOptions,
) {
  const catchUp = CatchUp.create(sources, bridge, tell)
  const { promise: caughtUp, resolve } = Promise.withResolvers<void>()
  let toldAt = clock.now()
  const tellState = (live: LiveBook) => {
    toldAt = clock.now()
    tell(stateOf(live, bridge))
  }
  const take = (signal: ChainSignal, live: LiveBook) => {
    if (signal.kind === 'reorg') tell(reorgNews(signal, bridge))
    const hasCome =
      signal.kind === 'block' && CatchUp.take(catchUp, signal.block.chain, signal.block.number, Date.now())
    if (hasCome || clock.now() - toldAt >= everySeconds) tellState(live)
    if (hasCome) resolve()
  }
  return { take, caughtUp }
}

function bridgeOf({ bridge, midway }: WatchFile): Bridge {
  return { ...LiveBridge.toBridge(bridge), ...(midway && { midway }) }
}

/** A journal belongs to one bridge; it is marked with it when it is begun. */
async function requireSameBridge(journal: Journal, file: WatchFile): Promise<void> {
  const bridge = bridgeOf(file)
  const held = await journal.last('bridge')
  if (held === undefined) {
    const opening: Opening = { bridge, source: bridge.name }
    await journal.append([{ topic: 'bridge', id: bridge.name, at: clock.now(), body: encode(opening) }])
    return
  }
  if (encode((decode(held.body) as Partial<Opening>).bridge) === encode(bridge)) return
  throw new CutwaterError(
    'JOURNAL_BRIDGE_DIFFERS',
    `the journal was begun for ${held.id} as it was described then`,
    {
      where: file.journal,
      right: 'the same name, chains, finality and tokens, or a new journal',
    },
  )
}

async function startedNews(file: WatchFile, journal: Journal, guardian: string | null): Promise<News> {
  const { bridge, policy } = file
  return {
    type: 'started',
    bridge: bridge.name,
    policy: policy.name,
    posture: policy.posture.name,
    level: policy.guard.level,
    acts: guardian !== null,
    guardian,
    journal: file.journal,
    observed: await journal.count('observed'),
    chains: bridge.chains.map(({ name, rpcs, quorum, guard, mempool }) => ({
      name,
      nodes: rpcs.length,
      quorum,
      guard,
      mempool,
    })),
  }
}

function warnOfPrices({ bridge, prices, oracles }: WatchFile, say: Say): void {
  const known = (id: string | null) =>
    id !== null && (prices.has(id) || oracles.some(({ priceId }) => priceId === id))
  const unknown = bridge.tokens.filter(({ priceId }) => !known(priceId)).map(({ symbol }) => symbol)
  if (unknown.length === 0) return
  say(
    'warn',
    `no price of ${unknown.join(', ')}: what it is worth is unknown, and counts in no limit and no sum`,
    {},
  )
}

function priceSourcesOf({ bridge, prices, oracles }: WatchFile, say: Say): readonly PriceSource[] {
  const written = [...prices].map(([priceId, price]) => ({ priceId, price }))
  const file: PriceSource = { name: 'description', read: async () => written }
  const onChain = bridge.chains.flatMap((chain) => {
    const own = oracles.filter((oracle) => oracle.chain === chain.id)
    return own.length === 0 ? [] : [chainlinkPrices(chain, own, say)]
  })
  return [...(written.length === 0 ? [] : [file]), ...onChain]
}

function reorgNews({ chain, to, dropped }: Extract<ChainSignal, { kind: 'reorg' }>, bridge: Bridge): News {
  return { type: 'reorg', chain: chainName(bridge, chain), to: to.number, dropped: dropped.length }
}

function deedNews(bridge: Bridge, deed: Deed, outcome: Outcome): News {
  const { id, chain, act, reason } = deed
  return {
    type: 'deed',
    id,
    chain: chainName(bridge, chain),
    act: act.kind,
    text: deedText(bridge, deed),
    reason,
    outcome,
  }
}

function stateOf({ book, places }: LiveBook, bridge: Bridge): State {
  const bound = boundOf({ book, deceived: false })
  const hasPrices = book.cents.some((cents) => !Number.isNaN(cents))
  return {
    type: 'state',
    at: UnixTime.format(book.now),
    blocks: Object.fromEntries([...places].map(([chain, { number }]) => [chainName(bridge, chain), number])),
    lockedUsd: hasPrices ? toDollars(Book.lockedUsd(book)) : null,
    boundUsd: bound === null ? null : toDollars(bound),
    stress: book.stress,
    weights: book.weights,
    legs: book.counts.legs,
    findings: Object.values(book.counts.findings).reduce((sum, each) => sum + each, 0),
  }
}

export function noteOf(what: string, facts: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined)
  return told.length === 0 ? what : `${what} (${told.map(([name, value]) => `${name} ${value}`).join(', ')})`
}

async function openIn(journal: Journal): Promise<number> {
  const settled = new Set<string>()
  for await (const page of journal.read({ topics: ['done'] })) for (const { id } of page) settled.add(id)
  let open = 0
  for await (const page of journal.read({ topics: ['decided'] })) {
    for (const { id } of page) if (/^(?:deed|alert):/.test(id) && !settled.has(id)) open += 1
  }
  return open
}

async function overtaken({ lost }: Tenure): Promise<never> {
  throw await lost
}
