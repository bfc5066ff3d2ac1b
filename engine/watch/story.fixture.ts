import type { Actuator, Deed, Outcome } from '../ports/Actuator.ts'
import type { ChainSignal } from '../ports/ChainSource.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Journal, Recorded, Topic } from '../ports/Journal.ts'
import type { Notifier } from '../ports/Notifier.ts'
import { fakeChain } from '../testing/fakeChain.ts'
import { fakeClock } from '../testing/fakeClock.ts'
import { fakeSources } from '../testing/fakeSources.ts'
import { begin, bridge, inLeg, outLeg, policy, prices } from './live.fixture.ts'
import type * as Snapshots from './Snapshots.ts'
import { type Watch, watch } from './watch.ts'

/**
 * A day at a bridge with everything in it: honest traffic both ways, a trouble, a reorg, a theft whose source chain
 * lags, more of it, and hours in which its pause is renewed.
 */
export function story(): readonly ChainSignal[] {
  const alpha = fakeChain(1)
  const beta = fakeChain(2)
  const gold = (message: number, coins: number) => ({
    token: 'GOLD' as const,
    from: 1 as const,
    message,
    coins,
  })
  const back = (message: number, coins: number) => ({
    token: 'GOLD' as const,
    from: 2 as const,
    message,
    coins,
  })
  const lock = (message: number, coins: number, at: number) => outLeg(gold(message, coins), begin + at)
  const signals: ChainSignal[] = [
    alpha.block(begin, [lock(1, 9_000_000, 0)]),
    beta.block(begin + 1),
    alpha.block(begin + 12, [lock(2, 500_000, 12)]),
    { kind: 'trouble', chain: 2, at: begin + 20, name: 'SourceStale', what: 'Beta stands still' },
    alpha.block(begin + 150, [lock(3, 7_000, 150)]),
    beta.block(begin + 151, [inLeg(gold(1, 9_000_000), begin + 151), inLeg(gold(2, 500_000), begin + 151)]),
    alpha.reorg(1),
    alpha.block(begin + 151, [lock(3, 7_000, 151)]),
    alpha.finalize(1),
    beta.block(begin + 200, [outLeg(back(1, 2_000), begin + 200)]),
    // The theft: a release on Alpha that nothing on Beta stands behind, not known before Beta is seen so far.
    alpha.block(begin + 300, [inLeg(back(1, 2_000), begin + 300), inLeg(back(77, 3_000_000), begin + 300)]),
    beta.block(begin + 290),
    beta.block(begin + 302),
    beta.finalize(1),
    alpha.block(begin + 312, [inLeg(back(78, 400_000), begin + 312)]),
    beta.block(begin + 314),
  ]
  for (let hour = 1; hour <= 14; hour++) {
    signals.push(alpha.block(begin + 3_600 * hour + 5), beta.block(begin + 3_600 * hour + 6))
  }
  return [...signals, alpha.finalize(2), beta.finalize(2)]
}

export type Run = {
  readonly journal: Journal
  readonly signals: readonly ChainSignal[]
  readonly actuator: Actuator
  readonly notifiers: readonly Notifier[]
  readonly clock?: Clock
  readonly level?: 1 | 3
  readonly snapshots?: Snapshots.Pace | undefined
}

/** Starts a watch on what a journal holds; its sources go on where the journal ends. */
export async function start(run: Run): Promise<Watch> {
  const { journal, signals, actuator, notifiers, clock = fakeClock(begin), level = 1, snapshots } = run
  const observed = await entriesOf(journal, 'observed')
  const from = observed.filter(({ id }) => !id.startsWith('prices:')).length
  const { sources } = fakeSources([1, 2], { signals, from })
  const ports = { sources, journal, actuator, notifiers, clock }
  return watch({ bridge, policy: policy(level), ...ports, prices, ...(snapshots && { snapshots }) })
}

export async function entriesOf(journal: Journal, ...topics: Topic[]): Promise<Recorded[]> {
  const entries: Recorded[] = []
  for await (const page of journal.read(topics.length > 0 ? { topics } : {})) entries.push(...page)
  return entries
}

/** What a journal says was found, decided and done, whatever the order in which work was finished. */
export async function accountOf(journal: Journal): Promise<readonly string[]> {
  const entries = await entriesOf(journal, 'observed', 'found', 'decided', 'done')
  return entries.map(({ topic, id, at, body }) => `${topic} ${id} ${at} ${body}`).sort()
}

/** Deeds that fail for good: the story's first. */
export function failsFirst(first: string): (deed: Deed) => Outcome {
  return ({ id }) =>
    id === first
      ? { kind: 'failed', why: 'the guardian has no gas', retryable: false }
      : { kind: 'confirmed', tx: `tx of ${id}`, block: 1, attempts: 1 }
}
