import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Findings from '@cutwater/core/bridge/findings/Finding.ts'
import { chainName } from '@cutwater/core/bridge/names.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { decode, encode } from '../journal/encode.ts'
import type { Actuator, Deed, Outcome } from '../ports/Actuator.ts'
import type { ChainSignal } from '../ports/ChainSource.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Entry, Journal, Recorded, Topic } from '../ports/Journal.ts'
import type { Alert, Notifier } from '../ports/Notifier.ts'
import { deedText } from './deeds.ts'
import { outputId } from './outputId.ts'
import * as Settling from './Settling.ts'

/**
 * What is to be done and told: written down before it is tried, struck off when it has worked, tried again until
 * then. At least once, therefore; deeds and alerts carry ids so that more than once is harmless.
 */
export type Outbox = {
  readonly bridge: Bridge
  readonly journal: Journal
  readonly actuator: Actuator
  readonly notifiers: readonly Notifier[]
  readonly clock: Clock
  readonly onOutcome: ((deed: Deed, outcome: Outcome) => void) | undefined
  /** learns that the journal failed: from then on nothing is sure to be remembered */
  readonly onFailure: (error: unknown) => void
  /** work under way */
  readonly running: Set<Promise<void>>
  /** deeds among it, by id */
  readonly deeds: Map<string, Promise<Outcome>>
  /** deeds whose block may still be dropped */
  readonly settling: Settling.Settling
  /** what is still tried again is left to the next start from here on */
  readonly closing: { isOver: boolean; readonly over: Promise<void>; end(): void }
}

/**
 * How often a deed or an alert is tried at once, the first pause between two tries, and how long it then rests between
 * one round and the next: a network that is away for a minute must not decide what is done and who is told.
 */
export const tries = { most: 5, firstPauseMilliseconds: 200, restMilliseconds: 30_000 }

export function create(options: {
  readonly bridge: Bridge
  readonly journal: Journal
  readonly actuator: Actuator
  readonly notifiers: readonly Notifier[]
  readonly clock: Clock
  readonly onOutcome?: (deed: Deed, outcome: Outcome) => void
  readonly onFailure: (error: unknown) => void
}): Outbox {
  const { bridge, journal, actuator, notifiers, clock, onOutcome, onFailure } = options
  const work = { running: new Set<Promise<void>>(), deeds: new Map<string, Promise<Outcome>>() }
  const settling: Settling.Settling = new Set()
  const ports = { bridge, journal, actuator, notifiers, clock, onOutcome, onFailure }
  return { ...ports, ...work, settling, closing: createClosing() }
}

/** What one signal leads to. */
export type Answer = {
  readonly at: UnixTime
  readonly outputs: readonly Output[]
  readonly deeds: readonly Deed[]
  readonly alerts: readonly Alert[]
}

/** An answer with what was observed before it; nothing where it answers what is no observation. */
export type Answered = { readonly observed: readonly Entry[]; readonly answer: Answer }

/**
 * Writes down what was observed and its answers, all together or nothing, then starts on deeds and alerts without waiting
 * for them.
 *
 * A block that is dropped and comes back is answered again, maybe in other words. What was written first stands: what it
 * led to is done, or under way, or was taken up at the start.
 *
 * @throws CutwaterError `SIGNAL_REPEATED` when the journal holds one of the observations already
 */
export async function send(outbox: Outbox, answered: readonly Answered[]): Promise<void> {
  const isNew = await write(outbox, answered)
  for (const { at, deeds, alerts } of answered.map(({ answer }) => answer)) {
    for (const deed of deeds) if (isNew.delete(deedId(deed))) startDeed(outbox, at, deed)
    for (const alert of alerts) if (isNew.delete(alertId(alert))) start(outbox, tell(outbox, at, alert))
  }
}

/** Writes the same without starting on anything; returns the ids of what was decided and is new. */
export async function write({ journal }: Outbox, answered: readonly Answered[]): Promise<Set<string>> {
  const entries = answered.flatMap(({ observed, answer }) => [...observed, ...entriesOf(answer)])
  if (entries.length === 0) return new Set()
  const led = new Set(entries.flatMap(({ topic, id }) => (topic === 'decided' ? [id] : [])))
  const found = new Set(entries.flatMap(({ topic, id }) => (topic === 'found' ? [id] : [])))
  const standing = await heldOf(journal, led, found)
  const observed = answered.flatMap((each) => each.observed)
  const added = await journal.append(entries)
  if (added !== observed.length + led.size + found.size - standing.count) throw signalRepeated(observed)
  return new Set([...led].filter((id) => !standing.decided.has(id)))
}

/** What the journal holds already of what was decided and found. */
async function heldOf(journal: Journal, led: ReadonlySet<string>, found: ReadonlySet<string>) {
  const decided = led.size === 0 ? [] : await journal.find('decided', [...led])
  const others = found.size === 0 ? [] : await journal.find('found', [...found])
  return { decided: new Set(decided.map(({ id }) => id)), count: decided.length + others.length }
}

/**
 * Takes up what an earlier run wrote down and did not strike off.
 *
 * @param finalized the highest final block of each chain that it knew
 */
export async function resume(outbox: Outbox, finalized: ReadonlyMap<ChainId, number>): Promise<void> {
  const ended = new Map<string, Recorded>()
  for await (const page of outbox.journal.read({ topics: ['done'] })) {
    for (const entry of page) ended.set(entry.id, entry)
  }
  for await (const page of outbox.journal.read({ topics: ['decided'] })) {
    for (const { id, at, body } of page) {
      const end = ended.get(id)
      if (id.startsWith('deed:')) {
        const deed = decode(body) as Deed
        if (end === undefined) startDeed(outbox, at, deed)
        else Settling.add(outbox.settling, deed, decode(end.body) as Outcome, finalized.get(deed.chain))
      } else if (id.startsWith('alert:') && end === undefined) {
        start(outbox, tell(outbox, at, decode(body) as Alert))
      }
    }
  }
}

/** Looks at what a signal gives reason to doubt, without waiting for it, and does again what a chain has lost. */
export function lookAgain(outbox: Outbox, at: UnixTime, signal: ChainSignal): void {
  for (const included of Settling.due(outbox.settling, signal)) {
    start(outbox, renew(outbox, at, included, signal))
  }
}

async function renew(
  outbox: Outbox,
  at: UnixTime,
  included: Settling.Included,
  signal: ChainSignal,
): Promise<void> {
  const { settling, actuator, journal } = outbox
  // Undefined where nobody can tell now.
  const block = await actuator.blockOf(included.deed.chain, included.tx).catch(() => undefined)
  if (!Settling.isLost(settling, included, block, signal)) return
  const deed = Settling.again(included)
  const written = await journal.append([decidedDeed(deed, at)])
  if (written > 0) startDeed(outbox, at, deed)
}

/**
 * Does what a person orders: written down before it is tried, like everything the watch decides, and done once
 * however often it is asked for; whoever asks again hears how it ended.
 *
 * Throws ORDER_DIFFERS when the id names another deed.
 */
export async function order(outbox: Outbox, at: UnixTime, deed: Deed): Promise<Outcome> {
  const { journal, deeds } = outbox
  const id = deedId(deed)
  const written = await journal.append([decidedDeed(deed, at)])
  if (written > 0) return startDeed(outbox, at, deed)
  const known = decode((await find(journal, 'decided', id))!.body) as Deed
  if (wordsOf(known) !== wordsOf(deed)) throw orderDiffers(known, outbox.bridge)
  const ended = await find(journal, 'done', id)
  if (ended !== undefined) return decode(ended.body) as Outcome
  return deeds.get(deed.id) ?? startDeed(outbox, at, known)
}

// When it is to end follows from when it was asked for first.
function wordsOf({ chain, act, reason }: Deed): string {
  return encode({ chain, reason, act: act.kind === 'pause' ? { ...act, until: null } : act })
}

async function find(journal: Journal, topic: Topic, id: string): Promise<Recorded | undefined> {
  return (await journal.find(topic, [id]))[0]
}

/** Begins no further round of tries, and resolves when nothing is under way. */
export async function settled(outbox: Outbox): Promise<void> {
  outbox.closing.end()
  while (outbox.running.size > 0) await Promise.all(outbox.running)
}

function start(outbox: Outbox, work: Promise<void>): void {
  const tracked: Promise<void> = work.catch(outbox.onFailure).finally(() => outbox.running.delete(tracked))
  outbox.running.add(tracked)
}

/** Starts on a deed; tells how its first round of tries ended, though it may go on after that. */
function startDeed(outbox: Outbox, at: UnixTime, deed: Deed): Promise<Outcome> {
  const round = (): Promise<Outcome> => {
    const outcome = doDeed(outbox, at, deed)
    outbox.deeds.set(deed.id, outcome)
    return outcome
  }
  const first = round()
  start(
    outbox,
    goOn(outbox, first, round).finally(() => outbox.deeds.delete(deed.id)),
  )
  return first
}

async function goOn(outbox: Outbox, first: Promise<Outcome>, again: () => Promise<Outcome>): Promise<void> {
  let outcome = await first
  while (mayRetry(outcome) && (await rest(outbox))) outcome = await again()
}

/** One round of tries: writes down how the deed ended, or that it could not be done so far, and tells people of it. */
async function doDeed(outbox: Outbox, at: UnixTime, deed: Deed): Promise<Outcome> {
  const outcome = await attempt(outbox, () => outbox.actuator.execute(deed))
  const alert = alertOf(outbox, deed, outcome, at)
  const entries: Entry[] = alert === null ? [] : [decidedAlert(alert, at)]
  // What may still be done is not struck off, however often it has failed: the book counts on it.
  if (!mayRetry(outcome)) entries.push({ topic: 'done', id: deedId(deed), at, body: encode(outcome) })
  const added = await outbox.journal.append(entries)
  Settling.add(outbox.settling, deed, outcome)
  outbox.onOutcome?.(deed, outcome)
  // A failure that was told in the round before, or in an earlier life, is not told again.
  if (alert !== null && added === entries.length) start(outbox, tell(outbox, at, alert))
  return outcome
}

function decidedDeed(deed: Deed, at: UnixTime): Entry {
  return { topic: 'decided', id: deedId(deed), at, body: encode(deed) }
}

function decidedAlert(alert: Alert, at: UnixTime): Entry {
  return { topic: 'decided', id: alertId(alert), at, body: encode(alert) }
}

function deedId({ id }: Deed): string {
  return `deed:${id}`
}

function alertId({ id }: Alert): string {
  return `alert:${id}`
}

async function tell(outbox: Outbox, at: UnixTime, alert: Alert): Promise<void> {
  const tellAll = () => Promise.all(outbox.notifiers.map((notifier) => tellOne(outbox, notifier, alert)))
  let told = await tellAll()
  // Nobody knows of it yet, and somebody may later, if only after the next start.
  while (told.length > 0 && told.every(mayRetry)) {
    if (!(await rest(outbox))) return
    told = await tellAll()
  }
  await outbox.journal.append([{ topic: 'done', id: alertId(alert), at, body: encode(told) }])
}

async function tellOne(outbox: Outbox, notifier: Notifier, alert: Alert) {
  const notify = async (): Promise<Told> => {
    await notifier.notify(alert)
    return { kind: 'told' }
  }
  return { ...(await attempt(outbox, notify)), by: notifier.name }
}

function alertOf(outbox: Outbox, deed: Deed, outcome: Outcome, at: UnixTime): Alert | null {
  if (outcome.kind === 'failed') return deedFailed(outbox, deed, outcome, at)
  return outcome.kind === 'proposed' ? deedProposed(outbox, deed, outcome, at) : null
}

// A guard that could not act is the worst news there is: people must do it by hand.
function deedFailed({ bridge }: Outbox, deed: Deed, { why }: Failed, at: UnixTime): Alert {
  const what = deedText(bridge, deed)
  return {
    ...aboutDeed(bridge, deed, at),
    id: `failed:${deed.id}`,
    severity: 'critical',
    rule: 'DeedFailed',
    sentence: `The guard could not ${what}: ${why}.`,
    check: [`Do it by hand, now: ${what}, because ${deed.reason}.`],
  }
}

// What the role cannot do is for people to decide.
function deedProposed({ bridge }: Outbox, deed: Deed, { call }: Proposed, at: UnixTime): Alert {
  return {
    ...aboutDeed(bridge, deed, at),
    id: `proposed:${deed.id}`,
    severity: 'medium',
    rule: 'LooseningProposed',
    sentence: `${whyLoosen(deed)} (${deed.reason}): ${deedText(bridge, deed)}.`,
    check: [`If you agree, schedule on the timelock: ${call}.`],
  }
}

function whyLoosen({ act }: Deed): string {
  return act.kind === 'resume' ? 'Somebody wants a stop ended' : 'The reason to be tight has passed'
}

type Proposed = Extract<Outcome, { kind: 'proposed' }>

function aboutDeed(bridge: Bridge, { chain }: Deed, at: UnixTime) {
  const nothing = { block: null, tx: null, message: null, usd: null, done: [] }
  return { at, bridge: bridge.name, chain: chainName(bridge, chain), ...nothing }
}

type Told = { readonly kind: 'told' }
type Failed = Extract<Outcome, { kind: 'failed' }>

async function attempt<T extends Outcome | Told>(
  { clock }: Outbox,
  act: () => Promise<T>,
): Promise<T | Failed> {
  let pause = tries.firstPauseMilliseconds
  for (let tried = 1; ; tried += 1) {
    const result: T | Failed = await act().catch(failed)
    if (!mayRetry(result) || tried >= tries.most) return result
    await clock.sleep(pause)
    pause *= 2
  }
}

function mayRetry(result: Outcome | Told): boolean {
  return result.kind === 'failed' && result.retryable
}

/** Waits for the next round of tries; false where there is none any more. */
async function rest({ clock, closing }: Outbox): Promise<boolean> {
  if (!closing.isOver) await Promise.race([clock.sleep(tries.restMilliseconds), closing.over])
  return !closing.isOver
}

function createClosing(): Outbox['closing'] {
  let wake = (): void => {}
  const over = new Promise<void>((resolve) => {
    wake = resolve
  })
  const end = (): void => {
    closing.isOver = true
    wake()
  }
  const closing = { isOver: false, over, end }
  return closing
}

function failed(error: unknown): Failed {
  // It was not tried, because another decides by now; struck off as failed, that one would not take it up.
  if (error instanceof CutwaterError && error.code === 'LEASE_LOST') throw error
  const retryable = !(error instanceof CutwaterError && error.facts.retryable === false)
  return { kind: 'failed', why: error instanceof Error ? error.message : String(error), retryable }
}

function entriesOf({ at, outputs, deeds, alerts }: Answer): readonly Entry[] {
  return [
    ...outputs.flatMap((output) => entryOf(output, at)),
    ...deeds.map((deed) => decidedDeed(deed, at)),
    ...alerts.map((alert) => decidedAlert(alert, at)),
  ]
}

function entryOf(output: Output, at: UnixTime): Entry[] {
  if (output.type === 'finding') {
    return [{ topic: 'found', id: Findings.id(output.finding), at, body: encode(output.finding) }]
  }
  if (output.type === 'decision') {
    return [{ topic: 'decided', id: outputId(output), at, body: encode(output.decision) }]
  }
  return []
}

function signalRepeated(observed: readonly Entry[]): CutwaterError {
  const where = observed.map(({ id }) => id).join(', ')
  return new CutwaterError('SIGNAL_REPEATED', 'the journal holds what was observed already', {
    where,
    right: 'one watch to a journal',
  })
}

function orderDiffers(known: Deed, bridge: Bridge): CutwaterError {
  return new CutwaterError(
    'ORDER_DIFFERS',
    `this name stands for something else: ${deedText(bridge, known)}`,
    {
      where: known.id,
      right: 'a name of its own for each order',
    },
  )
}
